#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/recurrence.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// A problem that scanning is still to make out: queued, or in scanning.
absl::StatusOr<Problem> FindUnscanned(const Tables& tables, const std::string& name,
                                      const std::string& etag) {
  absl::StatusOr<Problem> problem = FindProblem(tables, "name", name, etag, kAnyOpen);
  if (!problem.ok()) return problem;
  if (absl::Status here = CheckNotWithScrutiny(*problem); !here.ok()) return here;
  if (problem->state() == v1::PROBLEM_STATE_QUEUED || problem->stage() == v1::STAGE_SCANNING) {
    return problem;
  }
  return WrongState(absl::StrCat(name, " is in ", Words(problem->stage()),
                                 "; what is no problem for a team is found out in scanning: "
                                 "enter it again, or close the problem"));
}

/// A new problem for a call whose own was emptied, from what that one knew.
Event OpenedAgain(const Tables& tables, const Problem& emptied, const ReopenForCall& reopen,
                  const Context& context) {
  Event event;
  v1::ProblemOpened& opened = *event.mutable_problem_opened();
  auto year = static_cast<int>(context.calendar.DayOf(context.now).year());
  opened.set_name(tables.numbering.Next(CouncilOf(reopen.call), "problems", year));
  opened.set_title(emptied.title());
  opened.set_category(emptied.category());
  opened.set_team(emptied.team());
  opened.set_ward(emptied.ward());
  opened.set_call(reopen.call);
  *opened.mutable_trail() = emptied.trail();
  v1::CallFacts& facts = *opened.mutable_facts();
  facts.set_call(reopen.call);
  facts.set_ward(emptied.ward());
  facts.set_category(emptied.category());
  facts.set_regime(emptied.regime());
  *facts.mutable_receive_time() = ToProto(context.now);
  return event;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ReferProblemRequest& request,
                             const Context& context) {
  absl::Status words = Required("service", request.service());
  words.Update(Required("reason", request.reason()));
  if (!words.ok()) return words;
  absl::StatusOr<Problem> problem = FindUnscanned(tables, request.name(), request.etag());
  if (!problem.ok()) return problem.status();
  Event event;
  v1::ProblemClosed& closed = *event.mutable_problem_closed();
  closed.set_name(request.name());
  closed.mutable_closing()->set_result(v1::RESULT_REFERRED);
  closed.mutable_closing()->set_done(absl::StrCat("referred to ", request.service()));
  closed.mutable_closing()->set_by(context.actor.ToString());
  closed.mutable_closing()->set_why(request.reason());
  *closed.mutable_calls() = problem->calls();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ParkProblemRequest& request,
                             const Context&) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Problem> problem = FindUnscanned(tables, request.name(), request.etag());
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_problem_parked()->set_name(request.name());
  event.mutable_problem_parked()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordSustainCheckRequest& request,
                             const Context& context) {
  if (absl::Status note = Required("note", request.note()); !note.ok()) return note;
  absl::StatusOr<Problem> problem =
      FindProblem(tables, "name", request.name(), request.etag(), {v1::PROBLEM_STATE_CLOSED});
  if (!problem.ok()) return problem.status();
  if (!problem->watched()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_WATCHED",
                  absl::StrCat(request.name(),
                               " is not watched: it was not solved, or the time is "
                               "over; a new call opens a new problem"));
  }
  absl::Status room =
      CheckRoom("sustain checks", problem->sustain_checks_size(), kMostSustainChecks);
  if (!room.ok()) return room;
  Event event;
  event.mutable_sustain_checked()->set_name(request.name());
  v1::SustainCheck& check = *event.mutable_sustain_checked()->mutable_check();
  *check.mutable_time() = ToProto(context.now);
  check.set_by(context.actor.ToString());
  check.set_holds(request.holds());
  check.set_note(request.note());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReopenForCall& reopen,
                             const Context& context) {
  if (tables.withdrawn.Contains(reopen.call)) return Event();
  auto problem = tables.HolderOf(reopen.call);
  if (problem && IsOpen(*problem)) return Event();
  if (!problem) {
    auto emptied = tables.problems.Get(reopen.problem);
    if (!emptied) return NotFound("problem", reopen.problem);
    return OpenedAgain(tables, *emptied, reopen, context);
  }
  absl::Status room = CheckRoom("passes through its stages", problem->passes_size(), kMostPasses);
  if (!room.ok()) return room;
  v1::CallFacts facts;
  facts.set_call(reopen.call);
  return ReopenedBy(tables, *problem, v1::REOPEN_CAUSE_NOT_FIXED, reopen.reason, facts, context);
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReopenProblem& reopen,
                             const Context& context) {
  auto problem = tables.problems.Get(reopen.name);
  if (!problem) return NotFound("name", reopen.name);
  if (problem->state() != v1::PROBLEM_STATE_CLOSED) return Event();
  absl::Status room = CheckRoom("passes through its stages", problem->passes_size(), kMostPasses);
  if (!room.ok()) return room;
  return ReopenedBy(tables, *problem, v1::REOPEN_CAUSE_SUSTAIN_CHECK, reopen.reason,
                    v1::CallFacts(), context);
}

absl::StatusOr<Event> Decide(const Tables& tables, const ClassifyCall& classify, const Context&) {
  Event event;
  auto problem = tables.HolderOf(classify.call);
  if (!problem) return event;
  const v1::CallFacts* facts = FactsIn(*problem, classify.call);
  if (facts != nullptr && facts->regime() == classify.regime) return event;
  v1::ProblemClassified& classified = *event.mutable_problem_classified();
  classified.set_name(problem->name());
  classified.set_call(classify.call);
  classified.set_regime(classify.regime);
  classified.set_reason(classify.reason);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const CountAffected& count, const Context&) {
  Event event;
  auto problem = tables.HolderOf(count.call);
  if (!problem) return event;
  const v1::CallFacts* facts = FactsIn(*problem, count.call);
  if (facts != nullptr && facts->affected() == count.count) return event;
  v1::ProblemAffected& affected = *event.mutable_problem_affected();
  affected.set_name(problem->name());
  affected.set_call(count.call);
  affected.set_count(count.count);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const DetectCaseReview& detect,
                             const Context& context) {
  Event event;
  auto problem = tables.problems.Get(detect.name);
  if (!problem || problem->has_case_review_time()) return event;
  const auto policy = PolicyOf(tables, CouncilOf(detect.name));
  std::vector<std::string> calls = QualifyingComplaints(*problem, policy->case_review(), context);
  if (static_cast<int>(calls.size()) < policy->case_review().complaints()) return event;
  v1::CaseReviewThresholdMet& met = *event.mutable_case_review_threshold_met();
  met.set_name(detect.name);
  for (const std::string& call : calls) met.add_calls(call);
  met.set_complaints(static_cast<int>(calls.size()));
  met.set_category(problem->category());
  met.set_team(problem->team());
  return event;
}

}  // namespace ccfa::sara
