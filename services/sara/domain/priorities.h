#pragma once

#include <string>
#include <vector>

#include "ccfa/sara/v1/teams.pb.h"
#include "services/sara/domain/policy.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// A team's open problems, joint ones too, in the order of their names; at most kMostCandidates.
std::vector<v1::Problem> OpenProblemsOf(const Tables& tables, const std::string& team);

/// What speaks for a problem, counted by rule (F25, F65).
v1::ProblemEvidence EvidenceOf(const v1::Problem& problem);

/// Where the priorities of a team speak for few (F26): one councillor, or one place, has most of
/// the calls behind them; a ward of the team has none behind any of its open problems.
std::vector<std::string> WarningsFor(const routing::v1::Team& team,
                                     const std::vector<v1::Problem>& selected,
                                     const std::vector<v1::Problem>& open, const Policy& policy);

/// How many priorities a team holds at once; as many as any may where it does not say.
int PrioritiesAtOnce(const routing::v1::Team& team);

}  // namespace ccfa::sara
