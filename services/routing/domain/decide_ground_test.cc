#include <gmock/gmock.h>

#include "services/routing/given.h"
#include "services/routing/locate.h"
#include "services/routing/recut.h"

namespace ccfa::routing {
namespace {

using ::testing::ElementsAre;

constexpr char kBeat[] = "councils/E1/layers/police-beat/areas/B7";

std::string WhenArea(Given& given, const std::string& name, const v1::Boundary& boundary,
                     const std::string& more = "title: 'Beat 7'") {
  auto request = FromText<v1::RegisterAreaRequest>("area { " + more + " }");
  request.mutable_area()->set_name(name);
  *request.mutable_area()->mutable_boundary() = boundary;
  return given.When(kRegistrar, request);
}

std::string WhenPostcodes(Given& given, const std::string& text,
                          const std::string& council = "E1") {
  return given.When(kRegistrar, FromText<v1::RegisterPostcodesRequest>("parent: 'councils/" +
                                                                       council + "' " + text));
}

std::string WhenRetired(Given& given, const std::string& ward, const std::string& more = "") {
  return given.When(kRegistrar,
                    FromText<v1::RetireWardRequest>("name: 'councils/E1/wards/" + ward +
                                                    "' reason: 'the 2026 review' " + more));
}

/// What is asked of one point, or postcode, of a partition that has everything.
absl::StatusOr<v1::Location> WhereIs(Given& given, const std::string& text) {
  WardMap wards;
  Tables tables = given.tables();
  return LocationOf({{&tables, wards.At(tables), wards.AreasAt(tables)}},
                    FromText<v1::LocateRequest>(text));
}

// F15
TEST(RegisterArea, LaysOtherLayersOverTheSamePoint) {
  Given given;
  given.RegisterPolice();
  constexpr char kMore[] = "title: 'Beat 7' agency: 'councils/E1/agencies/police'";
  EXPECT_EQ(WhenArea(given, kBeat, Square(53.39, -2.99), kMore), "AreaRegistered");
  EXPECT_EQ(WhenArea(given, kBeat, Square(53.39, -2.99), kMore), "nothing");
  EXPECT_EQ(WhenArea(given, "councils/E1/layers/estate/areas/heath", Square(53.40, -2.985)),
            "AreaRegistered");
  absl::StatusOr<v1::Location> location = WhereIs(given, "lat: 53.405 lon: -2.975");
  ASSERT_TRUE(location.ok()) << location.status();
  EXPECT_EQ(location->ward(), "councils/E1/wards/W1");
  ASSERT_EQ(location->areas_size(), 2);
  EXPECT_EQ(location->areas(1).name(), kBeat);
  EXPECT_EQ(location->areas(1).agency(), "councils/E1/agencies/police");
  EXPECT_EQ(given.WhenAcceptedAt(53.405, -2.975), "CallRouted");
  EXPECT_EQ(given.placement().areas_size(), 2);
}

// F15
TEST(RegisterArea, RefusesWhatCannotBe) {
  Given given;
  EXPECT_EQ(WhenArea(given, "councils/E1/areas/B7", Square(53.4, -2.9)),
            "INVALID_ARGUMENT INVALID_FIELD area.name");
  EXPECT_EQ(WhenArea(given, kBeat, Square(53.4, -2.9), ""),
            "INVALID_ARGUMENT INVALID_FIELD area.title");
  EXPECT_EQ(WhenArea(given, kBeat, {}), "INVALID_ARGUMENT INVALID_FIELD area.boundary");
  EXPECT_EQ(WhenArea(given, kBeat, Square(53.4, -2.9),
                     "title: 'x' agency: 'councils/E1/agencies/nobody'"),
            "NOT_FOUND NOT_FOUND area.agency");
  EXPECT_EQ(WhenArea(given, "councils/E9/layers/beat/areas/B7", Square(53.4, -2.9)),
            "NOT_FOUND NOT_FOUND area.name");
}

// F14
TEST(RegisterPostcodes, RoutesACallThatHasAPostcodeAndNoPoint) {
  Given given;
  constexpr char kOne[] = "postcodes { postcode: 'RV1 2AB' point { lat: 53.405 lon: -2.975 } }";
  EXPECT_EQ(WhenPostcodes(given, kOne), "PostcodesRegistered");
  EXPECT_EQ(WhenPostcodes(given, kOne), "nothing");
  EXPECT_EQ(given.WhenAccepted("place { postcode: 'rv12ab' }"), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1");
  EXPECT_EQ(WhereIs(given, "postcode: 'rv1 2ab'")->ward(), "councils/E1/wards/W1");
}

// F14
TEST(RegisterPostcodes, LeavesAnUnknownPostcodeToTriageWithTheReason) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("place { postcode: 'RV9 9ZZ' }"), "CallTriaged");
  EXPECT_EQ(given.placement().reason(), v1::TRIAGE_REASON_NO_LOCATION);
  EXPECT_EQ(given.placement().note(),
            "The call has neither a point nor a ward, and where RV9 9ZZ lies is not registered.");
  EXPECT_TRUE(absl::IsNotFound(WhereIs(given, "postcode: 'RV9 9ZZ'").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(WhereIs(given, "postcode: 'nowhere'").status()));
}

TEST(RegisterPostcodes, RefusesWhatIsNone) {
  Given given;
  EXPECT_EQ(WhenPostcodes(given, ""), "INVALID_ARGUMENT INVALID_FIELD postcodes");
  EXPECT_EQ(WhenPostcodes(given, "postcodes { postcode: 'RV1' point {} }"),
            "INVALID_ARGUMENT INVALID_FIELD postcodes[0].postcode");
  EXPECT_EQ(WhenPostcodes(given, "postcodes { postcode: 'RV1 2AB' }"),
            "INVALID_ARGUMENT INVALID_FIELD postcodes[0].point");
  EXPECT_EQ(WhenPostcodes(given, "postcodes { postcode: 'RV1 2AB' point { lat: 91 } }"),
            "INVALID_ARGUMENT INVALID_FIELD postcodes[0].point");
  EXPECT_EQ(WhenPostcodes(given, "postcodes { postcode: 'RV1 2AB' point { lat: 9 } }", "E9"),
            "NOT_FOUND NOT_FOUND parent");
}

// F16
TEST(RetireWard, LeavesItsCallsTheCodeTheyWereRoutedBy) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.97), "CallRouted");
  EXPECT_EQ(WhenRetired(given, "W1"), "FAILED_PRECONDITION WARD_COVERED name");
  EXPECT_EQ(given.When(kRegistrar, FromText<v1::ChangeTeamRequest>(
                                       "team { name: 'councils/E1/teams/north' wards: 'W3' }")),
            "TeamChanged");
  EXPECT_EQ(WhenRetired(given, "W1"), "WardRetired");
  EXPECT_EQ(WhenRetired(given, "W1"), "nothing");
  EXPECT_EQ(given.placement().ward(), "W1");
  EXPECT_EQ(given.WhenAccepted("place { point { lat: 53.41 lon: -2.97 } }",
                               "councils/E1/calls/2026-000002"),
            "CallTriaged");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'", "councils/E1/calls/2026-000003"), "CallTriaged");
  EXPECT_EQ(given.placement("councils/E1/calls/2026-000003").reason(),
            v1::TRIAGE_REASON_WARD_RETIRED);
}

