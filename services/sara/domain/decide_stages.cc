#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/gates.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// Whether the problem may go from its stage to this one: ahead by one through the gate, back with
/// a reason.
absl::Status CheckStep(const Problem& problem, v1::Stage to, absl::string_view reason,
                       const Policy& policy) {
  if (to < problem.stage()) return Required("reason", reason);
  if (to > problem.stage() + 1) {
    return WrongState(absl::StrCat(problem.name(), " is in ", Words(problem.stage()),
                                   "; stages are entered one by one, ", Words(to),
                                   " is not the next"));
  }
  std::vector<Missing> missing = MissingFor(to, problem, policy);
  return missing.empty() ? absl::OkStatus() : GateNotMet(Words(to), missing);
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::EnterStageRequest& request,
                             const Context& context) {
  if (request.stage() == v1::STAGE_UNSPECIFIED || !v1::Stage_IsValid(request.stage())) {
    return InvalidField("stage", "is required: the stage to enter");
  }
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), kAnyStage);
  if (!problem.ok()) return problem.status();
  if (absl::Status here = CheckNotWithScrutiny(*problem); !here.ok()) return here;
  Event event;
  if (request.stage() == problem->stage()) return event;
  absl::Status step = CheckStep(*problem, request.stage(), request.reason(),
                                *PolicyOf(tables, CouncilOf(request.name())));
  step.Update(CheckRoom("passes through its stages", problem->passes_size(), kMostPasses));
  if (!step.ok()) return step;
  v1::StageEntered& entered = *event.mutable_stage_entered();
  entered.set_name(request.name());
  entered.set_stage(request.stage());
  entered.set_from(problem->stage());
  entered.set_reason(request.reason());
  *entered.add_clocks() = StageClock(tables, *problem, context);
  *entered.mutable_found() = FindingsOf(*problem, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CloseProblemRequest& request,
                             const Context& context) {
  absl::Status words = Required("done", request.done());
  words.Update(Required("why", request.why()));
  if (!words.ok()) return words;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_ASSESSMENT});
  if (!problem.ok()) return problem.status();
  if (absl::Status here = CheckNotWithScrutiny(*problem); !here.ok()) return here;
  if (std::vector<Missing> missing = MissingForClosing(*problem); !missing.empty()) {
    return GateNotMet("closing", missing);
  }
  Event event;
  v1::ProblemClosed& closed = *event.mutable_problem_closed();
  closed.set_name(request.name());
  closed.mutable_closing()->set_result(problem->assessment().result());
  closed.mutable_closing()->set_resolved(IsSuccess(problem->assessment().result()));
  closed.mutable_closing()->set_done(request.done());
  closed.mutable_closing()->set_by(context.actor.ToString());
  closed.mutable_closing()->set_why(request.why());
  *closed.mutable_calls() = problem->calls();
  if (closed.closing().resolved()) *closed.add_clocks() = WatchClock(tables, *problem, context);
  return event;
}

}  // namespace ccfa::sara
