#include <gtest/gtest.h>

#include "services/routing/given.h"

namespace ccfa::routing {
namespace {

std::string WhenConfigured(Given& given, const std::string& config) {
  return given.When(kRegistrar, FromText<v1::ConfigureCouncilRequest>("config { " + config + " }"));
}

// F47
TEST(ConfigureCouncil, SetsRulesOfACouncilRegisteredOrNot) {
  Given given;
  EXPECT_EQ(WhenConfigured(given, "name: 'councils/E1' routing { near_edge_m: 500 }"),
            "CouncilConfigured");
  EXPECT_EQ(WhenConfigured(given, "name: 'councils/E1' routing { near_edge_m: 500 }"), "nothing");
  EXPECT_EQ(WhenConfigured(given, "name: 'councils/E9'"), "CouncilConfigured");
  EXPECT_EQ(given.WhenAcceptedAt(53.41, -2.961), "CallRouted");
  EXPECT_TRUE(given.placement().near_edge());
}

// F24
TEST(ConfigureCouncil, ChangesHowManyPrioritiesATeamMayHold) {
  Given given;
  EXPECT_EQ(WhenConfigured(given, "name: 'councils/E1' routing { most_priorities: 7 }"),
            "CouncilConfigured");
  EXPECT_EQ(given.WhenCreated("west", "wards: 'W3' priorities_at_once: 6"), "TeamCreated");
}

// F47
TEST(ConfigureCouncil, RefusesAValueThatCannotBeNamingItsField) {
  Given given;
  EXPECT_EQ(WhenConfigured(given, "name: 'E1'"), "INVALID_ARGUMENT INVALID_FIELD config.name");
  EXPECT_EQ(WhenConfigured(given, "name: 'councils/E1' intake { screen { length: 'soon' } }"),
            "INVALID_ARGUMENT INVALID_FIELD config.intake.screen.length");
}

}  // namespace
}  // namespace ccfa::routing
