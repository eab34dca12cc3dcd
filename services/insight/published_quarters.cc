#include "services/insight/published_quarters.h"

#include "absl/strings/str_cat.h"

namespace ccfa::insight {
namespace {

/// Enough for a nation's councils, a few quarters each.
constexpr size_t kMostKept = 2000;

std::string KeyOf(absl::string_view council, const calendar::Quarter& quarter) {
  return absl::StrCat(council, " ", quarter.Text());
}

}  // namespace

std::shared_ptr<const Publication> PublishedQuarters::Find(absl::string_view council,
                                                           const calendar::Quarter& quarter) const {
  std::lock_guard lock(mutex_);
  auto kept = kept_.find(KeyOf(council, quarter));
  return kept == kept_.end() ? nullptr : kept->second;
}

void PublishedQuarters::Keep(absl::string_view council, const calendar::Quarter& quarter,
                             std::shared_ptr<const Publication> publication) {
  if (publication->figures().calls() == 0) return;
  std::lock_guard lock(mutex_);
  if (kept_.size() >= kMostKept) kept_.clear();
  kept_.emplace(KeyOf(council, quarter), std::move(publication));
}

}  // namespace ccfa::insight
