// The whole road of one call, from the surgery to overview and scrutiny and back to its caller.
#include "tests/support/road.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/calendar.h"

namespace ccfa::test_support {
namespace {

using insight::v1::StoryState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One call, walked along its road with an hour between two steps.
class Road : public ::testing::Test {
 protected:
  Road() : town_(London(2027, 1, 11, 9)) { Found(town_); }

  void ExpectStory(StoryState state, const std::string& with, const std::string& next) {
    town_.LiveFor(absl::Hours(1));
    insight::v1::CallStory story = town_.Story(call_);
    EXPECT_EQ(insight::v1::StoryState_Name(story.state()), insight::v1::StoryState_Name(state));
    EXPECT_EQ(story.with(), with);
    EXPECT_THAT(story.next(), HasSubstr(next));
  }

  void LogAcknowledgeAndAccept() {
    call_ = town_.Do(NewCall(), kCouncillor);
    ExpectStory(insight::v1::STORY_STATE_LOGGED, "screening", "the caller is told");
    intake::v1::AcknowledgeCallRequest acknowledge;
    acknowledge.set_name(call_);
    acknowledge.set_message("your call is in hand");
    town_.Do(acknowledge, kCouncillor);
    ExpectStory(insight::v1::STORY_STATE_LOGGED, "screening", "accepted, declined or referred");
    town_.Do(Acceptance(call_, "it persists"), kCoordinator);
    ExpectStory(insight::v1::STORY_STATE_ROUTED, kNorthTeam, "the team takes it up");
    problem_ = ProblemOf(town_, call_);
  }

  void WorkThroughToResponse() {
    TakeUp(town_, problem_);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, kNorthTeam, "what the problem is");
    ScanAndEnterAnalysis(town_, problem_);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, kNorthTeam, "why it happens");
    AnalyseAndEnterResponse(town_, problem_);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, kNorthTeam, "agencies agree to actions");
  }

  void DeclineOneActionAndDoAnother() {
    std::string declined = ProposeAction(town_, problem_, kPolice);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, kNorthTeam, "police accepts or declines");
    DeclineAction(town_, declined, kPoliceOfficer);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, "tasking group", "agencies agree to actions");
    std::string done = ProposeAction(town_, problem_, kHousing);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, "tasking group", "housing accepts or declines");
    AcceptAction(town_, done, kHousingOfficer);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, "tasking group", "the accepted action is done");
    CompleteAction(town_, done, kHousingOfficer);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, "tasking group", "agencies agree to actions");
  }

  void FailTheAssessment() {
    town_.Do(Entry(problem_, sara::v1::STAGE_ASSESSMENT), kCoordinator);
    ExpectStory(insight::v1::STORY_STATE_IN_HAND, "tasking group", "assesses whether it worked");
    town_.Do(Assessment(problem_, sara::v1::RESULT_NOT_ACHIEVED), kCoordinator);
    ExpectStory(insight::v1::STORY_STATE_WITH_SCRUTINY, "overview and scrutiny",
                "put on an agenda");
    referral_ = town_.Story(call_).referral();
  }

  void AcceptForReviewAndRecommend() {
    std::string meeting = ScheduleMeeting(town_, 7);
    ExpectStory(insight::v1::STORY_STATE_WITH_SCRUTINY, "overview and scrutiny",
                absl::StrCat("decides on ", LastId(meeting)));
    town_.LiveFor(absl::Hours(24 * 7));
    town_.Do(Decision(referral_, scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW), kScrutiny);
    ExpectStory(insight::v1::STORY_STATE_WITH_SCRUTINY, "overview and scrutiny",
                "the agencies answer");
    recommendation_ = town_.Do(Recommendation(referral_), kScrutiny);
  }

  void AnswerInTimeAndLate() {
    town_.Do(Yes(recommendation_, kPolice), kPoliceOfficer);
    EXPECT_THAT(town_.Story(call_).overdue(), IsEmpty());
    town_.LiveFor(absl::Hours(24 * 29));
    EXPECT_THAT(town_.Story(call_).overdue(), ElementsAre("housing to respond"));
    town_.Do(Yes(recommendation_, kHousing), kHousingOfficer);
    EXPECT_THAT(town_.Story(call_).overdue(), ElementsAre("housing to respond"));
    scrutiny::v1::Recommendation answered = town_.RecommendationNamed(recommendation_);
    EXPECT_FALSE(answered.responses(0).overdue());
    EXPECT_TRUE(answered.responses(1).overdue());
    EXPECT_EQ(answered.responses(1).answer(), scrutiny::v1::ANSWER_ACCEPTED);
  }

  void CompleteAndClose() {
    town_.Do(Completion(recommendation_), kScrutiny);
    town_.LiveFor(absl::Hours(1));
    town_.Do(Closing(referral_, /*resolved=*/true), kScrutiny);
    ExpectStory(insight::v1::STORY_STATE_RESOLVED, "", "");
  }

  Town town_;
  std::string call_, problem_, referral_, recommendation_;
};

