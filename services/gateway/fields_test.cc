#include "services/gateway/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

TEST(SetField, TakesEitherSpellingAndFieldsWithin) {
  intake::v1::LogCallRequest request;
  ASSERT_TRUE(SetField(request, "details.place.postcode", "RV1 2AB").ok());
  ASSERT_TRUE(SetField(request, "details.outcomeSought", "quiet").ok());
  ASSERT_TRUE(SetField(request, "details.source", "SOURCE_PHONE").ok());
  ASSERT_TRUE(SetField(request, "details.place.point.lat", "52.5").ok());
  EXPECT_EQ(request.details().place().postcode(), "RV1 2AB");
  EXPECT_EQ(request.details().outcome_sought(), "quiet");
  EXPECT_EQ(request.details().source(), intake::v1::SOURCE_PHONE);
  EXPECT_EQ(request.details().place().point().lat(), 52.5);
}

TEST(SetField, AddsToARepeatedOneAndReadsAFieldMask) {
  routing::v1::ChangeTeamRequest change;
  ASSERT_TRUE(SetField(change, "updateMask", "members,leader").ok());
  EXPECT_THAT(change.update_mask().paths(), ::testing::ElementsAre("members", "leader"));
  intake::v1::LogCallRequest request;
  ASSERT_TRUE(SetField(request, "details.other_organisations", "police").ok());
  ASSERT_TRUE(SetField(request, "details.other_organisations", "housing").ok());
  EXPECT_EQ(request.details().other_organisations_size(), 2);
}

TEST(SetField, NamesTheFieldThatIsWrong) {
  insight::v1::ListCallsRequest request;
  EXPECT_EQ(FieldOf(SetField(request, "nonsense", "1")), "nonsense");
  EXPECT_EQ(FieldOf(SetField(request, "page_size", "many")), "page_size");
  EXPECT_EQ(FieldOf(SetField(request, "pageSize", "99999999999")), "page_size");
  EXPECT_EQ(FieldOf(SetField(request, "state", "DONE")), "state");
  EXPECT_EQ(FieldOf(SetField(request, "parent.x", "1")), "parent.x");
  intake::v1::LogCallRequest log;
  EXPECT_EQ(FieldOf(SetField(log, "details", "{}")), "details");
  EXPECT_EQ(FieldOf(SetField(log, "details.tried.date", "today")), "details.tried.date");
}

TEST(FromJson, RefusesWhatIsNoneAndFieldsThatAreNot) {
  insight::v1::ListCallsRequest request;
  for (const char* json : {"", "{", "[]", "{\"parent\":1", "{\"nonsense\":1}", "{\"parent\":{}}",
                           "\"text\"", "{\"page_size\":\"many\"}"}) {
    EXPECT_EQ(FieldOf(FromJson(json, request)), "body") << json;
  }
  EXPECT_EQ(FieldOf(FromJson(std::string(100'000, '['), request)), "body");
  EXPECT_TRUE(FromJson(R"({"parent": "councils/E1", "pageSize": 5})", request).ok());
}

RC_GTEST_PROP(Json, OfAMessageIsTheMessageAgain, (int32_t size)) {
  insight::v1::ListCallsRequest request, again;
  request.set_page_size(size);
  request.set_parent("councils/\"E1\"\n");
  RC_ASSERT(FromJson(ToJson(request), again).ok());
  RC_ASSERT(again.SerializeAsString() == request.SerializeAsString());
}

}  // namespace
}  // namespace ccfa::gateway
