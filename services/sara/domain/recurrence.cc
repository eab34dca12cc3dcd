#include "services/sara/domain/recurrence.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/sara/domain/place.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::CallFacts;
using v1::Problem;

/// Whether two calls are of one place: near each other; where a point is not known, of one ward.
bool IsNear(const CallFacts& a, const CallFacts& b, double within_m) {
  if (a.has_point() && b.has_point()) return DistanceM(a.point(), b.point()) <= within_m;
  return !a.ward().empty() && a.ward() == b.ward();
}

bool HasRoom(const Problem& problem) {
  return problem.calls_size() < kMostCalls && problem.passes_size() < kMostPasses;
}

/// The last day that "2026-05-14" or "2026-05" can mean.
absl::StatusOr<absl::CivilDay> LastDayOf(const std::string& happened) {
  bool is_month = happened.size() == 7;
  auto day = calendar::ParseDate(is_month ? absl::StrCat(happened, "-01") : happened);
  if (!day.ok() || !is_month) return day;
  return absl::CivilDay(absl::CivilMonth(*day) + 1) - 1;
}

bool Qualifies(const CallFacts& facts, const config::v1::CaseReview& rules,
               const Context& context) {
  if (!absl::c_linear_search(rules.categories(), facts.category())) return false;
  if (!facts.has_receive_time()) return false;
  absl::Time received = FromProto(facts.receive_time());
  absl::Time half_year_on = context.calendar.Due(received, config::LengthOf(rules.within()));
  if (context.now >= half_year_on) return false;
  absl::StatusOr<absl::CivilDay> happened = LastDayOf(facts.happened());
  if (!happened.ok()) return false;
  absl::CivilDay day = std::min(*happened, context.calendar.DayOf(received));
  absl::Time noon = absl::FromCivil(absl::CivilHour(day) + 12, absl::UTCTimeZone());
  return received < context.calendar.Due(noon, config::LengthOf(rules.made_within()));
}

}  // namespace

CallFacts FactsOf(const OpenProblem& routed, const Context& context) {
  const intake::v1::CallDetails& details = routed.details;
  CallFacts facts;
  facts.set_call(routed.call);
  if (details.place().has_point()) *facts.mutable_point() = details.place().point();
  facts.set_ward(routed.ward);
  facts.set_councillor(details.councillor());
  facts.set_category(details.category());
  facts.set_happened(details.happened());
  *facts.mutable_receive_time() = ToProto(context.now);
  facts.set_regime(details.regime());
  return facts;
}

std::optional<Problem> WatchedNear(const Tables& tables, const std::string& team,
                                   const CallFacts& facts, double within_m) {
  std::optional<Problem> found;
  tables.problems.ScanIndex(kWatchedProblems, WatchOf(team, facts.category()) + state::kPartEnd, "",
                            [&](absl::string_view, const Problem& problem) {
                              bool near =
                                  absl::c_any_of(problem.call_facts(), [&](const CallFacts& other) {
                                    return IsNear(facts, other, within_m);
                                  });
                              if (near && HasRoom(problem)) found = problem;
                              return !found.has_value();
                            });
  return found;
}

Event ReopenedBy(const Tables& tables, const Problem& problem, v1::ReopenCause cause,
                 const std::string& reason, const CallFacts& facts, const Context& context) {
  Event event;
  v1::ProblemReopened& reopened = *event.mutable_problem_reopened();
  reopened.set_name(problem.name());
  reopened.set_cause(cause);
  reopened.set_reason(reason);
  reopened.set_call(facts.call());
  if (facts.ByteSizeLong() > 0) *reopened.mutable_facts() = facts;
  reopened.set_recurrences(problem.recurrences() + (cause == v1::REOPEN_CAUSE_PATTERN ? 0 : 1));
  *reopened.add_clocks() = StageClock(tables, problem, context);
  return event;
}

std::vector<std::string> QualifyingComplaints(const Problem& problem,
                                              const config::v1::CaseReview& rules,
                                              const Context& context) {
  std::vector<std::string> calls;
  for (const CallFacts& facts : problem.call_facts()) {
    if (Qualifies(facts, rules, context)) calls.push_back(facts.call());
  }
  return calls;
}

}  // namespace ccfa::sara
