#include "services/gateway/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

namespace ccfa::gateway {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const json& Document() {
  static const json document = json::parse(OpenApi(Routes::OfEveryService()));
  return document;
}

void CollectReferences(const json& value, std::set<std::string>& references) {
  if (value.is_object() && value.contains("$ref")) references.insert(value["$ref"]);
  for (const json& part : value) {
    if (part.is_structured()) CollectReferences(part, references);
  }
}

TEST(OpenApi, HasEveryRpcWithItsOwnWords) {
  size_t operations = 0;
  for (const json& path : Document()["paths"]) operations += path.size();
  EXPECT_EQ(operations, Routes::OfEveryService().all().size());
  const json& log = Document()["paths"]["/v1/councils/{council}/calls"]["post"];
  EXPECT_EQ(log["operationId"], "IntakeService_LogCall");
  EXPECT_THAT(std::string(log["x-roles"]), HasSubstr("councillor@ward"));
  EXPECT_FALSE(std::string(log["description"]).empty());
  const json& body = log["requestBody"]["content"]["application/json"]["schema"]["properties"];
  EXPECT_TRUE(body.contains("details"));
  EXPECT_FALSE(body.contains("parent")) << "the path has it";
}

TEST(OpenApi, RefersToNothingThatIsNotThere) {
  std::set<std::string> references;
  CollectReferences(Document(), references);
  EXPECT_GT(references.size(), 100u);
  for (const std::string& reference : references)
    EXPECT_TRUE(Document().contains(json::json_pointer(reference.substr(1)))) << reference;
}

}  // namespace
}  // namespace ccfa::gateway
