#include "services/gateway/rate_limit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

constexpr size_t kMostKnown = 20'000;
constexpr double kAtOnce = 2;

}  // namespace

void RateLimit::ForgetLocked(absl::Time now) {
  absl::erase_if(buckets_, [&](const auto& known) {
    const Bucket& bucket = known.second;
    return bucket.left + a_second_ * absl::ToDoubleSeconds(now - bucket.as_of) >=
           kAtOnce * a_second_;
  });
  // Too many at a time to tell them apart: all begin anew.
  if (buckets_.size() >= kMostKnown) buckets_.clear();
}

absl::Status RateLimit::Take(const std::string& who) {
  const absl::Time now = time_.Now();
  std::lock_guard lock(mutex_);
  if (buckets_.size() >= kMostKnown) ForgetLocked(now);
  auto [known, is_new] = buckets_.try_emplace(who, Bucket{kAtOnce * a_second_, now});
  Bucket& bucket = known->second;
  const double since = std::max(0.0, absl::ToDoubleSeconds(now - bucket.as_of));
  bucket.left = std::min(kAtOnce * a_second_, bucket.left + a_second_ * since);
  bucket.as_of = now;
  if (bucket.left >= 1) {
    bucket.left -= 1;
    return absl::OkStatus();
  }
  const int wait_ms = static_cast<int>(1000 * (1 - bucket.left) / a_second_) + 1;
  return TryLater(absl::StatusCode::kResourceExhausted, "TOO_MANY_REQUESTS",
                  absl::StrCat("more than ", a_second_, " requests a second"), wait_ms);
}

}  // namespace ccfa::gateway