TEST(RetireWard, RefusesWhatItDoesNotKnow) {
  Given given;
  EXPECT_EQ(WhenRetired(given, "W9"), "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(WhenRetired(given, "W3", "etag: 'old'"), "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kRegistrar, FromText<v1::RetireWardRequest>("name: 'councils/E1/wards/W3'")),
            "INVALID_ARGUMENT INVALID_FIELD reason");
}

std::string WhenWard(Given& given, const std::string& ward, const std::string& vintage,
                     double south, double west) {
  v1::RegisterWardRequest request;
  request.mutable_ward()->set_name("councils/E1/wards/" + ward);
  request.mutable_ward()->set_title("The ward");
  request.mutable_ward()->set_vintage(vintage);
  *request.mutable_ward()->mutable_boundary() = Square(south, west);
  return given.When(kRegistrar, request);
}

std::vector<std::string> RecutBy(Given& given, const std::string& vintage) {
  Tables tables = given.tables();
  auto wards = WardsOf(tables, "E1", vintage);
  if (!wards.ok()) return {std::string(wards.status().message())};
  std::vector<std::string> recut;
  tables.placements.Scan("councils/E1/", "", [&](absl::string_view, const v1::Placement& call) {
    v1::RecutCall row = Recut(**wards, call);
    recut.push_back(row.ward() + "@" + row.vintage() + " -> " + row.recut());
    return true;
  });
  return recut;
}

// F16
TEST(RecutCalls, ReadsHistoryByTheWardsOfAnyVintage) {
  Given given;
  EXPECT_EQ(WhenWard(given, "W1", "2020", 53.40, -2.98), "WardRegistered");
  EXPECT_EQ(given.WhenAcceptedAt(53.405, -2.97), "CallRouted");
  EXPECT_EQ(WhenWard(given, "W1", "2026", 53.41, -2.98), "WardRegistered");
  EXPECT_EQ(WhenWard(given, "W4", "2026", 53.39, -2.98), "WardRegistered");
  EXPECT_THAT(RecutBy(given, "2020"), ElementsAre("W1@2020 -> W1"));
  EXPECT_THAT(RecutBy(given, "2026"), ElementsAre("W1@2020 -> W4"));
  EXPECT_THAT(RecutBy(given, "1998"),
              ElementsAre("vintage: there is no ward of vintage \"1998\"; there are: 2020, 2026"));
}

}  // namespace
}  // namespace ccfa::routing
