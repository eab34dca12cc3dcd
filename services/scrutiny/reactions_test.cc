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

TEST(Rules, StopAtAnEventThisBuildDoesNotKnow) {
  EXPECT_EQ(Given().WhenHappened("ccfa.sara.v1", sara::v1::Event()), "UNIMPLEMENTED UNIMPLEMENTED");
}

}  // namespace
}  // namespace ccfa::scrutiny
