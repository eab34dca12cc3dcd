#include "services/sara/domain/gates.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/sara/domain/links.h"
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

/// One letter of the CHEERS test: its evidence and its answer. A no ends the matter here.
void NeedLetter(Gate& gate, absl::string_view field, const std::string& evidence, v1::Answer answer,
                absl::string_view question) {
  if (answer == v1::ANSWER_NO) {
    gate.Need(false,
              absl::StrCat("scan.", field, ": the answer is no, so it is not a problem for a ",
                           "team: refer it to a service, or park it"));
  } else if (evidence.empty()) {
    gate.Need(false, absl::StrCat("scan.", field, ": ", question));
  } else {
    gate.Need(answer == v1::ANSWER_YES, absl::StrCat("scan.", field, "_answer: yes or no"));
  }
}

std::vector<Missing> MissingForAnalysis(const Problem& problem) {
  Gate gate;
  const v1::Scan& scan = problem.scan();
  NeedLetter(gate, "community", scan.community(), scan.community_answer(),
             "who in the community is affected");
  NeedLetter(gate, "harm", scan.harm(), scan.harm_answer(), "what harm it does");
  NeedLetter(gate, "expectation", scan.expectation(), scan.expectation_answer(),
             "what the community expects");
  NeedLetter(gate, "events", scan.events(), scan.events_answer(), "what happens");
  NeedLetter(gate, "recurring", scan.recurring(), scan.recurring_answer(), "how it recurs");
  NeedLetter(gate, "similarity", scan.similarity(), scan.similarity_answer(),
             "what the events have in common");
  gate.Need(problem.calls_size() + problem.sources_size() > 0, "a call or a source");
  return gate.Take();
}

/// Sources of one kind tell the same story twice: independent ones differ in kind (F36).
int KindsOf(const Problem& problem) {
  std::set<absl::string_view> kinds;
  for (const v1::DataSource& source : problem.sources()) kinds.insert(source.kind());
  return static_cast<int>(kinds.size());
}

bool CanBeReliedOn(const v1::DataSource& source) {
  return source.grade() == v1::GRADE_RELIABLE || source.grade() == v1::GRADE_FAIRLY_RELIABLE;
}

std::vector<Missing> MissingForResponse(const Problem& problem, const Policy& policy) {
  Gate gate;
  gate.Need(KindsOf(problem) >= policy.least_sources(),
            absl::StrCat("sources: ", policy.least_sources(),
                         " of different kinds, each with grade and gaps; there are ",
                         problem.sources_size(), " of ", KindsOf(problem)));
  gate.Need(absl::c_any_of(problem.sources(), CanBeReliedOn),
            "a source that is reliable or fairly reliable");
  const v1::Analysis& analysis = problem.analysis();
  gate.NeedText(analysis.offender(), "analysis.offender: who causes it");
  gate.NeedText(analysis.handler(), "analysis.handler: who could restrain them");
  gate.NeedText(analysis.target(), "analysis.target: who or what it is done to");
  gate.NeedText(analysis.guardian(), "analysis.guardian: who could protect them");
  gate.NeedText(analysis.place(), "analysis.place: where it happens");
  gate.NeedText(analysis.manager(), "analysis.manager: who runs the place");
  gate.NeedText(analysis.current_response(), "analysis.current_response: what is done today");
  gate.NeedText(analysis.current_limits(), "analysis.current_limits: where that falls short");
  gate.Need(absl::c_any_of(problem.hypotheses(),
                           [](const v1::Hypothesis& hypothesis) { return IsLive(hypothesis); }),
            "a hypothesis of why it happens");
  gate.Need(problem.objectives_size() > 0, "an objective");
  for (const v1::Objective& objective : problem.objectives()) {
    gate.Need(!objective.baseline_date().empty(),
              absl::StrCat("the baseline of objective ", objective.number(), ": where ",
                           objective.metric(), " stands before the response"));
  }
  const v1::AssessmentPlan& plan = problem.assessment_plan();
  gate.NeedText(plan.method(), "assessment_plan.method: how success will be assessed");
  gate.NeedText(plan.data(), "assessment_plan.data: with which data");
  gate.NeedText(plan.exit_strategy(), "assessment_plan.exit_strategy: how the team will leave");
  return gate.Take();
}

/// The loose links that would leave nothing to assess. An action done for a hypothesis that fell
/// since is history: it is shown, and holds nothing up.
void NeedLinks(Gate& gate, const Problem& problem) {
  for (const v1::Orphan& orphan : OrphansOf(problem)) {
    if (orphan.kind() == v1::ORPHAN_KIND_ACTION_WITHOUT_HYPOTHESIS) continue;
    gate.Need(false,
              absl::StrCat(orphan.kind() == v1::ORPHAN_KIND_OBJECTIVE_UNMEASURED
                               ? "somebody who measures "
                               : "an action that answers ",
                           orphan.what(), ": ", orphan.mend()),
              orphan.supplied_by());
  }
}

std::vector<Missing> MissingForAssessment(const Problem& problem) {
  Gate gate;
  bool done = absl::c_any_of(problem.actions(), [](const v1::Action& action) {
    return action.state() == v1::ACTION_STATE_COMPLETED;
  });
  gate.Need(done, "a completed action", "the agencies asked");
  for (const v1::Action& action : problem.actions()) {
    bool open =
        action.state() == v1::ACTION_STATE_PROPOSED || action.state() == v1::ACTION_STATE_ACCEPTED;
    gate.Need(!open,
              absl::StrCat("the end of action ", LastId(action.name()), ", which is ",
                           Words(action.state())),
              action.agency());
  }
  NeedLinks(gate, problem);
  return gate.Take();
}

void AddGate(v1::ProblemCheck& check, absl::string_view gate, const std::vector<Missing>& missing) {
  v1::GateCheck& added = *check.add_gates();
  added.set_gate(std::string(gate));
  added.set_open(missing.empty());
  for (const Missing& piece : missing) {
    v1::MissingPiece& lacks = *added.add_missing();
    lacks.set_what(piece.what);
    lacks.set_supplied_by(piece.supplied_by);
  }
}

}  // namespace

std::vector<Missing> MissingFor(v1::Stage stage, const Problem& problem, const Policy& policy) {
  if (stage == v1::STAGE_ANALYSIS) return MissingForAnalysis(problem);
  if (stage == v1::STAGE_RESPONSE) return MissingForResponse(problem, policy);
  if (stage == v1::STAGE_ASSESSMENT) return MissingForAssessment(problem);
  return {};
}

std::vector<Missing> MissingForClosing(const Problem& problem) {
  Gate gate;
  gate.Need(problem.has_assessment(), "assessment: whether it was done and whether it worked");
  gate.NeedText(problem.assessment_plan().exit_strategy(),
                "assessment_plan.exit_strategy: how the team will leave");
  NeedLinks(gate, problem);
  return gate.Take();
}

v1::ProblemCheck CheckOf(const Problem& problem, const Policy& policy) {
  v1::ProblemCheck check;
  check.set_name(problem.name());
  check.set_etag(problem.etag());
  for (int stage = problem.stage() + 1; stage <= v1::STAGE_ASSESSMENT; ++stage) {
    auto ahead = static_cast<v1::Stage>(stage);
    if (ahead == v1::STAGE_SCANNING) continue;
    AddGate(check, Words(ahead), MissingFor(ahead, problem, policy));
  }
  AddGate(check, "closing", MissingForClosing(problem));
  for (const v1::Orphan& orphan : OrphansOf(problem)) *check.add_orphans() = orphan;
  return check;
}

}  // namespace ccfa::sara
