// A year of three councils, lived through by every service: what came of it, for the seed that is
// shipped.
#include "demo/year/year.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/core/names.h"
#include "services/scrutiny/domain/case_review_counts.h"
#include "tests/support/calendar.h"

namespace ccfa::year {
namespace {

using insight::v1::CallStory;
using record::v1::Record;
using test_support::London;
using test_support::Town;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Figures = std::map<std::string, int>;

constexpr char kFigures[] = CCFA_DEMO "/year/figures.txt";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// "in_hand" of "STORY_STATE_IN_HAND".
std::string WordOf(const std::string& name, const std::string& prefix) {
  return absl::AsciiStrToLower(name.substr(prefix.size()));
}

std::vector<std::string> Topics() {
  return {"ccfa.intake.v1", "ccfa.routing.v1", "ccfa.sara.v1", "ccfa.scrutiny.v1"};
}

/// "CallLogged" of "ccfa.intake.v1.CallLogged".
std::string ShortType(const Record& record) {
  return record.type().substr(record.type().rfind('.') + 1);
}

bool IsOver(const CallStory& story) {
  switch (story.state()) {
    case insight::v1::STORY_STATE_DECLINED:
    case insight::v1::STORY_STATE_REFERRED_TO_SERVICE:
    case insight::v1::STORY_STATE_WITHDRAWN:
    case insight::v1::STORY_STATE_RESOLVED:
    case insight::v1::STORY_STATE_NOT_RESOLVED:
      return true;
    default:
      return false;
  }
}

/// What every journal says, byte for byte.
std::string JournalsOf(Town& town) {
  std::string bytes;
  for (const std::string& topic : Topics()) {
    for (const Record& record : town.Records(topic)) record.AppendToString(&bytes);
  }
  return bytes;
}

std::string JournalsAfter(const Plan& plan) {
  Town town(London(2026, 1, 2, 9));
  Year(town, plan).Live();
  return JournalsOf(town);
}

/// The shipped year, lived once for all tests.
class WorkedYear : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    town_ = new Town(London(2026, 1, 2, 9));
    year_ = new Year(*town_, Plan());
    year_->Live();
    for (const std::string& topic : Topics()) {
      for (const Record& record : town_->Records(topic)) events_.push_back(record);
    }
  }
  static void TearDownTestSuite() {
    delete year_;
    delete town_;
    events_.clear();
  }

  /// The calls of a story, by the category that is its own.
  static std::vector<CallStory> CallsOf(const std::string& category) {
    std::vector<CallStory> calls;
    for (const CallStory& story : town_->Stories()) {
      if (story.details().category() == category) calls.push_back(story);
    }
    return calls;
  }
  static CallStory CallOf(const std::string& category) {
    std::vector<CallStory> calls = CallsOf(category);
    EXPECT_THAT(calls, Not(IsEmpty())) << category;
    return calls.empty() ? CallStory() : calls.front();
  }
  /// What happened to a thing, and to what has its name in front.
  static std::set<std::string> EventsOf(const std::string& name) {
    std::set<std::string> types;
    for (const Record& record : events_) {
      if (absl::StartsWith(record.subject(), name)) types.insert(ShortType(record));
    }
    return types;
  }
  /// Of a call, its problem, its referral and that one's recommendations.
  static std::set<std::string> EventsAround(const CallStory& call) {
    std::set<std::string> types;
    for (const insight::v1::HistoryEntry& entry : town_->History(call.name())) {
      types.insert(entry.type().substr(entry.type().rfind('.') + 1));
    }
    return types;
  }
  static int CountOf(const std::string& type) {
    int count = 0;
    for (const Record& record : events_) count += ShortType(record) == type;
    return count;
  }
  static std::string FiguresOfTheYear() {
    Figures figures;
    for (const CallStory& story : town_->Stories()) {
      ++figures["calls " + WordOf(insight::v1::StoryState_Name(story.state()), "STORY_STATE_")];
    }
    for (const Record& record : events_) ++figures[absl::StrCat("events ", ShortType(record))];
    CountAnswers(figures);
    CountCaseReviews(figures);
    std::string text;
    for (const auto& [what, count] : figures) absl::StrAppend(&text, what, ": ", count, "\n");
    return text;
  }
  static void CountAnswers(Figures& figures) {
    for (const Record& record : events_) {
      scrutiny::v1::Event event;
      if (ShortType(record) != "RecommendationAnswered" || !event.ParseFromString(record.data()))
        continue;
      const scrutiny::v1::Response& response = event.recommendation_answered().response();
      ++figures["answers " + WordOf(scrutiny::v1::Answer_Name(response.answer()), "ANSWER_")];
      figures["answers late"] += response.days_late() > 0;
    }
  }
  static void CountCaseReviews(Figures& figures) {
    auto rows = town_->host().engine("scrutiny").Read().value();
    for (const Council& council : year_->places().councils()) {
      auto counts = scrutiny::CountsOf(scrutiny::Tables(*rows), CouncilOf(council.name), 2026);
      std::string of = absl::StrCat("case reviews of ", council.name, " ");
      figures[of + "applied for"] = counts.applications();
      figures[of + "threshold not met"] = counts.threshold_not_met();
      figures[of + "held"] = counts.reviews();
      figures[of + "with recommendations"] = counts.reviews_with_recommendations();
      figures[of + "opened by data"] = counts.opened_by_data();
    }
  }

