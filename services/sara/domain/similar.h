#pragma once

#include <vector>

#include "ccfa/sara/v1/sara.pb.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// How many of the words of two texts they share, 0 to 1; short words do not count. The same for
/// both, and 1 for a text with itself.
double SharedWords(absl::string_view a, absl::string_view b);

/// Closed problems of the same council and category, at most `most`: those that were solved first,
/// the most alike of them first, and of equals the latest (F42).
std::vector<v1::SimilarProblem> SimilarSolved(const Tables& tables, const v1::Problem& problem,
                                              int most);

}  // namespace ccfa::sara
