#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

using ::testing::HasSubstr;

TEST(PlaceCall, GoesToTheTeamOfTheWardThePointLiesIn) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.97), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1");
  EXPECT_EQ(given.placement().team(), "councils/E1/teams/north");
  EXPECT_FALSE(given.placement().near_edge());
  EXPECT_EQ(given.placement().note(), "");
}

TEST(PlaceCall, IsFlaggedNearAnEdge) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.96005), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1");
  EXPECT_TRUE(given.placement().near_edge());
  EXPECT_NEAR(given.placement().edge_m(), 3.3, 0.2);
  EXPECT_EQ(given.placement().note(), "3.3 m from the ward's edge.");
}

TEST(PlaceCall, GoesToOneOfTwoWardsOnTheirEdgeAndIsFlagged) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.96), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1") << "the first by name";
  EXPECT_TRUE(given.placement().near_edge());
  EXPECT_NEAR(given.placement().edge_m(), 0, 0.01);
}

TEST(PlaceCall, StaysInItsCouncilOnAnEdgeWithAnother) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.98), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1");
}

TEST(PlaceCall, WaitsInTriageWithTheReason) {
  struct {
    const char* details;
    v1::TriageReason reason;
    const char* note;
  } const kReasons[] = {
      {"", v1::TRIAGE_REASON_NO_LOCATION, "neither a point nor a ward"},
      {"place { text: 'near the shops' }", v1::TRIAGE_REASON_NO_LOCATION, "neither a point"},
      {"place { point { lat: 54.4 lon: -2.97 } }", v1::TRIAGE_REASON_OUTSIDE_EVERY_WARD,
       "in no registered ward"},
      {"place { point { lat: 54.4 lon: -2.97 } } ward: 'W1'", v1::TRIAGE_REASON_OUTSIDE_EVERY_WARD,
       "in no registered ward"},
      {"place { point { lat: 53.41 lon: -2.99 } }", v1::TRIAGE_REASON_ANOTHER_COUNCIL,
       "ward X1 of council E2"},
      {"place { point { lat: 53.43 lon: -2.97 } }", v1::TRIAGE_REASON_NO_TEAM,
       "No team covers ward W3"},
      {"ward: 'W3'", v1::TRIAGE_REASON_NO_TEAM, "No team covers ward W3"},
      {"ward: 'W9'", v1::TRIAGE_REASON_NO_TEAM, "No team covers ward W9"},
  };
  for (const auto& expected : kReasons) {
    Given given;
    EXPECT_EQ(given.WhenAccepted(expected.details), "CallTriaged") << expected.details;
    EXPECT_EQ(given.placement().state(), v1::PLACEMENT_STATE_IN_TRIAGE);
    EXPECT_EQ(given.placement().reason(), expected.reason) << expected.details;
    EXPECT_THAT(given.placement().note(), HasSubstr(expected.note));
  }
}

TEST(PlaceCall, TakesTheWardGivenWhereThereIsNoPoint) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("ward: 'W2'"), "CallRouted");
  EXPECT_EQ(given.placement().team(), "councils/E1/teams/south");
}

TEST(PlaceCall, BelievesThePointAndKeepsTheWardThatWasGiven) {
  Given given;
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.97, "ward: 'W2'"), "CallRouted");
  EXPECT_EQ(given.placement().ward(), "W1");
  EXPECT_EQ(given.placement().ward_given(), "W2");
  EXPECT_EQ(given.placement().note(), "The caller named ward W2, the point says W1.");
}

TEST(PlaceCall, HappensOnce) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("ward: 'W2'"), "CallRouted");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'"), "nothing");
}

TEST(AssignCall, TakesACallOutOfTriageWithItsDetails) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("summary: 'Rubbish'"), "CallTriaged");
  EXPECT_EQ(given.WhenAssigned("ward: 'W1' reason: 'the caller rang'"), "CallRouted");
  EXPECT_EQ(given.event().call_routed().details().summary(), "Rubbish");
  EXPECT_EQ(given.event().call_routed().from_team(), "");
  EXPECT_EQ(given.placement().state(), v1::PLACEMENT_STATE_ROUTED);
  EXPECT_EQ(given.placement().team(), "councils/E1/teams/north");
  EXPECT_EQ(given.placement().reason(), v1::TRIAGE_REASON_UNSPECIFIED);
  EXPECT_FALSE(given.tables().waiting.Contains(kCall));
}

TEST(AssignCall, GivesACallToAnotherTeamAndSaysFromWhere) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'"), "CallRouted");
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/south' ward: 'W2' reason: 'theirs'"),
            "CallRouted");
  EXPECT_EQ(given.event().call_routed().from_team(), "councils/E1/teams/north");
  EXPECT_EQ(given.event().call_routed().reason(), "theirs");
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/south' reason: 'again'"), "nothing");
}

TEST(AssignCall, RefusesWhatCannotBe) {
  Given given;
  EXPECT_EQ(given.WhenAssigned("reason: 'x'"), "NOT_FOUND NOT_FOUND call");
  EXPECT_EQ(given.WhenAccepted(""), "CallTriaged");
  EXPECT_EQ(given.WhenAssigned("ward: 'W1'"), "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.WhenAssigned("ward: 'W9' reason: 'x'"), "INVALID_ARGUMENT INVALID_FIELD ward");
  EXPECT_EQ(given.WhenAssigned("ward: 'W3' reason: 'x'"), "INVALID_ARGUMENT INVALID_FIELD team");
  EXPECT_EQ(given.WhenAssigned("reason: 'x'"), "INVALID_ARGUMENT INVALID_FIELD team");
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/west' reason: 'x'"),
            "NOT_FOUND NOT_FOUND team");
  EXPECT_EQ(given.WhenAssigned("ward: 'W1' reason: 'x' etag: '1'"), "ABORTED ETAG_MOVED etag");
  v1::AssignCallRequest nameless;
  EXPECT_EQ(given.When(kCoordinator, nameless), "INVALID_ARGUMENT INVALID_FIELD call");
}

TEST(ReleaseCall, EndsThePlacementForGood) {
  Given given;
  EXPECT_EQ(given.WhenAccepted(""), "CallTriaged");
  intake::v1::Event withdrawn;
  withdrawn.mutable_call_withdrawn()->set_name(kCall);
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", withdrawn), "CallReleased");
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", withdrawn), "nothing");
  EXPECT_EQ(given.placement().state(), v1::PLACEMENT_STATE_RELEASED);
  EXPECT_EQ(given.WhenAssigned("ward: 'W1' reason: 'x'"), "FAILED_PRECONDITION WRONG_STATE");
  EXPECT_FALSE(given.tables().waiting.Contains(kCall));
}

}  // namespace
}  // namespace ccfa::routing
