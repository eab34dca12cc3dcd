#include "services/gateway/path_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ccfa::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::optional<PathTemplate::Bound> Match(absl::string_view path_template, absl::string_view text) {
  std::optional<Path> path = ParsePath(text);
  return path ? PathTemplate::Parse(path_template)->Match(*path) : std::nullopt;
}

TEST(PathTemplate, BindsTheFieldsThatAPathFills) {
  EXPECT_THAT(*Match("/v1/{name=councils/*/calls/*}", "/v1/councils/E1/calls/2026-000001"),
              ElementsAre(Pair("name", "councils/E1/calls/2026-000001")));
  EXPECT_THAT(*Match("/v1/{name=councils/*}:retire", "/v1/councils/E%31:retire"),
              ElementsAre(Pair("name", "councils/E1")));
  EXPECT_THAT(*Match("/v1/{name=councils/**}:history", "/v1/councils/E1/calls/7:history"),
              ElementsAre(Pair("name", "councils/E1/calls/7")));
  EXPECT_THAT(*Match("/v1/councils", "/v1/councils"), ElementsAre());
}

TEST(PathTemplate, IsNoOtherPath) {
  for (const char* other :
       {"/v1/councils/E1/calls", "/v1/councils/E1/calls/7:accept", "/v1/councils/E1/calls/7/8",
        "/v1/councils/E1/problems/7", "/v2/councils/E1/calls/7"}) {
    EXPECT_FALSE(Match("/v1/{name=councils/*/calls/*}", other)) << other;
  }
}

TEST(PathTemplate, RefusesWhatIsNone) {
  for (const char* text : {"", "v1", "/v1/{name", "/v1//x", "/v1/{name=a/**}/more", "/"})
    EXPECT_FALSE(PathTemplate::Parse(text).ok()) << text;
}

TEST(Path, HidesNoSlashNoDotsAndNoControlCharacters) {
  for (const char* text : {"", "v1", "//v1", "/v1/", "/v1/a%2Fb", "/v1/../etc", "/v1/%2e%2e/etc",
                           "/v1/.", "/v1/a%00b", "/v1/a%0d%0ab", "/v1/%", "/v1/%4", "/v1/%zz"}) {
    EXPECT_FALSE(ParsePath(text)) << text;
  }
}

RC_GTEST_PROP(Path, NeverGivesASegmentThatIsNone, (const std::string& text)) {
  std::optional<Path> path = ParsePath("/" + text);
  if (!path) return;
  RC_ASSERT(!path->segments.empty());
  for (const std::string& segment : path->segments) {
    RC_ASSERT(!segment.empty() && segment != "." && segment != "..");
    RC_ASSERT(segment.find('/') == std::string::npos);
  }
}

}  // namespace
}  // namespace ccfa::gateway
