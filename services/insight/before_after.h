#pragma once

#include <optional>
#include <vector>

#include "ccfa/insight/v1/analysis.pb.h"
#include "services/insight/incidents.h"

namespace ccfa::insight {

/// What is compared with what: equal spans of months before and from `month` on.
struct Comparison {
  v1::Circle target;
  /// The ring around the target reaches so far from its edge.
  double ring_m = 0;
  /// None: everything outside the ring.
  std::optional<v1::Circle> comparison;
  absl::CivilMonth month;
  int months = 0;
  /// Incidents that the target needs before; and the others one.
  int least_before = 0;
};

/// Counts, and what they can say (F40). Counts are taken as Poisson's; intervals are 95%.
///  - The relative change is the ratio of (after/before) in the target to that in the comparison,
///    its interval from the variance of its logarithm, the sum of the counts' reciprocals.
///  - The weighted displacement quotient (Bowers and Johnson 2003) is the change of the ring's
///  share
///    of the comparison, divided by that of the target's; its interval by the delta method. There
///    is one only when the target did better than the comparison beyond chance.
v1::BeforeAfter Compare(const std::vector<Incident>& incidents, const Comparison& comparison);

/// The figures of given counts.
v1::BeforeAfter FiguresOf(const v1::Counts& target, const v1::Counts& ring,
                          const v1::Counts& comparison, int least_before);

/// The smallest circle around the middle of some points that holds them all, a hundred metres at
/// least.
v1::Circle AroundAll(const std::vector<intake::v1::Point>& points);

}  // namespace ccfa::insight
