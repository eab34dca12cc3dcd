#include "common/config/policy.h"

#include <gmock/gmock.h>

#include "common/config/clock_rule.h"
#include "common/config/defaults.h"
#include "common/testing/memory_rows.h"

namespace ccfa::config {
namespace {

using ::testing::ElementsAre;

class RulesOfTest : public ::testing::Test {
 protected:
  std::shared_ptr<const v1::IntakeRules> Rules() {
    return RulesOf(own_, "E1", Defaults().intake());
  }

  ccfa::testing::MemoryRows rows_;
  state::Table<v1::IntakeRules> own_{rows_, 'f'};
};

// F47
TEST_F(RulesOfTest, AreTheDefaultsWhereTheCouncilSetNothing) {
  EXPECT_EQ(Rules().get(), &Defaults().intake());
  EXPECT_EQ(RuleOf(Rules()->acknowledge()).length,
            (calendar::Length{5, calendar::Unit::kWorkingDays}));
}

// F47
TEST_F(RulesOfTest, TakeAClockAndAListWholeAndTheRestOneByOne) {
  v1::IntakeRules own;
  own.mutable_screen()->set_length("15 working days");
  own.add_emergency_wording("drowning");
  own.mutable_duplicates()->set_staff_m(0);
  own_.Put("councils/E1", own);
  auto rules = Rules();
  EXPECT_EQ(rules->screen().length(), "15 working days");
  EXPECT_EQ(rules->screen().warn_before(), "");
  EXPECT_THAT(rules->emergency_wording(), ElementsAre("drowning"));
  EXPECT_EQ(rules->duplicates().staff_m(), 0);
  EXPECT_EQ(rules->duplicates().public_m(), 250);
  EXPECT_EQ(rules->acknowledge().length(), "5 working days");
}

}  // namespace
}  // namespace ccfa::config
