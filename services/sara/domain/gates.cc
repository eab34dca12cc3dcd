#include "services/sara/domain/gates.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// Collects what the team has not supplied.
class Gate {
 public:
  void Need(bool there, absl::string_view what, absl::string_view supplied_by = "the team") {
    if (!there) missing_.push_back({std::string(what), std::string(supplied_by)});
  }
  void NeedText(absl::string_view text, absl::string_view what) { Need(!text.empty(), what); }
  std::vector<Missing> Take() { return std::move(missing_); }

 private:
  std::vector<Missing> missing_;
};

std::vector<Missing> MissingForAnalysis(const Problem& problem) {
  Gate gate;
  const v1::Scan& scan = problem.scan();
  gate.NeedText(scan.community(), "scan.community: who in the community is affected");
  gate.NeedText(scan.harm(), "scan.harm: what harm it does");
  gate.NeedText(scan.expectation(), "scan.expectation: what the community expects");
  gate.NeedText(scan.events(), "scan.events: what happens");
  gate.NeedText(scan.recurring(), "scan.recurring: how it recurs");
  gate.NeedText(scan.similarity(), "scan.similarity: what the events have in common");
  gate.Need(problem.calls_size() + problem.sources_size() > 0, "a call or a source");
  return gate.Take();
}

std::vector<Missing> MissingForResponse(const Problem& problem, const Policy& policy) {
  Gate gate;
  gate.Need(problem.sources_size() >= policy.least_sources(),
            absl::StrCat("sources: ", policy.least_sources(), " with grade and gaps, there are ",
                         problem.sources_size()));
  const v1::Analysis& analysis = problem.analysis();
  gate.NeedText(analysis.offender(), "analysis.offender: who causes it");
  gate.NeedText(analysis.handler(), "analysis.handler: who could restrain them");
  gate.NeedText(analysis.target(), "analysis.target: who or what it is done to");
  gate.NeedText(analysis.guardian(), "analysis.guardian: who could protect them");
  gate.NeedText(analysis.place(), "analysis.place: where it happens");
  gate.NeedText(analysis.manager(), "analysis.manager: who runs the place");
  gate.NeedText(analysis.current_response(), "analysis.current_response: what is done today");
  gate.NeedText(analysis.current_limits(), "analysis.current_limits: where that falls short");
  gate.Need(problem.hypotheses_size() > 0, "a hypothesis of why it happens");
  gate.Need(problem.objectives_size() > 0, "an objective");
  const v1::AssessmentPlan& plan = problem.assessment_plan();
  gate.NeedText(plan.method(), "assessment_plan.method: how success will be assessed");
  gate.NeedText(plan.data(), "assessment_plan.data: with which data");
  gate.NeedText(plan.exit_strategy(), "assessment_plan.exit_strategy: how the team will leave");
  return gate.Take();
}

std::vector<Missing> MissingForAssessment(const Problem& problem) {
  Gate gate;
  bool done = std::any_of(
      problem.actions().begin(), problem.actions().end(),
      [](const v1::Action& action) { return action.state() == v1::ACTION_STATE_COMPLETED; });
  gate.Need(done, "a completed action", "the agencies asked");
  for (const v1::Action& action : problem.actions()) {
    bool open =
        action.state() == v1::ACTION_STATE_PROPOSED || action.state() == v1::ACTION_STATE_ACCEPTED;
    gate.Need(!open,
              absl::StrCat("the end of action ", LastId(action.name()), ", which is ",
                           Words(action.state())),
              action.agency());
  }
  return gate.Take();
}

}  // namespace

std::vector<Missing> MissingFor(v1::Stage stage, const Problem& problem, const Policy& policy) {
  if (stage == v1::STAGE_ANALYSIS) return MissingForAnalysis(problem);
  if (stage == v1::STAGE_RESPONSE) return MissingForResponse(problem, policy);
  if (stage == v1::STAGE_ASSESSMENT) return MissingForAssessment(problem);
  return {};
}

}  // namespace ccfa::sara
