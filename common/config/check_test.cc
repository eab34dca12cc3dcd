#include "common/config/check.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "common/config/changes.h"
#include "common/config/defaults.h"
#include "google/protobuf/text_format.h"

namespace ccfa::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FaultsOf(const std::string& text) {
  v1::CouncilConfig config;
  if (!google::protobuf::TextFormat::ParseFromString(text, &config)) return {"no text form"};
  std::vector<std::string> fields;
  for (const Fault& fault : Check(config)) fields.push_back(fault.field);
  return fields;
}

std::vector<std::string> FaultsOfCouncil(const std::string& text) {
  return FaultsOf(absl::StrCat("name: 'councils/E1' ", text));
}

// F47
TEST(Check, TakesTheDefaultsAndWhatOverridesALittle) {
  EXPECT_THAT(Check(Defaults()), IsEmpty());
  EXPECT_THAT(FaultsOfCouncil(""), IsEmpty());
  EXPECT_THAT(FaultsOfCouncil("intake { screen { length: '15 working days' } }"), IsEmpty());
}

// F47
TEST(Check, NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(FaultsOf("name: 'E1' routing { near_edge_m: -1 } sara { least_sources: 0 }"),
              ElementsAre("name", "routing.near_edge_m", "sara.least_sources"));
}

// F47
TEST(Check, RefusesClocksThatCannotRun) {
  struct {
    const char *text, *field;
  } const kClocks[] = {
      {"intake { screen { length: 'soon' } }", "intake.screen.length"},
      {"intake { screen { warn_before: '1 day' } }", "intake.screen.length"},
      {"intake { screen { length: '2 months' } }", "intake.screen.length"},
      {"intake { screen { length: '5 days' warn_before: '5 days' } }", "intake.screen.warn_before"},
      {"sara { stage { length: '28 days' warn_before: 'x' } }", "sara.stage.warn_before"},
      {"sara { action_due_warn_before: 'x' }", "sara.action_due_warn_before"},
  };
  for (const auto& clock : kClocks)
    EXPECT_THAT(FaultsOfCouncil(clock.text), ElementsAre(clock.field)) << clock.text;
}

// F22, F59
TEST(Check, RefusesToPublishTooMuch) {
  EXPECT_THAT(
      FaultsOfCouncil("publication { fewest_calls: 2 square_m: 10 categories: 'Noise' }"),
      ElementsAre("publication.fewest_calls", "publication.square_m", "publication.categories"));
}

TEST(Check, ComparesWhatIsSetWithTheDefaultsItStandsBeside) {
  EXPECT_THAT(FaultsOfCouncil("routing { least_priorities: 6 }"),
              ElementsAre("routing.least_priorities"));
  EXPECT_THAT(FaultsOfCouncil("intake { emergency_wording: 'FIRE' }"),
              ElementsAre("intake.emergency_wording"));
  EXPECT_THAT(FaultsOfCouncil("scrutiny { criteria_asked: 'is_it_new' }"),
              ElementsAre("scrutiny.criteria_asked"));
}

// F47
TEST(ChangedClocks, AreThoseThatRunOtherwise) {
  v1::IntakeRules after = Defaults().intake();
  EXPECT_THAT(ChangedClocks(Defaults().intake(), after), IsEmpty());
  after.mutable_screen()->set_length("15 working days");
  EXPECT_THAT(ChangedClocks(Defaults().intake(), after), ElementsAre("screen"));
  after.mutable_screen()->clear_length();
  EXPECT_THAT(ChangedClocks(Defaults().intake(), after), IsEmpty());
}

}  // namespace
}  // namespace ccfa::config
