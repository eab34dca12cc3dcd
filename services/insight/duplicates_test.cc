#include "services/insight/duplicates.h"

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr double kMetresPerDegree = 111'195;

/// A call so many metres north of the first, which is 1 m south of a cell's edge.
std::string CallAt(int number, double metres_north, const std::string& more = "") {
  double lat = 53.42 - 1 / kMetresPerDegree + metres_north / kMetresPerDegree;
  return Logged(absl::StrFormat("place { point { lat: %.9f lon: -2.97 } } %s", lat, more),
                absl::StrFormat("councils/E1/calls/2026-%06d", number));
}

/// "000002 at 40 m, 0 days" for each suggestion to the first call.
std::vector<std::string> Suggested(Given& given, const DuplicatePolicy& policy = {}) {
  std::vector<std::string> suggested;
  for (const v1::Duplicate& duplicate : DuplicatesOf(given.tables(), given.Row(), policy)) {
    suggested.push_back(absl::StrFormat(
        "%s at %.0f m, %d days", duplicate.call().name().substr(duplicate.call().name().size() - 6),
        duplicate.distance_m(), duplicate.days_apart()));
  }
  return suggested;
}

TEST(Duplicates, AreOpenCallsNearbyTheNearestFirst) {
  Given given;
  given.Intake(CallAt(1, 0)).Intake(CallAt(2, 400)).Intake(CallAt(3, 40)).Intake(CallAt(4, -999));
  EXPECT_THAT(Suggested(given), ElementsAre("000003 at 40 m, 0 days", "000002 at 400 m, 0 days",
                                            "000004 at 999 m, 0 days"));
}

// F8
TEST(Duplicates, AreNotTheNearestAloneButThoseMostAlikeInTheirWords) {
  auto with_words = [](int number, double metres, const std::string& words) {
    return absl::StrReplaceAll(CallAt(number, metres), {{"Litter in the lane", words}});
  };
  Given given;
  given.Intake(with_words(1, 0, "Bottles and cans in the lane every Sunday"))
      .Intake(with_words(2, 100, "A mattress"))
      .Intake(with_words(3, 300, "Cans and bottles in the lane on Sundays"));
  EXPECT_THAT(Suggested(given), ElementsAre("000003 at 300 m, 0 days", "000002 at 100 m, 0 days"));
  std::vector<v1::Duplicate> duplicates = DuplicatesOf(given.tables(), given.Row(), {});
  EXPECT_GT(duplicates[0].likeness(), 0.5);
  EXPECT_LT(duplicates[1].likeness(), 0.1);
}

/// What a council's register says: the text form of its intake rules.
std::string Configured(const std::string& rules) {
  return Of("council_configured", "councils/E1",
            absl::StrCat("config { name: 'councils/E1' intake { ", rules, " } }"));
}

// F8
TEST(Duplicates, AreSoughtLessFarForThePublicAndAsTheCouncilSetsIt) {
  Given given;
  auto far = [&](v1::Audience audience) {
    return DuplicatePolicyOf(given.tables(), "E1", audience).within_m;
  };
  EXPECT_EQ(far(v1::AUDIENCE_PUBLIC), 250);
  EXPECT_EQ(far(v1::AUDIENCE_STAFF), 1000);
  EXPECT_EQ(far(v1::AUDIENCE_UNSPECIFIED), 1000);
  given.Routing(Configured("duplicates { public_m: 100 days: 30 }"));
  EXPECT_EQ(far(v1::AUDIENCE_PUBLIC), 100);
  EXPECT_EQ(far(v1::AUDIENCE_STAFF), 1000);
  EXPECT_EQ(DuplicatePolicyOf(given.tables(), "E1", v1::AUDIENCE_STAFF).within_days, 30);
  EXPECT_EQ(DuplicatePolicyOf(given.tables(), "E2", v1::AUDIENCE_PUBLIC).within_m, 250);
}

