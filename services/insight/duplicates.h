#pragma once

#include "ccfa/insight/v1/insight.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// How near calls must be to be suggested as duplicates to staff (F8).
struct DuplicatePolicy {
  double within_m = 1000;
  int within_days = 92;
  int most = 50;
};

/// Open calls of the same category near `call` in space and time, the nearest first. A suggestion,
/// never a merger: identical rows can be separate incidents.
std::vector<v1::Duplicate> DuplicatesOf(const Tables& tables, const v1::StoryRow& call,
                                        const DuplicatePolicy& policy);

}  // namespace ccfa::insight
