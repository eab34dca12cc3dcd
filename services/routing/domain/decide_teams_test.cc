#include <gmock/gmock.h>

#include "services/routing/gaps.h"
#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

using ::testing::ElementsAre;

std::string WhenChanged(Given& given, const std::string& more, const std::string& mask = "") {
  return given.When(
      kRegistrar, FromText<v1::ChangeTeamRequest>("team { name: 'councils/E1/teams/north' " + more +
                                                  " } " + mask));
}

std::vector<std::string> GapsOn(Given& given, absl::CivilDay day) {
  std::vector<std::string> gaps;
  for (const v1::Gap& gap : GapsOf(given.tables(), "E1", day)) {
    gaps.push_back(v1::GapKind_Name(gap.kind()).substr(sizeof("GAP_KIND_") - 1) + " " +
                   std::string(LastId(gap.of())) + ": " + gap.what());
  }
  return gaps;
}

TEST(CreateTeam, CoversItsWardsAndHoldsAtLeastThreePriorities) {
  Given given;
  EXPECT_EQ(given.WhenCreated("west", "wards: 'W3'"), "TeamCreated");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W3")->team(), "councils/E1/teams/west");
  EXPECT_EQ(given.event().team_created().team().priorities_at_once(), 3);
  EXPECT_EQ(given.WhenAccepted("ward: 'W3'"), "CallRouted");
}

TEST(CreateTeam, RefusesWhatCannotBe) {
  Given given;
  struct {
    const char *more, *refusal;
  } const kRefusals[] = {
      {"", "INVALID_ARGUMENT INVALID_FIELD team.wards"},
      {"wards: 'W9'", "INVALID_ARGUMENT INVALID_FIELD team.wards[0]"},
      {"wards: ['W3', 'W1']", "FAILED_PRECONDITION WARD_COVERED team.wards[1]"},
      {"wards: 'W3' priorities_at_once: 2",
       "INVALID_ARGUMENT INVALID_FIELD team.priorities_at_once"},
      {"wards: 'W3' priorities_at_once: 6",
       "INVALID_ARGUMENT INVALID_FIELD team.priorities_at_once"},
      {"wards: 'W3' quorum: -1", "INVALID_ARGUMENT INVALID_FIELD team.quorum"},
      {"wards: 'W3' meets_every_weeks: -1",
       "INVALID_ARGUMENT INVALID_FIELD team.meets_every_weeks"},
      {"wards: 'W3' chair: 'councils/E1/councillors/x'",
       "INVALID_ARGUMENT INVALID_FIELD team.chair"},
      {"wards: 'W3' members { agency: 'councils/E1/agencies/x' }",
       "INVALID_ARGUMENT INVALID_FIELD team.members[0].agency"},
  };
  for (const auto& expected : kRefusals) {
    EXPECT_EQ(given.WhenCreated("west", expected.more), expected.refusal) << expected.more;
  }
  EXPECT_EQ(given.WhenCreated("north", "wards: 'W3'"), "ALREADY_EXISTS ALREADY_EXISTS team.name");
}

TEST(CreateTeam, RefusesAMemberWhoseTermEndsOnNoDay) {
  Given given;
  given.RegisterPolice();
  EXPECT_EQ(given.WhenCreated("west",
                              "wards: 'W3' members { agency: 'councils/E1/agencies/police'"
                              " term_ends: '2027-13-01' }"),
            "INVALID_ARGUMENT INVALID_FIELD team.members[0].term_ends");
}

// F23
TEST(ChangeTeam, ChangesWhatItSetsAndLeavesTheRest) {
  Given given;
  EXPECT_EQ(WhenChanged(given, "constitution { version: '3' adopted: '2026-05-01' } quorum: 2"),
            "TeamChanged");
  v1::Team team = *given.tables().teams.Get("councils/E1/teams/north");
  EXPECT_EQ(team.title(), "The team");
  EXPECT_THAT(team.wards(), ElementsAre("W1"));
  EXPECT_EQ(team.constitution().version(), "3");
  EXPECT_EQ(WhenChanged(given, "quorum: 2"), "nothing");
  EXPECT_EQ(WhenChanged(given, "", "update_mask { paths: 'quorum' }"), "TeamChanged");
  EXPECT_EQ(given.tables().teams.Get("councils/E1/teams/north")->quorum(), 0);
}

// F23
TEST(ChangeTeam, MovesWardsFromTeamToTeam) {
  Given given;
  EXPECT_EQ(WhenChanged(given, "wards: ['W2', 'W3']"),
            "FAILED_PRECONDITION WARD_COVERED team.wards[0]");
  EXPECT_EQ(WhenChanged(given, "wards: 'W3'"), "TeamChanged");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W1")->team(), "");
  EXPECT_EQ(given.tables().wards.Get("councils/E1/wards/W3")->team(), "councils/E1/teams/north");
}

// F23
TEST(ChangeTeam, RefusesWhatCannotBe) {
  Given given;
  struct {
    const char *more, *mask, *refusal;
  } const kRefusals[] = {
      {"quorum: -1", "", "INVALID_ARGUMENT INVALID_FIELD team.quorum"},
      {"constitution { adopted: 'May' }", "",
       "INVALID_ARGUMENT INVALID_FIELD team.constitution.adopted"},
      {"", "update_mask { paths: 'title' }", "INVALID_ARGUMENT INVALID_FIELD team.title"},
      {"", "update_mask { paths: 'load' }", "INVALID_ARGUMENT INVALID_FIELD update_mask"},
      {"etag: 'old' quorum: 3", "", "ABORTED ETAG_MOVED team.etag"},
  };
  for (const auto& expected : kRefusals)
    EXPECT_EQ(WhenChanged(given, expected.more, expected.mask), expected.refusal) << expected.more;
  EXPECT_EQ(given.When(kRegistrar, FromText<v1::ChangeTeamRequest>(
                                       "team { name: 'councils/E1/teams/west' quorum: 1 }")),
            "NOT_FOUND NOT_FOUND team.name");
}

