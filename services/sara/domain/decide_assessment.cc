#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/problem.h"
#include "services/sara/domain/quality.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Assessment;
using v1::Impact;
using v1::Objective;
using v1::Problem;

absl::Status CheckAssessment(const Assessment& assessment) {
  absl::Status status = Required("assessment.process", assessment.process());
  status.Update(Required("assessment.impact", assessment.impact()));
  if (assessment.result() == v1::RESULT_UNSPECIFIED || !v1::Result_IsValid(assessment.result())) {
    status.Update(InvalidField("assessment.result", "is required: how it ended"));
  }
  return status;
}

/// One measure: of an objective there is, taken on a day that has been, read from a source there
/// is.
absl::Status CheckImpact(const Impact& impact, const Problem& problem, const Context& context) {
  constexpr char kField[] = "assessment.impacts";
  if (impact.objective() < 1 || impact.objective() > problem.objectives_size()) {
    return NotFound(kField, absl::StrCat("objective ", impact.objective(), " of ", problem.name()));
  }
  std::string of = absl::StrCat("of objective ", impact.objective(), " ");
  if (!impact.has_measured()) return InvalidField(kField, of + "needs what was measured");
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(impact.date());
  if (!day.ok()) return InvalidField(kField, absl::StrCat(of, day.status().message()));
  if (*day > context.calendar.DayOf(context.now)) {
    return InvalidField(kField, of + "was measured on a day that is still to come");
  }
  if (impact.source() < 1 || impact.source() > problem.sources_size()) {
    return NotFound(kField, absl::StrCat("source ", impact.source(), " of ", problem.name()));
  }
  return absl::OkStatus();
}

absl::Status CheckImpacts(const Assessment& assessment, const Problem& problem,
                          const Context& context) {
  std::set<int> measured;
  for (const Impact& impact : assessment.impacts()) {
    if (absl::Status one = CheckImpact(impact, problem, context); !one.ok()) return one;
    if (!measured.insert(impact.objective()).second) {
      return InvalidField("assessment.impacts",
                          absl::StrCat("objective ", impact.objective(), " is measured twice"));
    }
  }
  std::vector<Missing> missing;
  for (const Objective& objective : problem.objectives()) {
    if (measured.count(objective.number()) > 0) continue;
    missing.push_back({absl::StrCat("the impact on objective ", objective.number(), ", ",
                                    objective.metric(), ": measured, date and source"),
                       objective.measured_by().empty() ? "the team" : objective.measured_by()});
  }
  return missing.empty() ? absl::OkStatus() : GateNotMet("an assessment", missing);
}

bool IsToFall(const Objective& objective) {
  return objective.target() < objective.baseline();
}
bool IsBetter(const Objective& objective, double measured) {
  return IsToFall(objective) ? measured < objective.baseline() : measured > objective.baseline();
}
bool IsMet(const Objective& objective, double measured) {
  return IsToFall(objective) ? measured <= objective.target() : measured >= objective.target();
}

std::string MeasuresOf(const Assessment& assessment, const Problem& problem) {
  std::string text;
  for (const Impact& impact : assessment.impacts()) {
    const Objective& objective = problem.objectives(impact.objective() - 1);
    absl::StrAppend(&text, text.empty() ? "" : "; ", objective.metric(), " was ",
                    objective.baseline(), ", is ", impact.measured(), ", was to be ",
                    objective.target());
  }
  return text;
}

/// A result is what the measures say (F41): less than before is measured, gone is measured too.
absl::Status CheckResult(const Assessment& assessment, const Problem& problem) {
  auto holds = [&](const Impact& impact) {
    const Objective& objective = problem.objectives(impact.objective() - 1);
    return assessment.result() == v1::RESULT_ELIMINATED
               ? IsMet(objective, impact.measured()) ||
                     (IsToFall(objective) && impact.measured() == 0)
               : IsBetter(objective, impact.measured());
  };
  bool borne_out = true;
  absl::string_view needs;
  if (assessment.result() == v1::RESULT_ELIMINATED) {
    borne_out = absl::c_all_of(assessment.impacts(), holds);
    needs = "needs every objective at its target, or at nothing";
  } else if (assessment.result() == v1::RESULT_REDUCED) {
    borne_out = absl::c_any_of(assessment.impacts(), holds);
    needs = "needs an objective that is better than its baseline";
  }
  if (borne_out) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, "RESULT_NOT_MEASURED",
      absl::StrCat(Words(assessment.result()), " ", needs, "; ", MeasuresOf(assessment, problem),
                   ". Give the result that was measured, or measure again"),
      "assessment.result");
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordAssessmentRequest& request,
                             const Context& context) {
  if (absl::Status status = CheckAssessment(request.assessment()); !status.ok()) return status;
  absl::StatusOr<Problem> problem =
      FindAtStage(tables, "name", request.name(), request.etag(), {v1::STAGE_ASSESSMENT});
  if (!problem.ok()) return problem.status();
  absl::Status impacts = CheckImpacts(request.assessment(), *problem, context);
  if (!impacts.ok()) return impacts;
  if (absl::Status result = CheckResult(request.assessment(), *problem); !result.ok()) {
    return result;
  }
  Event event;
  event.mutable_assessment_recorded()->set_name(request.name());
  Assessment& assessment = *event.mutable_assessment_recorded()->mutable_assessment();
  assessment = request.assessment();
  absl::c_sort(*assessment.mutable_impacts(),
               [](const Impact& a, const Impact& b) { return a.objective() < b.objective(); });
  if (assessment.impacts_size() > 0) assessment.set_measured(assessment.impacts(0).measured());
  *assessment.mutable_actions() = ProcessOf(*problem);
  *assessment.mutable_quality() = QualityOf(*problem, assessment);
  return event;
}

}  // namespace ccfa::sara
