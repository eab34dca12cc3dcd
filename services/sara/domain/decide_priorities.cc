#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/priorities.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

absl::Status CheckRequest(const v1::SetPrioritiesRequest& request, const Context& context) {
  const std::string& role = context.actor.role;
  if (role != "coordinator" && role != "administrator") {
    return Forbidden("MAY_NOT_SET_PRIORITIES",
                     absl::StrCat("a coordinator or an administrator records what the team chose; "
                                  "you are ",
                                  context.actor.ToString()));
  }
  absl::Status form = CheckName("name", request.name(), "councils/*/teams/*");
  if (!form.ok()) return form;
  if (request.selected().empty()) {
    return InvalidField("selected", "is required: what the team works on first");
  }
  absl::StatusOr<absl::CivilDay> review = calendar::ParseDate(request.review_date());
  if (!review.ok()) return InvalidField("review_date", review.status().message());
  if (*review > context.calendar.DayOf(context.now)) return absl::OkStatus();
  return InvalidField("review_date", "must be after today");
}

/// The problem that a choice names, when it is the team's and open, and was not named before.
absl::StatusOr<Problem> Chosen(absl::string_view field, const v1::PriorityChoice& choice,
                               const std::vector<Problem>& open, std::set<std::string>& named) {
  auto problem =
      absl::c_find_if(open, [&](const Problem& p) { return p.name() == choice.problem(); });
  if (problem == open.end()) {
    return NotFound(field, absl::StrCat("open problem of the team called ", choice.problem()));
  }
  if (!named.insert(choice.problem()).second) {
    return InvalidField(field, absl::StrCat(choice.problem(), " is named twice"));
  }
  if (choice.rationale().empty()) {
    return InvalidField(field, absl::StrCat(choice.problem(), " needs its rationale, in words"));
  }
  if (choice.votes() < 0) {
    return InvalidField(field, absl::StrCat(choice.problem(), " has less than no votes"));
  }
  return *problem;
}

v1::Priority PriorityOf(const v1::PriorityChoice& choice, const Problem& problem) {
  v1::Priority priority;
  priority.set_problem(problem.name());
  priority.set_title(problem.title());
  priority.set_rationale(choice.rationale());
  priority.set_votes(choice.votes());
  *priority.mutable_evidence() = EvidenceOf(problem);
  return priority;
}

/// Whoever has more evidence than the least that was selected is told why it was not (F25).
absl::Status CheckPassedOver(const v1::Priorities& priorities, const std::vector<Problem>& open,
                             const std::set<std::string>& named) {
  auto least =
      absl::c_min_element(priorities.selected(), [](const v1::Priority& a, const v1::Priority& b) {
        return a.evidence().strength() < b.evidence().strength();
      });
  std::vector<Missing> missing;
  for (const Problem& problem : open) {
    v1::ProblemEvidence evidence = EvidenceOf(problem);
    if (named.count(problem.name()) > 0 || evidence.strength() <= least->evidence().strength()) {
      continue;
    }
    missing.push_back(
        {absl::StrCat("why ", problem.name(), " is not selected, with ", evidence.calls(),
                      " calls and ", evidence.affected(), " affected, before ", least->problem(),
                      ", with ", least->evidence().calls(), " and ", least->evidence().affected()),
         "the team"});
  }
  return missing.empty() ? absl::OkStatus() : GateNotMet("priorities", missing);
}

absl::Status CheckAnswered(const std::vector<std::string>& warnings, const std::string& answer) {
  if (warnings.empty() || !answer.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "WARNINGS_NOT_ANSWERED",
                absl::StrCat("the priorities may speak for few; say in answer_to_warnings what the "
                             "team makes of it: ",
                             absl::StrJoin(warnings, "; ")),
                "answer_to_warnings");
}

/// To the end of the day of their review.
engine::Clock ReviewClock(const v1::SetPrioritiesRequest& request, const Context& context) {
  absl::CivilDay today = context.calendar.DayOf(context.now);
  absl::CivilDay review = calendar::ParseDate(request.review_date()).value_or(today);
  const calendar::Length until{static_cast<int>(review - today), calendar::Unit::kCalendarDays};
  engine::Clock clock = engine::NewClock(request.name(), kReviewClock, context.now,
                                         config::ClockRule{until, {}}, context.calendar);
  clock.set_owner(request.name());
  return clock;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::SetPrioritiesRequest& request,
                             const Context& context) {
  if (absl::Status asked = CheckRequest(request, context); !asked.ok()) return asked;
  auto row = tables.teams.Get(request.name());
  if (!row) return NotFound("name", request.name());
  int at_once = PrioritiesAtOnce(row->team());
  if (request.selected_size() > at_once) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "TOO_MANY_PRIORITIES",
                  absl::StrCat(request.name(), " holds ", at_once, " priorities at once; ",
                               request.selected_size(), " were selected"),
                  "selected");
  }
  std::vector<Problem> open = OpenProblemsOf(tables, request.name()), selected;
  std::set<std::string> named;
  Event event;
  event.mutable_priorities_set()->set_name(request.name());
  v1::Priorities& priorities = *event.mutable_priorities_set()->mutable_priorities();
  for (const v1::PriorityChoice& choice : request.selected()) {
    absl::StatusOr<Problem> problem = Chosen("selected", choice, open, named);
    if (!problem.ok()) return problem.status();
    *priorities.add_selected() = PriorityOf(choice, *problem);
    selected.push_back(*std::move(problem));
  }
  for (const v1::PriorityChoice& choice : request.not_selected()) {
    absl::StatusOr<Problem> problem = Chosen("not_selected", choice, open, named);
    if (!problem.ok()) return problem.status();
    *priorities.add_not_selected() = PriorityOf(choice, *problem);
  }
  absl::Status passed_over = CheckPassedOver(priorities, open, named);
  if (!passed_over.ok()) return passed_over;
  std::vector<std::string> warnings =
      WarningsFor(row->team(), selected, open, *PolicyOf(tables, CouncilOf(request.name())));
  absl::Status answered = CheckAnswered(warnings, request.answer_to_warnings());
  if (!answered.ok()) return answered;
  for (std::string& warning : warnings) priorities.add_warnings(std::move(warning));
  priorities.set_answer_to_warnings(request.answer_to_warnings());
  priorities.set_review_date(request.review_date());
  *priorities.mutable_set_time() = ToProto(context.now);
  priorities.set_set_by(context.actor.ToString());
  *event.mutable_priorities_set()->add_clocks() = ReviewClock(request, context);
  return event;
}

}  // namespace ccfa::sara