  static Town* town_;
  static Year* year_;
  static std::vector<Record> events_;
};

Town* WorkedYear::town_ = nullptr;
Year* WorkedYear::year_ = nullptr;
std::vector<Record> WorkedYear::events_;

// F4, F5
TEST_F(WorkedYear, DeclinesByEachLimb) {
  std::set<int> limbs;
  for (const char* category : {"planning-condition", "licence-hours", "school-place"}) {
    CallStory call = CallOf(category);
    EXPECT_EQ(call.state(), insight::v1::STORY_STATE_DECLINED);
    limbs.insert(call.exclusion().limb());
  }
  EXPECT_EQ(limbs.size(), 3U);
  CallStory fourth = CallOf("bin-colour");
  EXPECT_TRUE(fourth.ruling().confirmed());
  EXPECT_NE(fourth.ruling().proposed_by(), fourth.ruling().decided_by());
}

// F4
TEST_F(WorkedYear, OverridesAnExclusionWhereASystemicFailureIsAlleged) {
  EXPECT_EQ(year_->refusals().at("OVERRIDDEN_BY_SYSTEMIC_FAILURE"), 1);
  EXPECT_THAT(EventsAround(CallOf("drain-flooding")),
              IsSupersetOf({"CallAccepted", "ProblemOpened"}));
}

// F5
TEST_F(WorkedYear, UpholdsAnAppealAndAcceptsTheCall) {
  CallStory call = CallOf("verge-parking");
  EXPECT_TRUE(call.ruling().upheld());
  EXPECT_THAT(EventsOf(call.name()),
              IsSupersetOf({"RulingConfirmed", "RulingAppealed", "AppealDecided", "CallAccepted"}));
}

// F7
TEST_F(WorkedYear, ReferringASingleServicesFaultEndsIt) {
  EXPECT_EQ(year_->refusals().at("SINGLE_SERVICE"), 1);
  EXPECT_EQ(CallOf("street-sign").state(), insight::v1::STORY_STATE_REFERRED_TO_SERVICE);
}

// F18
TEST_F(WorkedYear, RefersToTheCountyAndHasItsAnswer) {
  std::vector<CallStory> calls = CallsOf("county-road");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].referred_to(), calls[1].name());
  EXPECT_THAT(calls[0].reason(), ::testing::HasSubstr("on the list for August"));
}

// F8, F9
TEST_F(WorkedYear, MergesCallsOfWhichEachKeepsItsThread) {
  std::vector<CallStory> calls = CallsOf("rats");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].problem(), calls[1].problem());
  EXPECT_EQ(calls[0].thread_size(), 0);
  EXPECT_EQ(calls[1].thread_size(), 1);
  EXPECT_THAT(EventsOf(calls[0].problem()), ::testing::Contains("CallAttached"));
}

