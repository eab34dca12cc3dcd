#pragma once

#include <gmock/gmock.h>

#include <string>

#include "ccfa/routing/v1/events.pb.h"
#include "common/testing/given.h"
#include "services/sara/domain/decide.h"
#include "services/sara/reactions.h"

namespace ccfa::sara {

using ::ccfa::testing::FromText;
using ::ccfa::testing::TimeText;

inline constexpr char kProblem[] = "councils/E1/problems/2026-000001";
inline constexpr char kAction[] = "councils/E1/problems/2026-000001/actions/1";
inline constexpr char kCall[] = "councils/E1/calls/2026-000001";
inline constexpr char kCoordinator[] = "coordinator:lee";
inline constexpr char kOfficer[] = "officer:reid@police";

/// Sara's tables and rules, with the police admitted, and the states that rules are about.
class Given : public ::ccfa::testing::Given<v1::Event, Tables, Rules> {
 public:
  /// The register says that the council sets these rules; the text form of SaraRules.
  std::string WhenConfigured(const std::string& rules) {
    routing::v1::Event event;
    event.mutable_council_configured()->set_name("councils/E1");
    *event.mutable_council_configured()->mutable_config()->mutable_sara() =
        FromText<config::v1::SaraRules>(rules);
    return WhenHappened("ccfa.routing.v1", event);
  }

  Given() {
    EXPECT_EQ(When("system:sara", AdmitAgency{"councils/E1/agencies/police"}), "AgencyAdmitted");
  }

