#include "services/gateway/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<Routes::Found> Find(absl::string_view verb, absl::string_view path) {
  return Routes::OfEveryService().Find(verb, *ParsePath(path));
}

TEST(Routes, HaveEveryRpcOnce) {
  std::map<std::string, int> times;
  // The first account is made on the machine itself, and by nobody through a door.
  times["ccfa.identity.v1.IdentityService.Bootstrap"] = 1;
  for (const Route& route : Routes::OfEveryService().all()) ++times[route.method->full_name()];
  for (const auto* service : EveryService()) {
    for (int i = 0; i < service->method_count(); ++i)
      EXPECT_EQ(times[service->method(i)->full_name()], 1) << service->method(i)->full_name();
  }
}

TEST(Routes, LeadFromNoPathToTwoRpcs) {
  for (const Route& route : Routes::OfEveryService().all()) {
    std::string text;
    for (const std::string& segment : route.path.segments())
      text += "/" + (segment[0] == '*' ? "x" : segment);
    if (!route.path.verb().empty()) text += ":" + route.path.verb();
    auto found = Find(route.verb, text);
    ASSERT_TRUE(found.ok()) << text;
    EXPECT_EQ(found->route, &route) << route.verb << " " << text;
  }
}

TEST(Routes, SayWhatThereIsInstead) {
  EXPECT_EQ(ReasonOf(Find("GET", "/v1/nothing").status()), "NO_SUCH_PATH");
  EXPECT_EQ(ReasonOf(Find("GET", "/v1/councils/E1/calls/7:nothing").status()), "NO_SUCH_PATH");
  absl::Status other = Find("DELETE", "/v1/councils/E1/calls").status();
  EXPECT_EQ(ReasonOf(other), "METHOD_NOT_ALLOWED");
  EXPECT_THAT(std::string(other.message()), HasSubstr("GET, POST"));
}

TEST(Routes, RefuseRulesThatNameWhatIsNot) {
  for (const char* rule :
       {R"(selector: "ccfa.intake.v1.IntakeService.Nothing" get: "/v1/x")",
        R"(selector: "ccfa.intake.v1.IntakeService.GetCall" get: "/v1/{nothing}")",
        R"(selector: "ccfa.intake.v1.IntakeService.LogCall" post: "/v1/{details}")",
        R"(selector: "ccfa.intake.v1.IntakeService.LogCall" post: "/v1/x" body: "nothing")",
        R"(selector: "ccfa.intake.v1.IntakeService.GetCall" delete: "/v1/x")",
        R"(selector: "ccfa.intake.v1.IntakeService.GetCall" get: "no path")"}) {
    EXPECT_FALSE(Routes::Parse(std::string("rules {") + rule + "}").ok()) << rule;
  }
  EXPECT_FALSE(Routes::Parse("nonsense").ok());
}

}  // namespace
}  // namespace ccfa::gateway
