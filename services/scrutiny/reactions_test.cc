#include "services/scrutiny/reactions.h"

#include <gtest/gtest.h>

#include "ccfa/routing/v1/events.pb.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

TEST(Rules, OpenACouncilAndAdmitAnAgencyOnce) {
  Given given;
  routing::v1::Event council;
  council.mutable_council_registered()->set_name("councils/E2");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", council), "CouncilOpened");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", council), "nothing");
  routing::v1::Event agency;
  agency.mutable_agency_registered()->set_name("councils/E2/agencies/police");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", agency), "AgencyAdmitted");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", agency), "nothing");
}

// F53
TEST(Rules, LearnWhoChairsATeamWhenItIsCreatedAndWhenItChanges) {
  Given given;
  routing::v1::Event created;
  created.mutable_team_created()->set_name("councils/E1/teams/T2");
  created.mutable_team_created()->mutable_team()->set_name("councils/E1/teams/T2");
  created.mutable_team_created()->mutable_team()->set_chair("councils/E1/councillors/ash");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", created), "TeamLearned");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", created), "nothing");
  routing::v1::Event changed;
  *changed.mutable_team_changed()->mutable_team() = created.team_created().team();
  changed.mutable_team_changed()->set_name("councils/E1/teams/T2");
  changed.mutable_team_changed()->mutable_team()->set_chair("councils/E1/councillors/wu");
  EXPECT_EQ(given.WhenHappened("ccfa.routing.v1", changed), "TeamLearned");
  EXPECT_EQ(given.tables().teams.Get("councils/E1/teams/T2")->chair(),
            "councils/E1/councillors/wu");
}

// F3
TEST(Rules, TakeUpTheRegimeOfAProblem) {
  Given given;
  sara::v1::Event event;
  event.mutable_problem_raised()->set_name(kProblem);
  event.mutable_problem_raised()->set_to(sara::v1::RUNG_SCRUTINY);
  event.mutable_problem_raised()->set_regime(intake::v1::REGIME_BOTH);
  EXPECT_EQ(given.WhenHappened("ccfa.sara.v1", event), "ReferralReceived");
  EXPECT_EQ(given.referral().regime(), v1::REGIME_BOTH);
}

TEST(Rules, StopAtAnEventThisBuildDoesNotKnow) {
  EXPECT_EQ(Given().WhenHappened("ccfa.sara.v1", sara::v1::Event()), "UNIMPLEMENTED UNIMPLEMENTED");
}

}  // namespace
}  // namespace ccfa::scrutiny
