#include "services/sara/reactions.h"

#include <gtest/gtest.h>

#include "ccfa/intake/v1/events.pb.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

TEST(Rules, AdmitAnAgencyThatRoutingRegistered) {
  routing::v1::Event event;
  event.mutable_agency_registered()->set_name("councils/E1/agencies/fire");
  EXPECT_EQ(Given().WhenHappened("ccfa.routing.v1", event), "AgencyAdmitted");
}

TEST(Rules, DoNothingAboutEventsThatAreNotTheirs) {
  intake::v1::Event event;
  event.mutable_call_logged()->set_name(kCall);
  EXPECT_EQ(Given().WhenHappened("ccfa.intake.v1", event), "");
}

TEST(Rules, StopAtAnEventThisBuildDoesNotKnow) {
  EXPECT_EQ(Given().WhenHappened("ccfa.scrutiny.v1", v1::Event()), "UNIMPLEMENTED UNIMPLEMENTED");
}

TEST(Rules, SayWhatAReactionWasRefused) {
  record::v1::ReactionRefused refused;
  refused.set_name(kProblem);
  engine::Draft event = Rules().Refused(refused);
  EXPECT_EQ(static_cast<const v1::Event&>(*event).reaction_refused().name(), kProblem);
}

}  // namespace
}  // namespace ccfa::sara
