#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/links.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

absl::Status CheckSince(absl::string_view since) {
  if (since.empty()) return absl::OkStatus();
  // A month stands for its first day.
  bool is_month = since.size() == 7;
  auto day = calendar::ParseDate(is_month ? absl::StrCat(since, "-01") : std::string(since));
  return day.ok() ? absl::OkStatus() : InvalidField("scan.since", day.status().message());
}

absl::Status CheckSource(const v1::DataSource& source) {
  absl::Status status = Required("source.title", source.title());
  if (source.grade() == v1::GRADE_UNSPECIFIED || !v1::Grade_IsValid(source.grade())) {
    status.Update(InvalidField("source.grade", "is required: how far it can be relied on"));
  }
  status.Update(Required("source.known_gaps", source.known_gaps()));
  if (!IsId(source.kind())) {
    status.Update(InvalidField("source.kind",
                               "is required, a word like police-recorded, calls, survey or "
                               "site-visit: sources of one kind are not independent"));
  }
  return status;
}

absl::Status NotSmart(absl::string_view field, absl::string_view letter,
                      absl::string_view message) {
  return Refuse(absl::StatusCode::kInvalidArgument, "NOT_SMART",
                absl::StrCat("the objective is not ", letter, ": ", message), field);
}

absl::Status CheckSpecific(const v1::Objective& objective) {
  if (!objective.metric().empty()) return absl::OkStatus();
  return NotSmart("objective.metric", "specific", "say what exactly is counted, and where");
}

/// A baseline is of a day that has been; set late, of one before the response began.
absl::Status CheckMeasurable(const v1::Objective& objective, const Context& context) {
  constexpr char kField[] = "objective.baseline_date";
  if (objective.baseline_date().empty()) {
    return NotSmart(kField, "measurable", "say on which day its baseline was measured");
  }
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(objective.baseline_date());
  if (!day.ok()) return NotSmart(kField, "measurable", day.status().message());
  if (*day <= context.calendar.DayOf(context.now)) return absl::OkStatus();
  return NotSmart(kField, "measurable",
                  absl::StrCat(objective.baseline_date(), " is still to come"));
}

/// What is measured once the response goes on is no baseline.
absl::Status CheckBaselineIsOfBefore(const v1::Objective& objective, const Problem& problem,
                                     const Context& context) {
  if (problem.stage() != v1::STAGE_RESPONSE) return absl::OkStatus();
  absl::CivilDay began =
      context.calendar.DayOf(FromProto(problem.passes(problem.passes_size() - 1).enter_time()));
  absl::CivilDay measured = calendar::ParseDate(objective.baseline_date()).value_or(began);
  if (measured <= began) return absl::OkStatus();
  return NotSmart("objective.baseline_date", "measurable",
                  absl::StrCat("the response began on ", absl::FormatCivilTime(began),
                               "; a baseline is measured before it"));
}

absl::Status CheckAchievable(const v1::Objective& objective) {
  if (objective.target() == objective.baseline()) {
    return NotSmart("objective.target", "achievable",
                    absl::StrCat("it stands at ", objective.baseline(),
                                 " already; the target must differ from the baseline"));
  }
  if (objective.target() < 0 && objective.baseline() >= 0) {
    return NotSmart("objective.target", "achievable",
                    absl::StrCat("there is nothing below 0; the target is ", objective.target()));
  }
  return absl::OkStatus();
}

absl::Status CheckRelevant(const v1::Objective& objective) {
  if (objective.outcome().empty()) {
    return NotSmart("objective.outcome", "relevant", "say what will be different for people");
  }
  if (objective.is_output()) {
    return NotSmart("objective.is_output", "relevant",
                    absl::StrCat("\"", objective.metric(),
                                 "\" counts what agencies do; count what changes for people"));
  }
  return absl::OkStatus();
}

absl::Status CheckTimed(const v1::Objective& objective, const Context& context) {
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(objective.date());
  if (!day.ok()) return NotSmart("objective.date", "time-bound", day.status().message());
  if (*day > context.calendar.DayOf(context.now)) return absl::OkStatus();
  return NotSmart("objective.date", "time-bound",
                  absl::StrCat(objective.date(), " must be after today"));
}

/// SMART (F38): a metric that moves from the baseline to the target by a date, for an outcome.
absl::Status CheckObjective(const v1::Objective& objective, const Context& context) {
  absl::Status status = CheckSpecific(objective);
  status.Update(CheckMeasurable(objective, context));
  status.Update(CheckAchievable(objective));
  status.Update(CheckRelevant(objective));
  status.Update(CheckTimed(objective, context));
  return status;
}

absl::Status CheckScan(const v1::Scan& scan) {
  for (v1::Answer answer :
       {scan.community_answer(), scan.harm_answer(), scan.expectation_answer(),
        scan.events_answer(), scan.recurring_answer(), scan.similarity_answer()}) {
    if (!v1::Answer_IsValid(answer)) return InvalidField("scan", "each answer is yes or no");
  }
  return CheckSince(scan.since());
}