/// What the caller's history says, in the order it happened.
constexpr const char* kHistory[] = {"call logged",
                                    "call acknowledged",
                                    "call accepted",
                                    "call routed",
                                    "problem opened",
                                    "problem taken up",
                                    "scan recorded",
                                    "stage entered: analysis",
                                    "source added",
                                    "source added",
                                    "analysis recorded",
                                    "hypothesis added",
                                    "objective set",
                                    "assessment planned",
                                    "stage entered: response",
                                    "action proposed",
                                    "action declined",
                                    "problem raised: tasking group",
                                    "action proposed",
                                    "action accepted",
                                    "action completed",
                                    "stage entered: assessment",
                                    "assessment recorded",
                                    "problem raised: scrutiny",
                                    "referral received",
                                    "meeting scheduled",
                                    "referral decided",
                                    "recommendation made",
                                    "recommendation answered",
                                    "clock warned",
                                    "clock expired",
                                    "recommendation answered",
                                    "recommendation completed",
                                    "referral closed",
                                    "problem closed",
                                    "call closed"};

TEST_F(Road, LeadsFromTheSurgeryToScrutinyAndBack) {
  LogAcknowledgeAndAccept();
  WorkThroughToResponse();
  DeclineOneActionAndDoAnother();
  FailTheAssessment();
  AcceptForReviewAndRecommend();
  AnswerInTimeAndLate();
  CompleteAndClose();

  EXPECT_EQ(town_.CallNamed(call_).state(), intake::v1::CALL_STATE_CLOSED);
  EXPECT_EQ(town_.ProblemNamed(problem_).state(), sara::v1::PROBLEM_STATE_CLOSED);
  EXPECT_EQ(town_.ReferralNamed(referral_).state(), scrutiny::v1::REFERRAL_STATE_CLOSED);
  EXPECT_TRUE(town_.ProblemNamed(problem_).watched());

  std::vector<std::string> history;
  for (const insight::v1::HistoryEntry& entry : town_.History(call_)) {
    history.push_back(entry.what());
  }
  EXPECT_THAT(history, ::testing::ElementsAreArray(kHistory));
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());

  // What was solved is watched for half a year.
  town_.LiveUntil(London(2028, 1, 1));
  EXPECT_FALSE(town_.ProblemNamed(problem_).watched());
}

TEST_F(Road, TellsScrutinyEverythingThatWasTried) {
  LogAcknowledgeAndAccept();
  WorkThroughToResponse();
  DeclineOneActionAndDoAnother();
  FailTheAssessment();

  std::vector<std::string> tried;
  scrutiny::v1::Referral referral = town_.ReferralNamed(referral_);
  for (const scrutiny::v1::TrailEntry& entry : referral.trail()) {
    tried.push_back(absl::StrCat(entry.who(), " ", entry.what()));
  }
  EXPECT_THAT(tried.front(), HasSubstr("okafor contacted the waste service before the call"));
  EXPECT_THAT(tried, ::testing::Contains(HasSubstr("officer:reid@police declined action 1")));
  EXPECT_THAT(tried, ::testing::Contains(HasSubstr("raised it to tasking group")));
  EXPECT_THAT(tried, ::testing::Contains(HasSubstr("officer:shah@housing completed action 2")));
  EXPECT_THAT(tried, ::testing::Contains(HasSubstr("assessed the response")));
}

TEST_F(Road, GoesOnWhereItWasAfterARestart) {
  LogAcknowledgeAndAccept();
  town_.Restart();
  WorkThroughToResponse();
  town_.Restart();
  DeclineOneActionAndDoAnother();
  town_.Restart();
  FailTheAssessment();
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());
}

TEST_F(Road, ReturnsToTheTeamWhenScrutinyDeclines) {
  LogAcknowledgeAndAccept();
  WorkThroughToResponse();
  RaiseToScrutiny(town_, problem_);
  ScheduleMeeting(town_, 0);
  std::string referral = town_.Story(call_).referral();
  town_.Do(Decision(referral, scrutiny::v1::DECISION_KIND_DECLINE), kScrutiny);
  ExpectStory(insight::v1::STORY_STATE_IN_HAND, kNorthTeam, "agencies agree to actions");
  EXPECT_EQ(town_.CheckWhole(), absl::OkStatus());
}

}  // namespace
}  // namespace ccfa::test_support
