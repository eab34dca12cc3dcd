#include "services/insight/grouping.h"

#include <map>
#include <numeric>
#include <utility>

namespace ccfa::insight {
namespace {

using Members = std::vector<size_t>;

class Grouper {
 public:
  Grouper(const std::vector<Path>& calls, size_t fewest) : calls_(calls), fewest_(fewest) {}

  /// Shows what it can of calls that are alike in every level above this one; the path leaves the
  /// levels from here on empty. Gives back those that are too few to show.
  Members Show(Members members, Path path, size_t level) {
    Members rest = level == path.size() ? std::move(members) : ShowParts(members, path, level);
    if (rest.size() < fewest_) return rest;
    groups_.push_back({std::move(path), std::move(rest)});
    return {};
  }

  std::vector<Group> Take() { return std::move(groups_); }

 private:
  Members ShowParts(const Members& members, const Path& path, size_t level) {
    std::map<std::string, Members> parts;
    for (size_t member : members) parts[calls_[member][level]].push_back(member);
    Members rest;
    for (auto& [part, alike] : parts) {
      Path below = path;
      below[level] = part;
      Members left = part.empty() ? alike : Show(alike, std::move(below), level + 1);
      rest.insert(rest.end(), left.begin(), left.end());
    }
    return rest;
  }

  const std::vector<Path>& calls_;
  const size_t fewest_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<Group> GroupsOf(const std::vector<Path>& calls, size_t fewest) {
  Members all(calls.size());
  std::iota(all.begin(), all.end(), 0);
  Grouper grouper(calls, fewest);
  grouper.Show(std::move(all), {}, 0);
  return grouper.Take();
}

}  // namespace ccfa::insight