// F8, F9
TEST(Duplicates, ForThePublicShowNobodysThread) {
  Given given;
  given.Intake(CallAt(1, 0))
      .Intake(CallAt(2, 10))
      .Intake(Of("caller_told", kOther, "message: 'a gate is ordered'"));
  auto shown = [&](bool for_public) {
    return DuplicatesOf(given.tables(), given.Row(), {.for_public = for_public})[0].call();
  };
  EXPECT_EQ(shown(false).thread_size(), 1);
  EXPECT_EQ(shown(true).thread_size(), 0);
  EXPECT_EQ(shown(true).details().summary(), "Litter in the lane");
}

// F8
TEST(Duplicates, AreFoundOfWhatIsNotLoggedYet) {
  Given given;
  given.Intake(CallAt(1, 0)).Intake(CallAt(2, 400));
  v1::StoryRow about_to = given.Row();
  about_to.set_name("councils/E1/calls/new");
  std::vector<v1::Duplicate> found = DuplicatesOf(given.tables(), about_to, {});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].call().name(), kCall);
}

TEST(Duplicates, OfOnePlaceComeByName) {
  Given given;
  given.Intake(CallAt(1, 0)).Intake(CallAt(3, 0)).Intake(CallAt(2, 0));
  EXPECT_THAT(Suggested(given), ElementsAre("000002 at 0 m, 0 days", "000003 at 0 m, 0 days"));
}

TEST(Duplicates, AreNotFurtherThanThePolicySays) {
  Given given;
  given.Intake(CallAt(1, 0)).Intake(CallAt(2, 1001)).Intake(CallAt(3, 300));
  EXPECT_THAT(Suggested(given), ElementsAre("000003 at 300 m, 0 days"));
  EXPECT_THAT(Suggested(given, {.within_m = 200}), IsEmpty());
}

TEST(Duplicates, AreNotOfAnotherCategoryOrCouncil) {
  Given given;
  given.Intake(CallAt(1, 0))
      .Intake(absl::StrReplaceAll(CallAt(2, 10), {{"'litter'", "'noise'"}}))
      .Intake(Logged("place { point { lat: 53.42 lon: -2.97 } }", "councils/E2/calls/2026-000001"));
  EXPECT_THAT(Suggested(given), IsEmpty());
}

TEST(Duplicates, LieNearInTimeAsItIsTold) {
  Given given;
  given.Intake(CallAt(1, 0, "happened: '2026-06-30'"))
      .Intake(CallAt(2, 10, "happened: '2026-03-30'"))
      .Intake(CallAt(3, 20, "happened: '2026-03-29'"))
      // A month counts by its first day.
      .Intake(CallAt(4, 30, "happened: '2026-06'"))
      // Nobody said when: the day it was logged, 1 July.
      .Intake(CallAt(5, 40));
  EXPECT_THAT(Suggested(given), ElementsAre("000002 at 10 m, 92 days", "000004 at 30 m, 29 days",
                                            "000005 at 40 m, 1 days"));
}

TEST(Duplicates, AreNeverCallsThatEnded) {
  for (const char* end :
       {"call_declined", "call_referred_to_service", "call_withdrawn", "call_closed"}) {
    Given given;
    given.Intake(CallAt(1, 0)).Intake(CallAt(2, 10)).Intake(Of(end, kOther));
    EXPECT_THAT(Suggested(given), IsEmpty()) << end;
  }
  for (const char* step : {"information_asked", "call_accepted", "call_joined", "call_parked",
                           "call_reopened", "ruling_proposed", "ruling_appealed"}) {
    Given given;
    given.Intake(CallAt(1, 0)).Intake(CallAt(2, 10)).Intake(Of(step, kOther));
    EXPECT_THAT(Suggested(given), ElementsAre("000002 at 10 m, 0 days")) << step;
  }
}

TEST(Duplicates, AreNotLookedForWithoutAPoint) {
  Given given;
  given.Intake(Logged()).Intake(Logged("", kOther));
  EXPECT_THAT(Suggested(given), IsEmpty());
}

TEST(Duplicates, AreNoMoreThanAPersonReads) {
  Given given;
  for (int number = 1; number <= 8; ++number) given.Intake(CallAt(number, number));
  EXPECT_THAT(
      Suggested(given, {.most = 3}),
      ElementsAre("000002 at 1 m, 0 days", "000003 at 2 m, 0 days", "000004 at 3 m, 0 days"));
}

}  // namespace
}  // namespace ccfa::insight
