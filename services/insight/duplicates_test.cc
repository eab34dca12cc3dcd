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
  for (const char* step : {"information_asked", "call_accepted", "call_joined"}) {
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