// F10
TEST_F(WorkedYear, ParksOneOffsUntilAPatternRecallsThem) {
  std::vector<CallStory> calls = CallsOf("barbecue-fire");
  ASSERT_EQ(calls.size(), 3U);
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(EventsOf(calls[i].name()), IsSupersetOf({"CallParked", "CallRecalled"}));
  }
}

// F63
TEST_F(WorkedYear, ReopensACallThatIsNotFixed) {
  EXPECT_THAT(EventsAround(CallOf("sewer-smell")),
              IsSupersetOf({"CallClosed", "CallReopened", "ProblemReopened"}));
}

// F14, F17
TEST_F(WorkedYear, TriagesACallWithoutAPlaceUntilAPersonAssignsIt) {
  CallStory call = CallOf("e-scooters");
  EXPECT_THAT(EventsAround(call), IsSupersetOf({"CallTriaged", "CallRouted", "ProblemOpened"}));
  EXPECT_THAT(call.team(), Not(IsEmpty()));
}

// F21
TEST_F(WorkedYear, WorksAProblemWithTwoTeams) {
  CallStory call = CallOf("illegal-races");
  EXPECT_THAT(EventsOf(call.problem()),
              IsSupersetOf({"TeamInvited", "InvitationDeclined", "InvitationAccepted"}));
  EXPECT_THAT(town_->ProblemNamed(call.problem()).joint_team(), Not(IsEmpty()));
}

// F27, F29
TEST_F(WorkedYear, RaisesAProblemWhoseActionIsDeclined) {
  EXPECT_THAT(EventsOf(CallOf("begging").problem()),
              IsSupersetOf({"ActionDeclined", "ProblemRaised"}));
}

// F27, F30
TEST_F(WorkedYear, GoesThroughTheTaskingGroup) {
  EXPECT_THAT(
      EventsOf(CallOf("derelict-site").problem()),
      IsSupersetOf({"ProblemRaised", "ProblemSentBack", "ResourcesCommitted", "ActionReassigned"}));
}

// F43
TEST_F(WorkedYear, BringsBackWhatWasSolvedAndReturns) {
  std::vector<CallStory> calls = CallsOf("arson");
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].problem(), calls[1].problem());
  EXPECT_THAT(EventsOf(calls[0].problem()),
              IsSupersetOf({"ProblemClosed", "SustainChecked", "ProblemReopened"}));
}

// F31
TEST_F(WorkedYear, DecidesNothingAtAMeetingWithoutItsQuorum) {
  EXPECT_EQ(year_->refusals().at("NOT_QUORATE"), 1);
}

// F46, F50, F52, F53, F56
TEST_F(WorkedYear, ReviewsToRecommendations) {
  CallStory call = CallOf("school-crossing");
  EXPECT_EQ(call.state(), insight::v1::STORY_STATE_RESOLVED);
  EXPECT_THAT(EventsAround(call),
              IsSupersetOf({"ReferralReceived", "ReferralDecided", "ReviewScoped",
                            "InterestDeclared", "MemberCoOpted", "CommitteeJoined", "WitnessCalled",
                            "AttendanceRequestAnswered", "ReviewEvidenceAdded",
                            "InformationRequested", "InformationRequestAnswered",
                            "InformationRequestRefused", "SessionRecorded", "ReportPublished",
                            "RecommendationMade", "RecommendationCompleted", "ReferralClosed"}));
}

// F49
TEST_F(WorkedYear, TakesAnAnswerInPart) {
  CallStory call = CallOf("unlit-bridge");
  scrutiny::v1::Recommendation recommendation =
      town_->RecommendationNamed(town_->ReferralNamed(call.referral()).recommendations(0));
  EXPECT_EQ(recommendation.responses(0).answer(), scrutiny::v1::ANSWER_IN_PART);
  EXPECT_EQ(recommendation.responses(1).answer(), scrutiny::v1::ANSWER_REJECTED);
  EXPECT_EQ(call.state(), insight::v1::STORY_STATE_RESOLVED);
}

