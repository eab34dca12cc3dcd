#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

constexpr char kInvalid[] = "INVALID_ARGUMENT INVALID_FIELD ";

std::string WhenCouncil(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterCouncilRequest>(text));
}
std::string WhenAgency(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterAgencyRequest>(text));
}
std::string WhenCouncillor(Given& given, const std::string& text) {
  return given.When(kRegistrar, FromText<v1::RegisterCouncillorRequest>(text));
}

TEST(RegisterCouncil, SaysNothingTwiceAndWhatChanged) {
  Given given;
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E1' title: 'The council' }"), "nothing");
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E1' title: 'Renamed' }"),
            "CouncilRegistered");
}

TEST(RegisterCouncil, RefusesWhatHasNoNameOrTitle) {
  Given given;
  EXPECT_EQ(WhenCouncil(given, "council { name: 'E1' title: 'x' }"),
            std::string(kInvalid) + "council.name");
  EXPECT_EQ(WhenCouncil(given, "council { name: 'councils/E3' }"),
            std::string(kInvalid) + "council.title");
}

TEST(RegisterAgency, NeedsItsCouncil) {
  Given given;
  constexpr char kPolice[] = "agency { name: 'councils/E1/agencies/police' title: 'Police' }";
  EXPECT_EQ(WhenAgency(given, kPolice), "AgencyRegistered");
  EXPECT_EQ(WhenAgency(given, kPolice), "nothing");
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E9/agencies/police' title: 'Police' }"),
            "NOT_FOUND NOT_FOUND agency.name");
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/fire' }"),
            std::string(kInvalid) + "agency.title");
}

TEST(RegisterCouncillor, NeedsAWardOfTheCouncil) {
  Given given;
  constexpr char kCouncillor[] =
      "councillor { name: 'councils/E1/councillors/okafor' title: 'Okafor' ward: 'W1' }";
  EXPECT_EQ(WhenCouncillor(given, kCouncillor), "CouncillorRegistered");
  EXPECT_EQ(WhenCouncillor(given, kCouncillor), "nothing");
  EXPECT_EQ(WhenCouncillor(given,
                           "councillor { name: 'councils/E1/councillors/x' title: 'X'"
                           " ward: 'X1' }"),
            std::string(kInvalid) + "councillor.ward");
}

TEST(RegisterWard, KeepsItsTeamWhenItsBoundaryChanges) {
  Given given;
  EXPECT_EQ(given.WhenRegistered("E1", "W1", Square(53.40, -2.98)), "nothing");
  EXPECT_EQ(given.WhenRegistered("E1", "W1", Square(53.40, -2.985)), "WardRegistered");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W1")->team(), "councils/E1/teams/north");
}

TEST(RegisterWard, RefusesABoundaryThatBoundsNothing) {
  Given given;
  v1::Boundary open = Square(53.5, -2.98), odd = Square(53.5, -2.98);
  open.mutable_polygons(0)->mutable_rings(0)->set_lat_e7(4, 1);
  odd.mutable_polygons(0)->mutable_rings(0)->add_lat_e7(0);
  EXPECT_EQ(given.WhenRegistered("E1", "W4", open), std::string(kInvalid) + "ward.boundary");
  EXPECT_EQ(given.WhenRegistered("E1", "W4", odd),
            std::string(kInvalid) + "ward.boundary.polygons[0].rings[0]");
  EXPECT_EQ(given.WhenRegistered("E1", "W4", {}), std::string(kInvalid) + "ward.boundary");
  EXPECT_EQ(given.WhenRegistered("E9", "W4", Square(53.5, -2.98)), "NOT_FOUND NOT_FOUND ward.name");
}

// F19
TEST(RegisterAgency, KnowsWhatTheLawMakesOfEachKindOfOwner) {
  Given given;
  auto standing = [&](const std::string& kind) {
    EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/" + kind +
                                    "' title: 'An owner' kind: '" + kind + "' }"),
              "AgencyRegistered");
    return given.event().agency_registered().agency().standing();
  };
  for (const char* kind : {"police", "council", "county", "fire", "health", "probation"})
    EXPECT_EQ(standing(kind), v1::STANDING_RESPONSIBLE_AUTHORITY) << kind;
  for (const char* kind : {"housing", "education", "transport"})
    EXPECT_EQ(standing(kind), v1::STANDING_CO_OPERATING_BODY) << kind;
  for (const char* kind : {"utility", "voluntary", "business", "other"})
    EXPECT_EQ(standing(kind), v1::STANDING_OTHER_OWNER) << kind;
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/x' title: 'X' kind: 'guild' }"),
            std::string(kInvalid) + "agency.kind");
  EXPECT_EQ(WhenAgency(given, "agency { name: 'councils/E1/agencies/x' title: 'X' standing: 9 }"),
            std::string(kInvalid) + "agency.standing");
}

}  // namespace
}  // namespace ccfa::routing
