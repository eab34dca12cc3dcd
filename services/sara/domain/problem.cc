#include "services/sara/domain/problem.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

template <class Value>
absl::Status NotNow(const Problem& problem, Value now, std::initializer_list<Value> allowed) {
  return WrongState(absl::StrCat(
      problem.name(), " is ", Words(now), "; this step is taken when it is ",
      absl::StrJoin(allowed, " or ",
                    [](std::string* out, Value value) { absl::StrAppend(out, Words(value)); })));
}

}  // namespace

absl::StatusOr<Problem> FindProblem(const Tables& tables, absl::string_view field,
                                    absl::string_view name, absl::string_view etag,
                                    std::initializer_list<v1::ProblemState> allowed) {
  if (absl::Status form = CheckName(field, name, "councils/*/problems/*"); !form.ok()) return form;
  auto problem = tables.problems.Get(name);
  if (!problem) return NotFound(field, name);
  if (absl::Status now = CheckEtag(name, etag, problem->etag()); !now.ok()) return now;
  if (absl::c_linear_search(allowed, problem->state())) return *std::move(problem);
  return NotNow(*problem, problem->state(), allowed);
}

absl::StatusOr<Problem> FindAtStage(const Tables& tables, absl::string_view field,
                                    absl::string_view name, absl::string_view etag,
                                    std::initializer_list<v1::Stage> stages) {
  absl::StatusOr<Problem> problem =
      FindProblem(tables, field, name, etag, {v1::PROBLEM_STATE_IN_HAND});
  if (!problem.ok() || absl::c_linear_search(stages, problem->stage())) return problem;
  return NotNow(*problem, problem->stage(), stages);
}

bool IsOpen(const Problem& problem) {
  return absl::c_linear_search(kAnyOpen, problem.state());
}

bool IsUnfinished(const Problem& problem) {
  return IsOpen(problem) || problem.state() == v1::PROBLEM_STATE_PARKED;
}

const v1::CallFacts* FactsIn(const Problem& problem, absl::string_view call) {
  auto facts = absl::c_find_if(problem.call_facts(),
                               [&](const v1::CallFacts& each) { return each.call() == call; });
  return facts == problem.call_facts().end() ? nullptr : &*facts;
}

google::protobuf::RepeatedPtrField<v1::ActionProcess> ProcessOf(const Problem& problem) {
  google::protobuf::RepeatedPtrField<v1::ActionProcess> all;
  for (const v1::Action& action : problem.actions()) {
    v1::ActionProcess& process = *all.Add();
    process.set_action(action.name());
    bool completed = action.state() == v1::ACTION_STATE_COMPLETED;
    bool told = action.extent() != v1::EXTENT_UNSPECIFIED;
    process.set_extent(!completed ? v1::EXTENT_NOT_DONE : told ? action.extent() : v1::EXTENT_DONE);
    process.set_result(completed ? action.result() : action.reason());
  }
  return all;
}

v1::Findings FindingsOf(const Problem& problem, const engine::Context& context) {
  v1::Findings found;
  *found.mutable_leave_time() = ToProto(context.now);
  switch (problem.stage()) {
    case v1::STAGE_SCANNING:
      *found.mutable_scan() = problem.scan();
      break;
    case v1::STAGE_ANALYSIS:
      *found.mutable_analysis() = problem.analysis();
      *found.mutable_hypotheses() = problem.hypotheses();
      *found.mutable_objectives() = problem.objectives();
      *found.mutable_assessment_plan() = problem.assessment_plan();
      break;
    case v1::STAGE_RESPONSE:
      *found.mutable_objectives() = problem.objectives();
      *found.mutable_actions() = ProcessOf(problem);
      break;
    case v1::STAGE_ASSESSMENT:
      *found.mutable_assessment() = problem.assessment();
      break;
    default:
      break;
  }
  return found;
}

absl::Status CheckNotWithScrutiny(const Problem& problem) {
  if (problem.rung() != v1::RUNG_SCRUTINY) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "WITH_SCRUTINY",
                absl::StrCat(problem.name(),
                             " is with overview and scrutiny; it goes on when "
                             "they close or return it"));
}

absl::Status CheckEtag(absl::string_view name, absl::string_view read, absl::string_view now) {
  if (read.empty() || read == now) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                absl::StrCat(name, " has changed since; read it again"), "etag");
}

absl::Status CheckRoom(absl::string_view things, int held, int most) {
  if (held < most) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "TOO_MANY",
                absl::StrCat("a problem holds at most ", most, " ", things));
}

absl::Status Required(absl::string_view field, absl::string_view text) {
  return text.empty() ? InvalidField(field, "is required, in plain words") : absl::OkStatus();
}

engine::Clock StageClock(const Tables& tables, const Problem& problem,
                         const engine::Context& context) {
  engine::Clock clock = engine::NewClock(
      problem.name(), kStageClock, context.now,
      config::RuleOf(PolicyOf(tables, CouncilOf(problem.name()))->stage()), context.calendar);
  clock.set_owner(problem.team());
  return clock;
}

engine::Clock WatchClock(const Tables& tables, const Problem& problem,
                         const engine::Context& context) {
  engine::Clock clock = engine::NewClock(
      problem.name(), kWatchClock, context.now,
      config::RuleOf(PolicyOf(tables, CouncilOf(problem.name()))->watch()), context.calendar);
  clock.set_owner(problem.team());
  return clock;
}

bool IsSuccess(v1::Result result) {
  return result == v1::RESULT_ELIMINATED || result == v1::RESULT_REDUCED ||
         result == v1::RESULT_HANDLED_BETTER;
}

}  // namespace ccfa::sara
