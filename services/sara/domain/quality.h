#pragma once

#include "ccfa/sara/v1/sara.pb.h"

namespace ccfa::sara {

/// How well a problem was solved, by rule, from what is recorded of it and this assessment (F41).
/// Ten points a part; analysis and assessment count double.
v1::Quality QualityOf(const v1::Problem& problem, const v1::Assessment& assessment);

}  // namespace ccfa::sara
