#include <gtest/gtest.h>

#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

constexpr char kSouth[] = "team: 'councils/E1/teams/south' ";

KnowTeam TeamNamed(const std::string& id, int quorum = 0) {
  KnowTeam know;
  know.team.set_name("councils/E1/teams/" + id);
  know.team.set_quorum(quorum);
  return know;
}

Given ProblemOfTheNorth() {
  Given given = ProblemInScanning();
  for (const char* team : {"north", "south", "west"}) {
    EXPECT_EQ(given.When("system:sara", TeamNamed(team)), "TeamKnown");
  }
  return given;
}

Given InvitedTeam() {
  Given given = ProblemOfTheNorth();
  EXPECT_EQ(given.When(kCoordinator, About<v1::InviteTeamRequest>(
                                         absl::StrCat(kSouth, "reason: 'half of it is theirs'"))),
            "TeamInvited");
  return given;
}

std::vector<std::string> ListedFor(Given& given, const std::string& team) {
  std::vector<std::string> names;
  given.tables().problems.ScanIndex(
      kProblemsByList,
      ListOf("E1", "councils/E1/teams/" + team, v1::PROBLEM_STATE_IN_HAND) + state::kPartEnd, "",
      [&](absl::string_view, const v1::Problem& problem) {
        names.push_back(problem.name());
        return true;
      });
  return names;
}

// F21, F23
TEST(KnowTeam, FollowsWhatRoutingSaysOfTheTeam) {
  Given given;
  routing::v1::Event event;
  *event.mutable_team_created()->mutable_team() = TeamNamed("north", 3).team;
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", event), "TeamKnown");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", event), "nothing");
  routing::v1::Event changed;
  *changed.mutable_team_changed()->mutable_team() = TeamNamed("north", 4).team;
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", changed), "TeamKnown");
  EXPECT_EQ(given.tables().teams.Get("councils/E1/teams/north")->team().quorum(), 4);
}

// F21
TEST(InviteTeam, WaitsForTheAnswer) {
  Given given = InvitedTeam();
  ASSERT_EQ(given.problem().invitations_size(), 1);
  EXPECT_EQ(given.problem().invitations(0).state(), v1::INVITATION_STATE_WAITING);
  EXPECT_EQ(given.problem().joint_team(), "");
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::InviteTeamRequest>(absl::StrCat(kSouth, "reason: 'again'"))),
            "nothing");
}

// F21
TEST(AcceptInvitation, MakesItJointAndListsItForBothWhileTheFirstTeamLeads) {
  Given given = InvitedTeam();
  EXPECT_EQ(given.When("coordinator:sol", About<v1::AcceptInvitationRequest>(kSouth)),
            "InvitationAccepted");
  EXPECT_EQ(given.problem().team(), "councils/E1/teams/north");
  EXPECT_EQ(given.problem().joint_team(), "councils/E1/teams/south");
  EXPECT_THAT(ListedFor(given, "north"), ::testing::ElementsAre(kProblem));
  EXPECT_THAT(ListedFor(given, "south"), ::testing::ElementsAre(kProblem));
  EXPECT_THAT(ListedFor(given, "west"), ::testing::ElementsAre());
  EXPECT_EQ(given.When("coordinator:sol", About<v1::AcceptInvitationRequest>(kSouth)),
            "FAILED_PRECONDITION NOT_INVITED");
}

// F21, F17
TEST(TransferProblem, LeavesTheJointTeamThatComesToLeadAlone) {
  Given given = InvitedTeam();
  given.When("coordinator:sol", About<v1::AcceptInvitationRequest>(kSouth));
  EXPECT_EQ(given.WhenRouted(kCall, "south", "north"), "nothing, ProblemTransferred");
  EXPECT_EQ(given.problem().joint_team(), "");
  EXPECT_THAT(ListedFor(given, "north"), ::testing::ElementsAre());
}

// F17
TEST(TransferProblem, CountsItsCallInTheNewWard) {
  Given given = QueuedProblem();
  routing::v1::Event event;
  event.mutable_call_routed()->set_name(kCall);
  event.mutable_call_routed()->mutable_placement()->set_team("councils/E1/teams/south");
  event.mutable_call_routed()->mutable_placement()->set_ward("W2");
  event.mutable_call_routed()->set_from_team("councils/E1/teams/north");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", event), "nothing, ProblemTransferred");
  EXPECT_EQ(given.problem().call_facts(0).ward(), "W2");
}

// F21
TEST(DeclineInvitation, KeepsTheReason) {
  Given given = InvitedTeam();
  EXPECT_EQ(given.When("coordinator:sol", About<v1::DeclineInvitationRequest>(kSouth)),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(given.When("coordinator:sol", About<v1::DeclineInvitationRequest>(
                                              absl::StrCat(kSouth, "reason: 'no time'"))),
            "InvitationDeclined");
  EXPECT_EQ(given.problem().invitations(0).state(), v1::INVITATION_STATE_DECLINED);
  EXPECT_EQ(given.problem().invitations(0).answer(), "no time");
}

// F21
TEST(InviteTeam, Refuses) {
  Given given = ProblemOfTheNorth();
  auto invite = [&](const std::string& who, const std::string& team, const std::string& reason) {
    return given.When(who, About<v1::InviteTeamRequest>(
                               absl::StrCat("team: '", team, "' reason: '", reason, "'")));
  };
  EXPECT_EQ(invite(kOfficer, "councils/E1/teams/south", "x"), "PERMISSION_DENIED MAY_NOT_INVITE");
  EXPECT_EQ(invite(kCoordinator, "south", "x"), "INVALID_ARGUMENT INVALID_FIELD team");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/south", ""),
            "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/north", "x"),
            "INVALID_ARGUMENT INVALID_FIELD team");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/east", "x"), "NOT_FOUND NOT_FOUND team");
  EXPECT_EQ(invite(kCoordinator, "councils/E2/teams/south", "x"), "NOT_FOUND NOT_FOUND team");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/south", "x"), "TeamInvited");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/west", "x"), "TeamInvited");
  EXPECT_EQ(given.When(kOfficer, About<v1::AcceptInvitationRequest>(kSouth)),
            "PERMISSION_DENIED MAY_NOT_INVITE");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AcceptInvitationRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD team");
  EXPECT_EQ(given.When(kCoordinator, About<v1::AcceptInvitationRequest>(kSouth)),
            "InvitationAccepted");
  EXPECT_EQ(given.When(kCoordinator,
                       About<v1::AcceptInvitationRequest>("team: 'councils/E1/teams/west'")),
            "FAILED_PRECONDITION ALREADY_JOINT");
  EXPECT_EQ(invite(kCoordinator, "councils/E1/teams/west", "x"),
            "FAILED_PRECONDITION ALREADY_JOINT");
}

}  // namespace
}  // namespace ccfa::sara
