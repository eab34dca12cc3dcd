#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace ccfa::insight {

/// What is told of a call, from the coarse to the fine: category, ward, place. An empty level:
/// nothing that may be told.
using Path = std::array<std::string, 3>;

/// Calls that are not told apart, by their places in the list they came from.
struct Group {
  Path path;
  std::vector<size_t> members;
};

/// Gathers calls into groups of at least `fewest`, each call into the finest group that it can be
/// shown in (F59). Level after level, the parts that have enough are shown; the rest of a level -
/// the parts that have too few, and the calls of which the level tells nothing - is one group, with
/// that level left empty, or goes up to the next coarser rest when it is too few as well. What is
/// too few altogether is in no group.
///
/// Why nothing can be found out of the parts that are not shown: each has 0 to `fewest` - 1 calls,
/// and whichever of these it has, the groups can be the same. It is counted in a rest that is at
/// least `fewest`, where calls of which nothing is told make up the sum; or in none.
std::vector<Group> GroupsOf(const std::vector<Path>& calls, size_t fewest);

}  // namespace ccfa::insight
