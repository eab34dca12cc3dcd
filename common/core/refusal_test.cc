#include "common/core/refusal.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

namespace ccfa {
namespace {

using ::testing::HasSubstr;

TEST(Refusal, CarriesItsReasonAndField) {
  absl::Status refused = InvalidField("details.ward", "the council has no such ward");
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(refused), "INVALID_FIELD");
  EXPECT_EQ(FieldOf(refused), "details.ward");
  EXPECT_EQ(refused.message(), "details.ward: the council has no such ward");
}

TEST(Refusal, OfSomebodyElseHasItsCodeForAReason) {
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "INTERNAL");
  EXPECT_EQ(FieldOf(absl::InternalError("x")), "");
}

TEST(Refusal, KeepsItsFieldWhenItQuotesHalfACharacter) {
  absl::Status refused = InvalidField("parent", std::string("got \"caf\xc3\xa9\"").substr(0, 9));
  EXPECT_EQ(FieldOf(refused), "parent");
  EXPECT_EQ(refused.message(), "parent: got \"caf\xef\xbf\xbd");
}

TEST(GateNotMet, SaysEachMissingPieceAndWhoSuppliesIt) {
  absl::Status refused =
      GateNotMet("response", {{"a hypothesis", "the team"}, {"a source", "an analyst"}});
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("a hypothesis (the team); a source (an analyst)"));
  google::rpc::PreconditionFailure failure;
  auto payload = refused.GetPayload("type.googleapis.com/google.rpc.PreconditionFailure");
  ASSERT_TRUE(payload.has_value());
  ASSERT_TRUE(failure.ParseFromString(std::string(*payload)));
  EXPECT_EQ(failure.violations_size(), 2);
}

TEST(TryLater, SaysWhen) {
  absl::Status later = TryLater(absl::StatusCode::kUnavailable, "STARTING", "soon", 1250);
  google::rpc::RetryInfo retry;
  auto payload = later.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  ASSERT_TRUE(payload.has_value());
  ASSERT_TRUE(retry.ParseFromString(std::string(*payload)));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 250'000'000);
}

}  // namespace
}  // namespace ccfa
