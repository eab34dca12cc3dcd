// What comes back, across the services.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/calendar.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

class Watch : public ::testing::Test {
 protected:
  Watch() : town_(London(2027, 1, 11, 9)) { Found(town_); }

  std::string SolvedProblem() {
    std::string problem = ProblemInResponse(town_);
    SolveAndClose(town_, problem);
    return problem;
  }
  std::string FirstCallOf(const std::string& problem) {
    return town_.ProblemNamed(problem).calls(0);
  }

  Town town_;
};

// F43
TEST_F(Watch, BringsASolvedProblemBackByACallNearby) {
  std::string problem = SolvedProblem();
  std::string first = FirstCallOf(problem), again = LogAndAccept(town_);
  EXPECT_EQ(ProblemOf(town_, again), problem);
  EXPECT_EQ(town_.Story(again).state(), insight::v1::STORY_STATE_IN_HAND);
  EXPECT_EQ(town_.Story(again).next(), "the team finds out what the problem is");
  EXPECT_EQ(town_.Story(first).state(), insight::v1::STORY_STATE_RESOLVED);
  EXPECT_EQ(town_.CountOf("ccfa.sara.v1.ProblemReopened", problem), 1);
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());
}

// F43
TEST_F(Watch, EndsAfterHalfAYear) {
  std::string problem = SolvedProblem();
  town_.LiveUntil(London(2027, 7, 12, 9));
  EXPECT_NE(ProblemOf(town_, LogAndAccept(town_)), problem);
  EXPECT_EQ(town_.ProblemNamed(problem).state(), sara::v1::PROBLEM_STATE_CLOSED);
}

// F43
TEST_F(Watch, LooksNoFurtherThanTheCouncilSays) {
  routing::v1::ConfigureCouncilRequest configure;
  configure.mutable_config()->set_name(kCouncil);
  configure.mutable_config()->mutable_sara()->mutable_recurrence()->set_within_m(0);
  town_.Do(configure, kAdministrator);
  std::string problem = SolvedProblem();
  std::string next_door = LogAndAccept(
      town_, NewCallAt(kNorthWardSouth + kWardSide / 2 + 0.0001, kNorthWardWest + kWardSide / 2));
  EXPECT_NE(ProblemOf(town_, next_door), problem);
  EXPECT_EQ(ProblemOf(town_, LogAndAccept(town_)), problem);
}

// F63
TEST_F(Watch, BringsAProblemBackToItsTeamWhenACallerSaysItIsNotFixed) {
  std::string problem = SolvedProblem();
  std::string call = FirstCallOf(problem);
  town_.Do(WithReason<intake::v1::ReportNotFixedRequest>(call, "the gate stands open"),
           kCouncillor);
  EXPECT_EQ(town_.ProblemNamed(problem).state(), sara::v1::PROBLEM_STATE_IN_HAND);
  EXPECT_EQ(town_.ProblemNamed(problem).stage(), sara::v1::STAGE_SCANNING);
  EXPECT_EQ(town_.Story(call).state(), insight::v1::STORY_STATE_IN_HAND);
  EXPECT_EQ(town_.Story(call).with(), kNorthTeam);
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());
}

// F10
TEST_F(Watch, RecallsAParkedProblem) {
  std::string problem = ProblemOf(town_, LogAndAccept(town_));
  town_.Do(WithReason<sara::v1::ParkProblemRequest>(problem, "it was one party"), kCoordinator);
  EXPECT_EQ(town_.Story(FirstCallOf(problem)).next(), "the team watches for more of it");
  EXPECT_EQ(ProblemOf(town_, LogAndAccept(town_)), problem);
  EXPECT_EQ(town_.Story(FirstCallOf(problem)).state(), insight::v1::STORY_STATE_IN_HAND);
}

// F7
TEST_F(Watch, IsNotKeptOverWhatASingleServiceHas) {
  std::string problem = ProblemOf(town_, LogAndAccept(town_));
  auto refer = WithReason<sara::v1::ReferProblemRequest>(problem, "one lamp");
  refer.set_service("highways");
  town_.Do(refer, kCoordinator);
  EXPECT_EQ(town_.CallNamed(FirstCallOf(problem)).closing().done(), "referred to highways");
  EXPECT_NE(ProblemOf(town_, LogAndAccept(town_)), problem);
}

}  // namespace
}  // namespace ccfa::test_support
