#include "tests/support/golden_rules.h"

#include "tests/support/road.h"

namespace ccfa::test_support {

void ChangeTheRules(Town& town) {
  town.Do(NewCall(), kCouncillor);
  std::string problem = ProblemInResponse(town);
  RaiseToScrutiny(town, problem);
  ProblemInResponse(town);
  routing::v1::ConfigureCouncilRequest configure;
  configure.mutable_config()->set_name(kCouncil);
  configure.mutable_config()->mutable_intake()->mutable_screen()->set_length("15 working days");
  configure.mutable_config()->mutable_sara()->mutable_stage()->set_length("35 days");
  configure.mutable_config()->mutable_scrutiny()->mutable_agenda()->set_length("42 days");
  town.Do(configure, kAdministrator);
  NextDayAtNine(town);
}

}  // namespace ccfa::test_support