/// The hypothesis of that number, when it still stands.
absl::Status CheckStands(absl::string_view field, const Problem& problem, int number) {
  if (number < 1 || number > problem.hypotheses_size()) {
    return NotFound(field, absl::StrCat("hypothesis ", number, " of ", problem.name()));
  }
  const v1::Hypothesis& hypothesis = problem.hypotheses(number - 1);
  if (IsLive(hypothesis)) return absl::OkStatus();
  return WrongState(absl::StrCat("hypothesis ", number,
                                 hypothesis.replaced_by() > 0
                                     ? absl::StrCat(" was replaced by ", hypothesis.replaced_by())
                                     : absl::StrCat(" was given up: ", hypothesis.rejected())));
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordScanRequest& request,
                             const Context&) {
  if (!request.has_scan()) return InvalidField("scan", "is required");
  if (absl::Status scan = CheckScan(request.scan()); !scan.ok()) return scan;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_SCANNING});
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_scan_recorded()->set_name(request.name());
  *event.mutable_scan_recorded()->mutable_scan() = request.scan();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AddSourceRequest& request,
                             const Context&) {
  if (absl::Status source = CheckSource(request.source()); !source.ok()) return source;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), kAnyStage);
  if (!problem.ok()) return problem.status();
  absl::Status room = CheckRoom("sources", problem->sources_size(), kMostSources);
  if (!room.ok()) return room;
  Event event;
  event.mutable_source_added()->set_name(request.name());
  *event.mutable_source_added()->mutable_source() = request.source();
  event.mutable_source_added()->mutable_source()->set_number(problem->sources_size() + 1);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordAnalysisRequest& request,
                             const Context&) {
  if (!request.has_analysis()) return InvalidField("analysis", "is required");
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_ANALYSIS});
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_analysis_recorded()->set_name(request.name());
  *event.mutable_analysis_recorded()->mutable_analysis() = request.analysis();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AddHypothesisRequest& request,
                             const Context&) {
  if (absl::Status text = Required("text", request.text()); !text.ok()) return text;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_ANALYSIS});
  if (!problem.ok()) return problem.status();
  absl::Status room = CheckRoom("hypotheses", problem->hypotheses_size(), kMostHypotheses);
  if (room.ok() && request.replaces() != 0) {
    room = CheckStands("replaces", *problem, request.replaces());
  }
  if (!room.ok()) return room;
  Event event;
  v1::HypothesisAdded& added = *event.mutable_hypothesis_added();
  added.set_name(request.name());
  added.mutable_hypothesis()->set_number(problem->hypotheses_size() + 1);
  added.mutable_hypothesis()->set_text(request.text());
  added.mutable_hypothesis()->set_replaces(request.replaces());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RejectHypothesisRequest& request,
                             const Context&) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Problem> problem = FindAtStage(tables, "name", request.name(), request.etag(),
                                                {v1::STAGE_ANALYSIS, v1::STAGE_RESPONSE});
  if (!problem.ok()) return problem.status();
  if (absl::Status stands = CheckStands("number", *problem, request.number()); !stands.ok()) {
    return stands;
  }
  Event event;
  event.mutable_hypothesis_rejected()->set_name(request.name());
  event.mutable_hypothesis_rejected()->set_number(request.number());
  event.mutable_hypothesis_rejected()->set_reason(request.reason());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::SetObjectiveRequest& request,
                             const Context& context) {
  absl::Status smart = CheckObjective(request.objective(), context);
  if (!smart.ok()) return smart;
  absl::StatusOr<Problem> problem = FindAtStage(tables, "name", request.name(), request.etag(),
                                                {v1::STAGE_ANALYSIS, v1::STAGE_RESPONSE});
  if (!problem.ok()) return problem.status();
  absl::Status of_before = CheckBaselineIsOfBefore(request.objective(), *problem, context);
  if (!of_before.ok()) return of_before;
  int number = request.objective().number();
  if (number < 0 || number > problem->objectives_size()) {
    return NotFound("objective.number", absl::StrCat("objective ", number));
  }
  Event event;
  event.mutable_objective_set()->set_name(request.name());
  *event.mutable_objective_set()->mutable_objective() = request.objective();
  if (number == 0) {
    absl::Status room = CheckRoom("objectives", problem->objectives_size(), kMostObjectives);
    if (!room.ok()) return room;
    event.mutable_objective_set()->mutable_objective()->set_number(problem->objectives_size() + 1);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::PlanAssessmentRequest& request,
                             const Context&) {
  if (absl::Status method = Required("plan.method", request.plan().method()); !method.ok()) {
    return method;
  }
  absl::StatusOr<Problem> problem = FindAtStage(tables, "name", request.name(), request.etag(),
                                                {v1::STAGE_SCANNING, v1::STAGE_ANALYSIS});
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_assessment_planned()->set_name(request.name());
  *event.mutable_assessment_planned()->mutable_plan() = request.plan();
  return event;
}

}  // namespace ccfa::sara
