#include "services/sara/domain/priorities.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/sara/domain/place.h"
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

/// One place is whatever lies as near a call as a recurrence of it would.
void WarnOfOnePlace(const std::vector<const CallFacts*>& calls, double within_m,
                    const config::v1::Representativeness& rules,
                    std::vector<std::string>& warnings) {
  size_t most = 0;
  for (const CallFacts* center : calls) {
    if (!center->has_point()) continue;
    auto here = static_cast<size_t>(absl::c_count_if(calls, [&](const CallFacts* facts) {
      return facts->has_point() && DistanceM(facts->point(), center->point()) <= within_m;
    }));
    most = std::max(most, here);
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
    WarnOfOnePlace(calls, policy.recurrence().within_m(), policy.representativeness(), warnings);
  }
  WarnOfQuietWards(team, open, warnings);
  return warnings;
}

int PrioritiesAtOnce(const routing::v1::Team& team) {
  return team.priorities_at_once() > 0 ? team.priorities_at_once()
                                       : config::Defaults().routing().most_priorities();
}

}  // namespace ccfa::sara
