#include "services/sara/domain/priorities.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/geo/plane.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::CallFacts;
using v1::Problem;

std::vector<const CallFacts*> CallsOf(const std::vector<Problem>& problems) {
  std::vector<const CallFacts*> calls;
  for (const Problem& problem : problems) {
    for (const CallFacts& facts : problem.call_facts()) calls.push_back(&facts);
  }
  return calls;
}

bool IsMost(size_t part, size_t all, const config::v1::Representativeness& rules) {
  return all >= static_cast<size_t>(rules.least_calls()) &&
         part * 100 > all * static_cast<size_t>(rules.most_share_percent());
}

void WarnOfOneCouncillor(const std::vector<const CallFacts*>& calls,
                         const config::v1::Representativeness& rules,
                         std::vector<std::string>& warnings) {
  std::map<std::string, size_t> by_councillor;
  for (const CallFacts* facts : calls) {
    if (!facts->councillor().empty()) ++by_councillor[facts->councillor()];
  }
  for (const auto& [councillor, count] : by_councillor) {
    if (!IsMost(count, calls.size(), rules)) continue;
    warnings.push_back(absl::StrCat(count, " of the ", calls.size(),
                                    " calls behind the priorities came through ", councillor));
  }
}

/// A square of the map and those around it.
using Square = std::pair<int, int>;

size_t CountAround(const std::map<Square, size_t>& calls, Square square) {
  size_t count = 0;
  for (int row = square.first - 1; row <= square.first + 1; ++row) {
    for (int column = square.second - 1; column <= square.second + 1; ++column) {
      if (auto there = calls.find({row, column}); there != calls.end()) count += there->second;
    }
  }
  return count;
}

/// One place is a square, whose side is how near a recurrence would be, with those around it: to
/// compare every call with every other would hold up the writer.
void WarnOfOnePlace(const std::vector<const CallFacts*>& calls, double side_m,
                    const config::v1::Representativeness& rules,
                    std::vector<std::string>& warnings) {
  std::map<Square, size_t> by_square;
  std::optional<geo::Scale> scale;
  for (const CallFacts* facts : calls) {
    if (!facts->has_point()) continue;
    // A team is so small that its calls are of one scale.
    if (!scale) scale = geo::ScaleAt({facts->point().lat(), facts->point().lon()});
    ++by_square[{static_cast<int>(std::floor(facts->point().lat() * scale->per_lat / side_m)),
                 static_cast<int>(std::floor(facts->point().lon() * scale->per_lon / side_m))}];
  }
  size_t most = 0;
  for (const auto& [square, count] : by_square) {
    most = std::max(most, CountAround(by_square, square));
  }
  if (!IsMost(most, calls.size(), rules)) return;
  warnings.push_back(absl::StrCat(most, " of the ", calls.size(),
                                  " calls behind the priorities come from one place"));
}

void WarnOfQuietWards(const routing::v1::Team& team, const std::vector<Problem>& open,
                      std::vector<std::string>& warnings) {
  std::set<std::string> heard;
  for (const CallFacts* facts : CallsOf(open)) heard.insert(facts->ward());
  for (const Problem& problem : open) heard.insert(problem.ward());
  for (const std::string& ward : team.wards()) {
    if (heard.count(ward) == 0) {
      warnings.push_back(absl::StrCat("no call from ward ", ward, " is behind any open problem"));
    }
  }
}

}  // namespace

std::vector<Problem> OpenProblemsOf(const Tables& tables, const std::string& team) {
  std::vector<Problem> open;
  for (v1::ProblemState state : kAnyOpen) {
    std::string list = ListOf(CouncilOf(team), team, state) + state::kPartEnd;
    tables.problems.ScanIndex(kProblemsByList, list, "",
                              [&](absl::string_view, const Problem& problem) {
                                if (open.size() >= kMostCandidates) return false;
                                open.push_back(problem);
                                return true;
                              });
  }
  absl::c_sort(open, [](const Problem& a, const Problem& b) { return a.name() < b.name(); });
  return open;
}

v1::ProblemEvidence EvidenceOf(const Problem& problem) {
  v1::ProblemEvidence evidence;
  evidence.set_calls(problem.calls_size());
  evidence.set_affected(problem.affected());
  evidence.set_recurrences(problem.recurrences());
  evidence.set_harm(problem.scan().harm());
  evidence.set_strength(problem.calls_size() + problem.affected());
  return evidence;
}

std::vector<std::string> WarningsFor(const routing::v1::Team& team,
                                     const std::vector<Problem>& selected,
                                     const std::vector<Problem>& open, const Policy& policy) {
  std::vector<std::string> warnings;
  std::vector<const CallFacts*> calls = CallsOf(selected);
  WarnOfOneCouncillor(calls, policy.representativeness(), warnings);
  // One problem is one place by its nature; several that are one place are few voices.
  if (selected.size() > 1) {
    double side_m = std::max(policy.recurrence().within_m(), 1.0);
    WarnOfOnePlace(calls, side_m, policy.representativeness(), warnings);
  }
  WarnOfQuietWards(team, open, warnings);
  return warnings;
}

int PrioritiesAtOnce(const routing::v1::Team& team) {
  return team.priorities_at_once() > 0 ? team.priorities_at_once()
                                       : config::Defaults().routing().most_priorities();
}

}  // namespace ccfa::sara
