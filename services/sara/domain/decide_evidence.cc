#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
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
  return status;
}

/// SMART (F38): a metric that moves from the baseline to the target by a date, for an outcome.
absl::Status CheckObjective(const v1::Objective& objective, const Context& context) {
  absl::Status status = Required("objective.metric", objective.metric());
  if (objective.target() == objective.baseline()) {
    status.Update(InvalidField("objective.target", "must differ from the baseline"));
  }
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(objective.date());
  if (!day.ok()) {
    status.Update(InvalidField("objective.date", day.status().message()));
  } else if (*day <= context.calendar.DayOf(context.now)) {
    status.Update(InvalidField("objective.date", "must be after today"));
  }
  status.Update(Required("objective.outcome", objective.outcome()));
  return status;
}

absl::Status CheckAssessment(const v1::Assessment& assessment) {
  absl::Status status = Required("assessment.process", assessment.process());
  status.Update(Required("assessment.impact", assessment.impact()));
  if (assessment.result() == v1::RESULT_UNSPECIFIED || !v1::Result_IsValid(assessment.result())) {
    status.Update(InvalidField("assessment.result", "is required: how it ended"));
  }
  return status;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordScanRequest& request,
                             const Context&) {
  if (!request.has_scan()) return InvalidField("scan", "is required");
  if (absl::Status since = CheckSince(request.scan().since()); !since.ok()) return since;
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
  if (!room.ok()) return room;
  Event event;
  v1::HypothesisAdded& added = *event.mutable_hypothesis_added();
  added.set_name(request.name());
  added.mutable_hypothesis()->set_number(problem->hypotheses_size() + 1);
  added.mutable_hypothesis()->set_text(request.text());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::SetObjectiveRequest& request,
                             const Context& context) {
  absl::Status smart = CheckObjective(request.objective(), context);
  if (!smart.ok()) return smart;
  absl::StatusOr<Problem> problem = FindAtStage(tables, "name", request.name(), request.etag(),
                                                {v1::STAGE_ANALYSIS, v1::STAGE_RESPONSE});
  if (!problem.ok()) return problem.status();
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

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordAssessmentRequest& request,
                             const Context&) {
  if (absl::Status status = CheckAssessment(request.assessment()); !status.ok()) return status;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_ASSESSMENT});
  if (!problem.ok()) return problem.status();
  Event event;
  event.mutable_assessment_recorded()->set_name(request.name());
  *event.mutable_assessment_recorded()->mutable_assessment() = request.assessment();
  return event;
}

}  // namespace ccfa::sara