// F23
TEST(ListGaps, ShowsUncoveredWardsVacanciesAndTermsThatEnded) {
  Given given;
  given.RegisterPolice();
  EXPECT_EQ(given.When(kRegistrar,
                       FromText<v1::RegisterCouncillorRequest>(
                           "councillor { name: 'councils/E1/councillors/okafor' title: 'Okafor' "
                           "ward: 'W1' }")),
            "CouncillorRegistered");
  EXPECT_EQ(WhenChanged(given,
                        "chair: 'councils/E1/councillors/okafor' quorum: 3 "
                        "constitution { version: '1' } "
                        "members { agency: 'councils/E1/agencies/police' role: 'sergeant' } "
                        "members { agency: 'councils/E1/agencies/police' officer: 'reid' "
                        "term_ends: '2026-06-30' }"),
            "TeamChanged");
  EXPECT_EQ(given.When(kRegistrar, FromText<v1::ChangeTeamRequest>(
                                       "team { name: 'councils/E1/teams/south' chair: "
                                       "'councils/E1/councillors/okafor' constitution { version: "
                                       "'1' } quorum: 1 }")),
            "TeamChanged");
  EXPECT_THAT(GapsOn(given, absl::CivilDay(2026, 7, 1)),
              ElementsAre("WARD_UNCOVERED W3: no team covers The ward",
                          "SEAT_VACANT north: no officer: police, sergeant",
                          "TERM_ENDED north: reid's term ended 2026-06-30: police",
                          "QUORUM_OUT_OF_REACH north: the quorum is 3, and 1 can come"));
  EXPECT_THAT(GapsOn(given, absl::CivilDay(2026, 6, 30)),
              ElementsAre("WARD_UNCOVERED W3: no team covers The ward",
                          "SEAT_VACANT north: no officer: police, sergeant",
                          "QUORUM_OUT_OF_REACH north: the quorum is 3, and 2 can come"));
}

// F23
TEST(ListGaps, ShowsTeamsWithoutAChairOrAConstitution) {
  Given given;
  EXPECT_THAT(GapsOn(given, absl::CivilDay(2026, 7, 1)),
              ElementsAre("WARD_UNCOVERED W3: no team covers The ward",
                          "NO_CHAIR north: nobody chairs the team",
                          "NO_CONSTITUTION north: the team has adopted no constitution",
                          "NO_CHAIR south: nobody chairs the team",
                          "NO_CONSTITUTION south: the team has adopted no constitution"));
}

std::string WhenLimited(Given& given, int most) {
  v1::ConfigureCouncilRequest request;
  request.mutable_config()->set_name("councils/E1");
  request.mutable_config()->mutable_routing()->set_most_calls_a_team(most);
  return given.When(kRegistrar, request);
}

std::string CallNumber(int number) {
  return absl::StrCat("councils/E1/calls/2026-00000", number);
}

// F23, F63
TEST(TeamLimit, SendsTheNextCallToTriageUntilOneEnds) {
  Given given;
  EXPECT_EQ(WhenLimited(given, 1), "CouncilConfigured");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'", CallNumber(1)), "CallRouted");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'", CallNumber(2)), "CallTriaged");
  EXPECT_EQ(given.placement(CallNumber(2)).reason(), v1::TRIAGE_REASON_TEAM_AT_LIMIT);
  intake::v1::Event closed;
  closed.mutable_call_closed()->set_name(CallNumber(1));
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", closed), "CallEnded");
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", closed), "nothing");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'", CallNumber(3)), "CallRouted");
  intake::v1::Event reopened;
  reopened.mutable_call_reopened()->set_name(CallNumber(1));
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", reopened), "CallResumed");
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", reopened), "nothing");
  EXPECT_EQ(given.tables().loads.Of("councils/E1/teams/north"), 2);
}

// F17, F23
TEST(TeamLimit, IsOverruledByAPersonAndCountsWhoHasTheCall) {
  Given given;
  EXPECT_EQ(WhenLimited(given, 1), "CouncilConfigured");
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'"), "CallRouted");
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/south' reason: 'south of the line'"),
            "CallRouted");
  EXPECT_EQ(given.tables().loads.Of("councils/E1/teams/north"), 0);
  EXPECT_EQ(given.tables().loads.Of("councils/E1/teams/south"), 1);
  intake::v1::Event withdrawn;
  withdrawn.mutable_call_withdrawn()->set_name(kCall);
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", withdrawn), "CallReleased");
  EXPECT_EQ(given.tables().loads.Of("councils/E1/teams/south"), 0);
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/south' reason: 'again'"),
            "FAILED_PRECONDITION WRONG_STATE");
}

// F17
TEST(TeamLimit, LeavesAClosedCallWhereItEnded) {
  Given given;
  EXPECT_EQ(given.WhenAccepted("ward: 'W1'"), "CallRouted");
  intake::v1::Event closed;
  closed.mutable_call_closed()->set_name(kCall);
  EXPECT_EQ(given.WhenHappened("ccfa.intake.v1", closed), "CallEnded");
  EXPECT_EQ(given.WhenAssigned("team: 'councils/E1/teams/south' reason: 'again'"),
            "FAILED_PRECONDITION WRONG_STATE");
}

}  // namespace
}  // namespace ccfa::routing
