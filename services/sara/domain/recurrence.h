#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"

namespace ccfa::sara {

/// What a problem is to know of a call that was routed to its team.
v1::CallFacts FactsOf(const OpenProblem& routed, const Context& context);

/// The team's watched problem that this call shows to be back (F43), or no one-off (F10): of the
/// same category, and near one of its calls; in its ward when a place is not known. None when it
/// has no room for more.
std::optional<v1::Problem> WatchedNear(const Tables& tables, const std::string& team,
                                       const v1::CallFacts& facts, double within_m);

/// The problem is in hand again, at the team, in scanning. `facts` is empty when no call is new.
Event ReopenedBy(const Tables& tables, const v1::Problem& problem, v1::ReopenCause cause,
                 const std::string& reason, const v1::CallFacts& facts, const Context& context);

/// The calls of a problem that are qualifying complaints (F54): of a category that counts, made
/// soon after the behaviour, and not long ago.
std::vector<std::string> QualifyingComplaints(const v1::Problem& problem,
                                              const config::v1::CaseReview& rules,
                                              const Context& context);

}  // namespace ccfa::sara
