#pragma once

#include <vector>

#include "ccfa/sara/v1/sara.pb.h"

namespace ccfa::sara {

/// The hypothesis still stands: nobody replaced it or gave it up.
bool IsLive(const v1::Hypothesis& hypothesis);
/// The action is asked for, agreed or done.
bool IsLive(const v1::Action& action);

/// The links from hypothesis to action to measure that hang loose, in the order of their numbers
/// (F37). None: every hypothesis that stands is answered, every action answers one that stands, and
/// somebody measures every objective.
std::vector<v1::Orphan> OrphansOf(const v1::Problem& problem);

}  // namespace ccfa::sara