  v1::Problem problem(const std::string& name = kProblem) {
    return tables().problems.Get(name).value_or(v1::Problem());
  }
  std::string WhenRouted(const std::string& call, const std::string& team = "north",
                         const std::string& from_team = "") {
    routing::v1::Event event;
    auto& routed = *event.mutable_call_routed();
    routed.set_name(call);
    routed.mutable_placement()->set_team("councils/E1/teams/" + team);
    routed.mutable_placement()->set_ward("W1");
    routed.mutable_details()->set_summary("Bikes on Osprey Walk");
    routed.mutable_details()->set_category("anti-social-behaviour");
    auto& attempt = *routed.mutable_details()->add_tried();
    attempt.set_contacted("the police");
    attempt.set_date("2026-06-01");
    attempt.set_answer("no patrol to spare");
    routed.set_reason("the boundary moved");
    if (!from_team.empty()) routed.set_from_team("councils/E1/teams/" + from_team);
    return WhenHappened("ccfa.routing.v1", event);
  }
  std::string WhenEntering(v1::Stage stage, const std::string& reason = "") {
    v1::EnterStageRequest request;
    request.set_name(kProblem);
    request.set_stage(stage);
    request.set_reason(reason);
    return When(kCoordinator, request);
  }
};

/// A request about `kProblem`, with more in its text form.
template <class Request>
Request About(const std::string& text = "") {
  return FromText<Request>(absl::StrCat("name: '", kProblem, "' ", text));
}
template <class Request>
Request AboutAction(const std::string& text = "") {
  return FromText<Request>(absl::StrCat("name: '", kAction, "' ", text));
}

inline constexpr char kScan[] =
    "scan { community: 'Osprey Walk' harm: 'fear' expectation: 'quiet' events: 'bikes' "
    "recurring: 'weekly' similarity: 'same riders' since: '2026-05' community_answer: ANSWER_YES "
    "harm_answer: ANSWER_YES expectation_answer: ANSWER_YES events_answer: ANSWER_YES "
    "recurring_answer: ANSWER_YES similarity_answer: ANSWER_YES }";
inline constexpr char kSource[] =
    "source { title: 'calls' kind: 'calls' grade: GRADE_RELIABLE known_gaps: 'not everybody calls' "
    "}";
inline constexpr char kOtherSource[] =
    "source { title: 'a walk' kind: 'site-visit' grade: GRADE_UNTESTED known_gaps: 'one evening' }";
inline constexpr char kAnalysis[] =
    "analysis { offender: 'riders' handler: 'parents' target: 'walkers' guardian: 'wardens' "
    "place: 'the walk' manager: 'the council' current_response: 'patrols' current_limits: 'rare' }";
inline constexpr char kObjective[] =
    "objective { metric: 'calls a month' baseline: 12 target: 3 date: '2026-12-31' "
    "baseline_date: '2026-06-30' "
    "outcome: 'people walk there again' measured_by: 'analyst:wu' }";
inline constexpr char kPlan[] =
    "plan { method: 'before and after' data: 'calls' exit_strategy: 'wardens' }";
inline constexpr char kProposal[] =
    "parent: 'councils/E1/problems/2026-000001' action { description: 'gates' hypothesis: 1 "
    "measure: 'bikes counted' agency: 'councils/E1/agencies/police' officer: 'reid' "
    "due_date: '2026-07-20' }";

inline Given QueuedProblem() {
  Given given;
  EXPECT_EQ(given.WhenRouted(kCall), "ProblemOpened");
  return given;
}
inline Given ProblemInScanning() {
  Given given = QueuedProblem();
  EXPECT_EQ(given.When(kCoordinator, About<v1::TakeUpProblemRequest>()), "ProblemTakenUp");
  return given;
}
inline Given ProblemInAnalysis() {
  Given given = ProblemInScanning();
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordScanRequest>(kScan)), "ScanRecorded");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_ANALYSIS), "StageEntered");
  return given;
}
inline Given ProblemReadyForResponse() {
  Given given = ProblemInAnalysis();
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kSource)), "SourceAdded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddSourceRequest>(kOtherSource)), "SourceAdded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::RecordAnalysisRequest>(kAnalysis)),
            "AnalysisRecorded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AddHypothesisRequest>("text: 'the gate is open'")),
            "HypothesisAdded");
  EXPECT_EQ(given.When(kCoordinator, About<v1::SetObjectiveRequest>(kObjective)), "ObjectiveSet");
  EXPECT_EQ(given.When(kCoordinator, About<v1::PlanAssessmentRequest>(kPlan)), "AssessmentPlanned");
  return given;
}
inline Given ProblemInResponse() {
  Given given = ProblemReadyForResponse();
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE), "StageEntered");
  return given;
}
inline Given ProposedAction() {
  Given given = ProblemInResponse();
  EXPECT_EQ(given.When(kCoordinator, FromText<v1::ProposeActionRequest>(kProposal)),
            "ActionProposed");
  return given;
}
inline Given AcceptedAction() {
  Given given = ProposedAction();
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::AcceptActionRequest>()), "ActionAccepted");
  return given;
}
inline Given ProblemInAssessment() {
  Given given = AcceptedAction();
  EXPECT_EQ(given.When(kOfficer, AboutAction<v1::CompleteActionRequest>("result: 'gates are up'")),
            "ActionCompleted");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_ASSESSMENT), "StageEntered");
  return given;
}
/// An assessment of the one objective: from 12, by the calls.
inline std::string Assessed(const std::string& result, double measured) {
  return absl::StrCat("assessment { process: 'done' impact: 'seen' result: ", result,
                      " impacts { objective: 1 measured: ", measured,
                      " date: '2026-07-01' source: 1 } }");
}
inline Given AssessedProblem(const std::string& result = "RESULT_REDUCED") {
  Given given = ProblemInAssessment();
  int measured = result == "RESULT_ELIMINATED" ? 0 : result == "RESULT_NOT_ACHIEVED" ? 12 : 5;
  EXPECT_EQ(
      given.When(kCoordinator, About<v1::RecordAssessmentRequest>(Assessed(result, measured))),
      "AssessmentRecorded");
  return given;
}
inline Given ProblemWithScrutiny(Given given) {
  EXPECT_EQ(given.When("councillor:okafor",
                       About<v1::RaiseProblemRequest>("to: RUNG_SCRUTINY reason: 'no progress'")),
            "ProblemRaised");
  return given;
}

}  // namespace ccfa::sara
