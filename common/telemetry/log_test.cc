#include "common/telemetry/log.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace ccfa::telemetry {
namespace {

using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

// What was logged while it lives, a JSON value a line.
class Logged {
 public:
  std::vector<nlohmann::json> Lines() const {
    std::istringstream text(text_.str());
    std::vector<nlohmann::json> lines;
    for (std::string line; std::getline(text, line);) {
      lines.push_back(nlohmann::json::parse(line));
    }
    return lines;
  }
  std::string Text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  ScopedLogCapture capture_{text_};
};

TEST(Log, WritesOneJsonObjectWithTimeLevelEventAndFieldsInOrder) {
  const Logged logged;
  Log(Level::kInfo, "call_logged",
      {{"call", "councils/E08900001/calls/2026-000001"},
       {"attempts", 3},
       {"seconds", 0.25},
       {"repeated", false}});
  EXPECT_THAT(logged.Text(), MatchesRegex(R"(\{"time":"[0-9-]+T[0-9:]+\.[0-9][0-9][0-9]Z",.*\}.)"));
  EXPECT_THAT(logged.Text(), EndsWith(R"("level":"info","event":"call_logged",)"
                                      R"("call":"councils/E08900001/calls/2026-000001",)"
                                      R"("attempts":3,"seconds":0.25,"repeated":false})"
                                      "\n"));
}

TEST(Log, DropsLinesBelowTheLevelSet) {
  const Logged logged;
  Log(Level::kDebug, "dropped");
  SetLevel(Level::kError);
  Log(Level::kWarning, "dropped");
  SetLevel(Level::kInfo);
  EXPECT_THAT(logged.Lines(), IsEmpty());
}

TEST(Log, KeepsALineBreakInAValueInsideTheLine) {
  const Logged logged;
  Log(Level::kInfo, "read", {{"bytes", std::string("a\n\"b\"\x01\0c", 8)}});
  ASSERT_THAT(logged.Lines(), SizeIs(1));
  EXPECT_EQ(logged.Lines()[0]["bytes"], std::string("a\n\"b\"\x01\0c", 8));
}

TEST(Log, ReplacesBytesThatAreNotUtf8) {
  const Logged logged;
  Log(Level::kInfo, "read", {{"bytes", "caf\xe9"}});
  EXPECT_EQ(logged.Lines()[0]["bytes"], "caf\uFFFD");
}

TEST(Log, LeavesOutAFieldThatTakesANameOfItsOwn) {
  const Logged logged;
  Log(Level::kInfo, "real", {{"event", "forged"}});
  EXPECT_EQ(logged.Lines()[0]["event"], "real");
}

RC_GTEST_PROP(Log, WritesOneValidLineWhateverTheBytes, (const std::string& bytes)) {
  const Logged logged;
  Log(Level::kInfo, bytes, {{"bytes", bytes}});
  RC_ASSERT(logged.Lines().size() == 1u);
}

TEST(Log, KeepsTheLinesOfThreadsApart) {
  const Logged logged;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([thread] {
      for (int i = 0; i < 100; ++i) Log(Level::kInfo, "turn", {{"thread", thread}, {"i", i}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(logged.Lines(), SizeIs(400));
}

}  // namespace
}  // namespace ccfa::telemetry
