#include "services/gateway/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

using nlohmann::json;

TEST(Problem, SaysWhatWasWrongWhereAndByAStableReason) {
  http::Response response =
      ToProblem(InvalidField("details.category", "\"noise!\" is no category"));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.Get("content-type"), "application/problem+json");
  json problem = json::parse(response.body);
  EXPECT_EQ(problem["type"], "urn:ccfa:problem:INVALID_FIELD");
  EXPECT_EQ(problem["title"], "Invalid field");
  EXPECT_EQ(problem["status"], 400);
  EXPECT_EQ(problem["fields"][0]["field"], "details.category");
  EXPECT_EQ(problem["fields"][0]["description"], "\"noise!\" is no category");
}

TEST(Problem, ListsWhatAGateStillWants) {
  json problem =
      json::parse(ToProblem(GateNotMet("response", {{"an objective", "the coordinator"}})).body);
  EXPECT_EQ(problem["missing"], json({"an objective (the coordinator)"}));
}

TEST(Problem, SaysWhenToTryAgainAndHowToSignIn) {
  http::Response later = ToProblem(NotNow("STARTING", "the service is reading its journal"));
  EXPECT_EQ(later.status, 503);
  EXPECT_EQ(later.headers.Get("Retry-After"), "1");
  http::Response who =
      ToProblem(Refuse(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING", "sign in first"));
  EXPECT_EQ(who.status, 401);
  EXPECT_EQ(who.headers.Get("WWW-Authenticate"), "Bearer");
}

TEST(Problem, HasTheStatusOfItsCode) {
  EXPECT_EQ(HttpStatusOf(NotFound("name", "councils/E1")), 404);
  EXPECT_EQ(HttpStatusOf(Forbidden("NOT_YOUR_WARD", "")), 403);
  EXPECT_EQ(HttpStatusOf(WrongState("")), 400);
  EXPECT_EQ(HttpStatusOf(Refuse(absl::StatusCode::kAborted, "ETAG_MOVED", "")), 412);
  EXPECT_EQ(HttpStatusOf(Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "")), 409);
  EXPECT_EQ(HttpStatusOf(absl::DataLossError("")), 500);
}

}  // namespace
}  // namespace ccfa::gateway
