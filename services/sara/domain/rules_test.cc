#include <gtest/gtest.h>

#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

// F47
TEST(ConfigureCouncil, GivesTheClocksOfItsProblemsAndActionsNewInstants) {
  Given given = ProposedAction();
  EXPECT_EQ(given.WhenConfigured("accept_action { length: '10 working days' }"),
            "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-01T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(given.Clocks("E1"),
            "accept-action of 1 by police 2026-07-15T23:00Z, "
            "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F43, F47
TEST(ConfigureCouncil, ChangesHowLongASolvedProblemIsWatched) {
  Given given = AssessedProblem();
  given.When(kCoordinator, About<v1::CloseProblemRequest>("done: 'gates' why: 'quiet'"));
  EXPECT_EQ(given.WhenConfigured("watch { length: '1 month' }"), "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-01T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(given.Clocks("E1"), "watch of 2026-000001 by north 2026-08-01T23:00Z");
}

// F29, F47
TEST(ConfigureCouncil, ChangesHowLongAnActionMayBeOverdue) {
  Given given = AcceptedAction();
  EXPECT_EQ(given.WhenConfigured("overdue_action { length: '1 working day' }"),
            "CouncilConfigured");
  EXPECT_EQ(given.WhenItIs("2026-07-01T09:00:01Z"), "ClockRecomputed");
  EXPECT_EQ(given.Clocks("E1"),
            "due-action of 1 by police 2026-07-20T23:00Z, "
            "overdue-action of 1 by police 2026-07-21T23:00Z, "
            "stage of 2026-000001 by north 2026-07-29T23:00Z");
}

// F54, F47
TEST(ConfigureCouncil, ChangesWhatMeetsTheThresholdOfACaseReview) {
  Given given;
  OpenProblem open{kCall, "councils/E1/teams/north", "W1", {}};
  open.details.set_category("fly-tipping");
  open.details.set_happened("2026-06-20");
  given.When("system:sara", open);
  open.call = "councils/E1/calls/2026-000002";
  given.When("system:sara", open);
  given.When(kCoordinator, About<v1::AttachCallRequest>(absl::StrCat("call: '", open.call, "'")));
  EXPECT_EQ(given.When("system:sara", DetectCaseReview{kProblem}), "nothing");
  EXPECT_EQ(given.WhenConfigured("case_review { complaints: 2 made_within: '1 month' "
                                 "within: '6 months' categories: 'fly-tipping' }"),
            "CouncilConfigured");
  EXPECT_EQ(given.When("system:sara", DetectCaseReview{kProblem}), "CaseReviewThresholdMet");
}

// F36
TEST(ConfigureCouncil, ChangesHowManySourcesAnalysisNeeds) {
  Given given = ProblemReadyForResponse();
  EXPECT_EQ(given.WhenConfigured("least_sources: 3"), "CouncilConfigured");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE), "FAILED_PRECONDITION GATE_NOT_MET");
}

}  // namespace
}  // namespace ccfa::sara
