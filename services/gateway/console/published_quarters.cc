#include "services/gateway/console/published_quarters.h"

#include "absl/strings/str_cat.h"

namespace ccfa::gateway::console {
namespace {

/// Enough for a nation's councils, a few quarters each.
constexpr size_t kMostKept = 2000;

}  // namespace

absl::StatusOr<ccfa::insight::v1::PublishedQuarter> PublishedQuarters::Get(
    const Asker& asker, const ccfa::insight::v1::GetPublishedQuarterRequest& request) {
  const std::string key = absl::StrCat(request.parent(), " ", request.quarter());
  {
    std::lock_guard lock(mutex_);
    auto kept = kept_.find(key);
    if (kept != kept_.end()) return kept->second;
  }
  auto published = asker.Ask<ccfa::insight::v1::PublishedQuarter>(request);
  if (!published.ok()) return published.status();
  std::lock_guard lock(mutex_);
  if (kept_.size() >= kMostKept) kept_.clear();
  kept_.emplace(key, *published);
  return published;
}

}  // namespace ccfa::gateway::console
