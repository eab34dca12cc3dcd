#include "services/sara/domain/quality.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/sara/domain/links.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// Gives points for what is there, and says what was not.
class Part {
 public:
  Part(absl::string_view name, v1::Quality& quality) : name_(name), quality_(quality) {}

  void Award(int points, bool earned, absl::string_view what) {
    if (earned) {
      points_ += points;
    } else {
      quality_.add_shortfalls(absl::StrCat(name_, " -", points, ": ", what));
    }
  }
  int points() const { return points_; }

 private:
  absl::string_view name_;
  v1::Quality& quality_;
  int points_ = 0;
};

int ScanningOf(const Problem& problem, v1::Quality& quality) {
  Part part("scanning", quality);
  const v1::Scan& scan = problem.scan();
  bool whole = !scan.community().empty() && !scan.harm().empty() && !scan.expectation().empty() &&
               !scan.events().empty() && !scan.recurring().empty() && !scan.similarity().empty();
  part.Award(5, whole, "the CHEERS test with its evidence");
  part.Award(1, !scan.consequences().empty(), "its consequences");
  part.Award(1, !scan.frequency().empty(), "how often it happens");
  part.Award(1, !scan.since().empty(), "since when");
  part.Award(2, problem.calls_size() > 1 || problem.sources_size() > 0,
             "more than one call, or a source");
  return part.points();
}

int AnalysisOf(const Problem& problem, v1::Quality& quality) {
  Part part("analysis", quality);
  std::set<absl::string_view> kinds;
  for (const v1::DataSource& source : problem.sources()) kinds.insert(source.kind());
  part.Award(2, kinds.size() >= 2, "two kinds of source");
  part.Award(1, kinds.size() >= 3, "a third kind of source");
  part.Award(1,
             absl::c_any_of(
                 problem.sources(),
                 [](const v1::DataSource& source) { return source.grade() == v1::GRADE_RELIABLE; }),
             "a reliable source");
  const v1::Analysis& analysis = problem.analysis();
  part.Award(1, !analysis.offender().empty() && !analysis.handler().empty(),
             "who causes it and who could restrain them");
  part.Award(1, !analysis.target().empty() && !analysis.guardian().empty(),
             "who suffers it and who could protect them");
  part.Award(1, !analysis.place().empty() && !analysis.manager().empty(),
             "where it happens and who runs the place");
  part.Award(1, !analysis.current_response().empty() && !analysis.current_limits().empty(),
             "what is done today and its limits");
  part.Award(1, problem.hypotheses_size() > 0, "a hypothesis");
  part.Award(1, problem.hypotheses_size() > 1, "a second hypothesis that was weighed");
  return part.points();
}

int ResponseOf(const Problem& problem, v1::Quality& quality) {
  Part part("response", quality);
  const auto& actions = problem.actions();
  auto completed = [](const v1::Action& action) {
    return action.state() == v1::ACTION_STATE_COMPLETED;
  };
  std::vector<v1::Orphan> orphans = OrphansOf(problem);
  bool answered = absl::c_none_of(orphans, [](const v1::Orphan& orphan) {
    return orphan.kind() == v1::ORPHAN_KIND_HYPOTHESIS_UNANSWERED;
  });
  part.Award(2, absl::c_any_of(actions, completed), "an action that was completed");
  part.Award(2, absl::c_all_of(actions, completed), "every action that was asked for, completed");
  part.Award(1, absl::c_none_of(actions, [](const v1::Action& a) { return a.overdue(); }),
             "every action in time");
  part.Award(2, answered, "an action for every hypothesis");
  part.Award(1, absl::c_any_of(actions, [](const v1::Action& a) { return a.objective() > 0; }),
             "an action whose measure tells of an objective");
  part.Award(2, problem.objectives_size() > 0, "a SMART objective");
  return part.points();
}

int AssessmentOf(const Problem& problem, const v1::Assessment& assessment, v1::Quality& quality) {
  Part part("assessment", quality);
  const v1::AssessmentPlan& plan = problem.assessment_plan();
  part.Award(2, !plan.method().empty() && !plan.data().empty(), "a plan made before the response");
  part.Award(1, !plan.exit_strategy().empty(), "an exit strategy");
  part.Award(2, !assessment.process().empty(), "what was done, apart from what it did");
  part.Award(
      2, assessment.impacts_size() > 0 && assessment.impacts_size() >= problem.objectives_size(),
      "a measure for every objective");
  bool from_reliable = absl::c_any_of(assessment.impacts(), [&](const v1::Impact& impact) {
    int index = impact.source() - 1;
    return index >= 0 && index < problem.sources_size() &&
           problem.sources(index).grade() == v1::GRADE_RELIABLE;
  });
  part.Award(2, from_reliable, "a measure from a reliable source");
  std::set<int> sources;
  for (const v1::Impact& impact : assessment.impacts()) sources.insert(impact.source());
  part.Award(1, sources.size() > 1, "measures from more than one source");
  return part.points();
}

}  // namespace

v1::Quality QualityOf(const Problem& problem, const v1::Assessment& assessment) {
  v1::Quality quality;
  quality.set_scanning(ScanningOf(problem, quality));
  quality.set_analysis(AnalysisOf(problem, quality));
  quality.set_response(ResponseOf(problem, quality));
  quality.set_assessment(AssessmentOf(problem, assessment, quality));
  constexpr int kMost = 10 + 2 * 10 + 10 + 2 * 10;
  int weighted =
      quality.scanning() + 2 * quality.analysis() + quality.response() + 2 * quality.assessment();
  quality.set_percent(weighted * 100 / kMost);
  return quality;
}

}  // namespace ccfa::sara