// F49, F51
TEST_F(WorkedYear, ChasesAnAnswerThatIsOverdue) {
  CallStory call = CallOf("loan-sharks");
  scrutiny::v1::Recommendation recommendation =
      town_->RecommendationNamed(town_->ReferralNamed(call.referral()).recommendations(0));
  EXPECT_FALSE(recommendation.responses(0).overdue());
  EXPECT_TRUE(recommendation.responses(1).overdue());
  EXPECT_GT(recommendation.responses(1).days_late(), 0);
  EXPECT_EQ(recommendation.chases_size(), 1);
}

// F54
TEST_F(WorkedYear, HoldsACaseReviewAndHearsAnAppeal) {
  EXPECT_EQ(CountOf("CaseReviewAppealed"), 1);
  std::set<std::string> held;
  for (const Record& record : events_) {
    if (ShortType(record) == "CaseReviewHeld")
      held.insert(std::string(CouncilOf(record.subject())));
  }
  EXPECT_THAT(held, ::testing::Contains("E08900001"));
}

TEST_F(WorkedYear, RefusesOnlyWhatTheStoriesAskForInVain) {
  EXPECT_THAT(
      year_->refusals(),
      UnorderedElementsAre(Pair("NOT_QUORATE", 1), Pair("OVERRIDDEN_BY_SYSTEMIC_FAILURE", 1),
                           Pair("RULING_NEEDS_TWO", 1), Pair("SINGLE_SERVICE", 1)));
}

// F31, F49, F55
TEST_F(WorkedYear, ComesToTheseFigures) {
  const std::string figures = FiguresOfTheYear();
  if (getenv("CCFA_WRITE_GOLDEN") != nullptr) std::ofstream(kFigures) << figures;
  EXPECT_EQ(figures, ReadFile(kFigures))
      << "CCFA_WRITE_GOLDEN=1 writes them anew, where they are to change";
}

TEST_F(WorkedYear, LeavesNoReactionRefused) {
  for (const Record& record : events_) {
    EXPECT_NE(ShortType(record), "ReactionRefused") << record.subject();
  }
}

TEST_F(WorkedYear, LeavesNoOpenCallWithoutAnOwnerAndANextStep) {
  int open = 0;
  for (const CallStory& story : town_->Stories()) {
    if (IsOver(story)) continue;
    ++open;
    EXPECT_THAT(story.with(), Not(IsEmpty())) << story.ShortDebugString();
    EXPECT_THAT(story.next(), Not(IsEmpty())) << story.ShortDebugString();
  }
  EXPECT_GT(open, 0);
}

// F71
TEST_F(WorkedYear, HasWholeChainsAndFoldsToTheSameTables) {
  EXPECT_EQ(town_->CheckWhole(), absl::OkStatus());
}

TEST(AnotherYear, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const std::string once = JournalsAfter({7, 40});
  EXPECT_TRUE(once == JournalsAfter({7, 40})) << "the same seed wrote other journals";
  EXPECT_FALSE(once == JournalsAfter({8, 40})) << "another seed wrote the same journals";
}

TEST(AnotherYear, IsTheSameOnTheDiskAndIsThereAgain) {
  const std::string folder = absl::StrCat(::testing::TempDir(), "/ccfa-year-", getpid());
  std::filesystem::remove_all(folder);
  std::string written;
  {
    Town town(London(2026, 1, 2, 9), folder);
    Year(town, {7, 0}).Live();
    written = JournalsOf(town);
  }
  Town later(London(2027, 1, 1, 9), folder);
  EXPECT_TRUE(JournalsOf(later) == written) << "the folder keeps other journals than were written";
  EXPECT_TRUE(JournalsAfter({7, 0}) == written) << "the disk changes what happens";
  EXPECT_EQ(later.CheckWhole(), absl::OkStatus());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ccfa::year
