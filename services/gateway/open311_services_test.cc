#include "services/gateway/open311_services.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/config/defaults.h"

namespace ccfa::gateway::open311 {
namespace {

config::v1::CouncilConfig Naming(const std::string& category) {
  config::v1::CouncilConfig config;
  config.mutable_publication()->add_categories(category);
  return config;
}

// F75
TEST(Services, AreTheCategoriesThatTheCouncilNames) {
  const Document services = ServicesOf(Naming("abandoned-vehicles"));
  ASSERT_EQ(services.size(), 1);
  EXPECT_EQ(services[0]["service_code"], "abandoned-vehicles");
  EXPECT_EQ(services[0]["service_name"], "Abandoned vehicles");
  EXPECT_EQ(services[0]["type"], "realtime");
  EXPECT_TRUE(HasService(Naming("noise"), "noise"));
  EXPECT_FALSE(HasService(Naming("noise"), "litter"));
}

TEST(Services, OfTheDefaultRulesHaveWordsOfTheirOwn) {
  EXPECT_EQ(ServiceName("fly-tipping"), "Fly-tipping");
  for (const Document& service : ServicesOf(config::Defaults()))
    EXPECT_NE(service["description"], service["service_name"]) << service;
}

// F75
TEST(Definition, AsksOnlyForWhatACallCanTake) {
  const Document definition = DefinitionOf("noise");
  EXPECT_EQ(definition["service_code"], "noise");
  for (const Document& attribute : definition["attributes"]) {
    Form form;
    const std::string code = attribute["code"];
    const std::string value = attribute.contains("values")          ? attribute["values"][0]["key"]
                              : attribute["datatype"] == "datetime" ? "2026-11-20T10:00:00Z"
                                                                    : "some words";
    ASSERT_TRUE(form.Read("attribute[" + code + "]=" + value).ok());
    intake::v1::CallDetails details;
    EXPECT_TRUE(ReadAttributes(form, details).ok());
    EXPECT_NE(details.ByteSizeLong(), 0) << code << " goes nowhere";
    EXPECT_FALSE(attribute["required"]);
  }
}

// F2, F45, F75
TEST(ReadAttributes, SayWhoIsAffectedWhatWasTriedAndWhetherTheyLiveThere) {
  Form form;
  ASSERT_TRUE(form.Read("attribute[standing]=works-in-ward&attribute[contacted]=housing"
                        "&attribute[happened]=2026-11-20T10:00:00Z&attribute[outcome][]=a+gate"
                        "&attribute[affected]=")
                  .ok());
  intake::v1::CallDetails details;
  ASSERT_TRUE(ReadAttributes(form, details).ok());
  EXPECT_EQ(details.standing(), intake::v1::STANDING_WORKS_IN_WARD);
  EXPECT_EQ(details.tried(0).contacted(), "housing");
  EXPECT_EQ(details.happened(), "2026-11-20");
  EXPECT_EQ(details.outcome_sought(), "a gate");
  EXPECT_EQ(details.affected(), "");
}

}  // namespace
}  // namespace ccfa::gateway::open311
