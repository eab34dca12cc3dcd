#include "services/insight/grouping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Published = std::map<Path, size_t>;

Published PublishedOf(const std::vector<Path>& calls, size_t fewest) {
  Published published;
  for (const Group& group : GroupsOf(calls, fewest)) published[group.path] = group.members.size();
  return published;
}

std::vector<Path> Calls(const Published& counts) {
  std::vector<Path> calls;
  for (const auto& [path, count] : counts) calls.insert(calls.end(), count, path);
  return calls;
}

const std::vector<std::string> kCategories = {"", "litter", "noise", "graffiti"};
const std::vector<std::string> kWards = {"", "W1", "W2", "W3"};
const std::vector<std::string> kPlaces = {"", "P1", "P2"};

std::vector<Path> AnyCalls() {
  auto any = [](const std::vector<std::string>& parts) { return *rc::gen::elementOf(parts); };
  std::vector<Path> calls;
  // Some cells with many, as some places have.
  for (int cells = *rc::gen::inRange(0, 12); cells > 0; --cells) {
    const Path path = {any(kCategories), any(kWards), any(kPlaces)};
    calls.insert(calls.end(), *rc::gen::inRange(1, 9), path);
  }
  return calls;
}

// F59
TEST(Groups, AreShownAsFinelyAsThereAreEnough) {
  const Published calls = {{{"litter", "W1", "P1"}, 5}, {{"litter", "W1", "P2"}, 2},
                           {{"litter", "W1", ""}, 3},   {{"litter", "W2", "P1"}, 4},
                           {{"litter", "W3", "P1"}, 1}, {{"noise", "W1", "P1"}, 4},
                           {{"", "W1", "P1"}, 2}};
  EXPECT_THAT(PublishedOf(Calls(calls), 5),
              ElementsAre(Pair(Path{"", "", ""}, 6), Pair(Path{"litter", "", ""}, 5),
                          Pair(Path{"litter", "W1", ""}, 5), Pair(Path{"litter", "W1", "P1"}, 5)));
}

// F59
TEST(Groups, LeaveOutWhatIsTooFewAltogether) {
  EXPECT_THAT(PublishedOf(Calls({{{"litter", "W1", "P1"}, 4}}), 5), IsEmpty());
  EXPECT_THAT(PublishedOf(Calls({{{"litter", "W1", "P1"}, 6}, {{"litter", "W2", "P1"}, 4}}), 5),
              ElementsAre(Pair(Path{"litter", "W1", "P1"}, 6)));
  EXPECT_THAT(PublishedOf({}, 5), IsEmpty());
}

// F59
RC_GTEST_PROP(Groups, AreNeverTooFewAndWhatTheyLeaveOutIsLessThanThat, ()) {
  const std::vector<Path> calls = AnyCalls();
  const size_t fewest = *rc::gen::inRange<size_t>(3, 8);
  std::set<size_t> shown;
  Published figures, truth;
  for (const Group& group : GroupsOf(calls, fewest)) {
    RC_ASSERT(group.members.size() >= fewest);
    for (size_t member : group.members) {
      RC_ASSERT(shown.insert(member).second);
      for (size_t level = 0; level < group.path.size() && !group.path[level].empty(); ++level)
        RC_ASSERT(calls[member][level] == group.path[level]);
    }
    figures[{group.path[0], "", ""}] += group.members.size();
    if (!group.path[1].empty()) figures[{group.path[0], group.path[1], ""}] += group.members.size();
  }
  RC_ASSERT(calls.size() - shown.size() < fewest);
  for (const Path& call : calls) {
    if (call[0].empty()) continue;
    ++truth[{call[0], "", ""}];
    if (!call[1].empty()) ++truth[{call[0], call[1], ""}];
  }
  for (const auto& [path, count] : truth) {
    RC_ASSERT(figures[path] <= count);
    RC_ASSERT(count < figures[path] + fewest);
  }
}

/// The calls that what is published would come of as well, if `hidden` had `count` calls: made of
/// nothing but what is published.
std::vector<Path> Twin(Published published, const Path& hidden, size_t count) {
  for (const Path& rest : {Path{hidden[0], hidden[1], ""}, Path{hidden[0], "", ""}, Path{}}) {
    auto found = published.find(rest);
    if (found == published.end()) continue;
    found->second -= count;
    break;
  }
  published[hidden] += count;
  return Calls(published);
}

// F59
RC_GTEST_PROP(Groups, AreTheSameWhateverAHiddenPartHas, ()) {
  const size_t fewest = *rc::gen::inRange<size_t>(3, 8);
  const Published published = PublishedOf(AnyCalls(), fewest);
  for (const std::string& category : kCategories) {
    for (const std::string& ward : kWards) {
      for (const std::string& place : kPlaces) {
        const Path hidden = {category, ward, place};
        const bool is_cell = !category.empty() && !ward.empty() && !place.empty();
        if (!is_cell || published.contains(hidden)) continue;
        for (size_t count = 0; count < fewest; ++count)
          RC_ASSERT(PublishedOf(Twin(published, hidden, count), fewest) == published);
      }
    }
  }
}

}  // namespace
}  // namespace ccfa::insight
