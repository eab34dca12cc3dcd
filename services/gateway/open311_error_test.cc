#include "services/gateway/open311_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/refusal.h"

namespace ccfa::gateway::open311 {
namespace {

// F75
TEST(ToErrors, IsAListInEveryFormat) {
  const absl::Status refusal = InvalidField("service_code", "is required");
  const http::Response json = ToErrors(Format::kJson, refusal);
  EXPECT_EQ(json.status, 400);
  EXPECT_EQ(json.body, "[{\"code\":400,\"description\":\"service_code: is required\"}]\n");
  EXPECT_EQ(ToErrors(Format::kXml, refusal).body,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><errors><error><code>400</code>"
            "<description>service_code: is required</description></error></errors>\n");
}

// F75
TEST(ToErrors, HasTheStatusThatGeoReportHas) {
  const struct {
    absl::Status refusal;
    int status;
  } kRefusals[] = {
      {NotFound("service_code", "x"), 404},
      {Forbidden("NOT_YOUR_COUNCIL", "no"), 403},
      {Refuse(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED", "sign in"), 403},
      {Refuse(absl::StatusCode::kAborted, "ETAG_MOVED", "moved"), 400},
      {Refuse(absl::StatusCode::kAlreadyExists, "THERE", "there"), 400},
      {WrongState("closed"), 400},
      {Refuse(absl::StatusCode::kInvalidArgument, "NO_SUCH_FORMAT", "xml or json"), 406},
      {Refuse(absl::StatusCode::kInvalidArgument, "NO_FORM", "a form"), 415},
      {Refuse(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED", "GET"), 405},
      {NotNow("STARTING", "in a moment"), 503}};
  for (const auto& [refusal, status] : kRefusals)
    EXPECT_EQ(ToErrors(Format::kXml, refusal).status, status) << refusal;
}

TEST(ToErrors, SaysWhenToTryAgainAndNotHowToGetAToken) {
  const auto busy =
      TryLater(absl::StatusCode::kResourceExhausted, "TOO_MANY_REQUESTS", "slow", 1500);
  EXPECT_EQ(ToErrors(Format::kJson, busy).status, 429);
  EXPECT_EQ(ToErrors(Format::kJson, busy).headers.Get("Retry-After"), "2");
  const auto nobody =
      Refuse(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING", "sign in, with ccfactl");
  EXPECT_THAT(ToErrors(Format::kJson, nobody).body, ::testing::HasSubstr("api_key"));
  EXPECT_THAT(ToErrors(Format::kJson, nobody).body,
              ::testing::Not(::testing::HasSubstr("ccfactl")));
}

}  // namespace
}  // namespace ccfa::gateway::open311
