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

// F36
TEST(ConfigureCouncil, ChangesHowManySourcesAnalysisNeeds) {
  Given given = ProblemReadyForResponse();
  EXPECT_EQ(given.WhenConfigured("least_sources: 3"), "CouncilConfigured");
  EXPECT_EQ(given.WhenEntering(v1::STAGE_RESPONSE), "FAILED_PRECONDITION GATE_NOT_MET");
}

}  // namespace
}  // namespace ccfa::sara
