#pragma once

#include "ccfa/insight/v1/insight.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// How near calls must be to be suggested as duplicates (F8).
struct DuplicatePolicy {
  double within_m = 1000;
  int within_days = 92;
  int most = 50;
  /// For the public: no caller's thread, and nothing that was judged of them.
  bool for_public = false;
};

/// What a council sets for an audience, over the defaults; for nobody in particular, as for staff.
DuplicatePolicy DuplicatePolicyOf(const Tables& tables, absl::string_view council,
                                  v1::Audience audience);

/// Open calls of the same category near `call`, logged or not, in space and time; those nearest and
/// most alike in their words first. A suggestion, never a merger: identical rows can be separate
/// incidents.
std::vector<v1::Duplicate> DuplicatesOf(const Tables& tables, const v1::StoryRow& call,
                                        const DuplicatePolicy& policy);

}  // namespace ccfa::insight
