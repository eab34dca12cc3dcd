#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// The problem a request names, when the tasking group has it and the actor speaks for the group.
template <class Request>
absl::StatusOr<Problem> FindWithTaskingGroup(const Tables& tables, const Request& request,
                                             const Context& context) {
  if (context.actor.role != "tasking" && context.actor.role != "administrator") {
    return Forbidden("NOT_TASKING_GROUP",
                     absl::StrCat("the tasking group answers, as tasking:ID; you are ",
                                  context.actor.ToString()));
  }
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), kAnyOpen);
  if (!problem.ok() || problem->rung() == v1::RUNG_TASKING_GROUP) return problem;
  return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_WITH_TASKING_GROUP",
                absl::StrCat(request.name(), " is with the ", Words(problem->rung()),
                             "; the tasking group answers what was raised to it"));
}

absl::Status CheckCommitment(const Tables& tables, const v1::Commitment& commitment,
                             absl::string_view council, const Context& context) {
  constexpr char kField[] = "commitments";
  if (absl::Status form = CheckName(kField, commitment.agency(), "councils/*/agencies/*");
      !form.ok()) {
    return form;
  }
  if (CouncilOf(commitment.agency()) != council || !tables.agencies.Contains(commitment.agency())) {
    return NotFound(kField, commitment.agency());
  }
  if (commitment.what().empty()) {
    return InvalidField(kField, absl::StrCat("say what ", commitment.agency(), " commits"));
  }
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(commitment.by_date());
  if (!day.ok()) return InvalidField(kField, day.status().message());
  if (*day < context.calendar.DayOf(context.now)) {
    return InvalidField(kField, absl::StrCat(commitment.by_date(), " is in the past"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CommitResourcesRequest& request,
                             const Context& context) {
  if (absl::Status answer = Required("answer", request.answer()); !answer.ok()) return answer;
  if (request.commitments().empty()) {
    return InvalidField("commitments", "name who commits what; without it, send the problem back");
  }
  absl::StatusOr<Problem> problem = FindWithTaskingGroup(tables, request, context);
  if (!problem.ok()) return problem.status();
  absl::string_view council = CouncilOf(request.name());
  for (const v1::Commitment& commitment : request.commitments()) {
    absl::Status one = CheckCommitment(tables, commitment, council, context);
    if (!one.ok()) return one;
  }
  absl::Status room =
      CheckRoom("commitments", problem->commitments_size() + request.commitments_size() - 1,
                kMostCommitments);
  if (!room.ok()) return room;
  Event event;
  v1::ResourcesCommitted& committed = *event.mutable_resources_committed();
  committed.set_name(request.name());
  committed.set_answer(request.answer());
  *committed.mutable_commitments() = request.commitments();
  if (problem->state() == v1::PROBLEM_STATE_IN_HAND) {
    *committed.add_clocks() = StageClock(tables, *problem, context);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::SendBackProblemRequest& request,
                             const Context& context) {
  if (absl::Status words = Required("instruction", request.instruction()); !words.ok()) {
    return words;
  }
  absl::StatusOr<Problem> problem = FindWithTaskingGroup(tables, request, context);
  if (!problem.ok()) return problem.status();
  Event event;
  v1::ProblemSentBack& sent_back = *event.mutable_problem_sent_back();
  sent_back.set_name(request.name());
  sent_back.set_instruction(request.instruction());
  if (problem->state() == v1::PROBLEM_STATE_IN_HAND) {
    *sent_back.add_clocks() = StageClock(tables, *problem, context);
  }
  return event;
}

}  // namespace ccfa::sara
