#include "tests/kafka/cluster.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/journal/kafka_topic.h"

namespace ccfa::kafka {
namespace {

/// The output of a command, and whether it ended well.
bool Run(const std::string& command, std::string& output) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return false;
  std::array<char, 4096> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) output += part.data();
  return pclose(pipe) == 0;
}

std::string Tool(const std::string& command, const std::string& folder) {
  return absl::StrCat(CCFA_SOURCE_DIR, "/tools/kafka ", command, " --dir '", folder, "'");
}

// What ctest takes for "skipped".
constexpr int kSkipped = 77;

Cluster* shared = nullptr;

}  // namespace

Cluster::Cluster(int brokers)
    : brokers_(brokers), folder_(absl::StrCat(::testing::TempDir(), "/ccfa-kafka-", getpid())) {
  std::string unused;
  if (!Run("command -v java && command -v mvn", unused)) {
    is_installed_ = false;
    failure_ = "Java or Maven is not installed: tools/install --all";
    return;
  }
  // By the process, so that test programs can run side by side.
  int port = 20000 + getpid() % 100 * 40;
  std::string output;
  if (Run(Tool(absl::StrCat("start --brokers ", brokers, " --port ", port), folder_), output)) {
    servers_ = std::string(absl::StripAsciiWhitespace(output));
  } else {
    failure_ = absl::StrCat("tools/kafka start failed: ", output);
  }
}

Cluster::~Cluster() {
  std::string output;
  Run(Tool("stop --wipe", folder_), output);
  std::filesystem::remove_all(folder_);
}

journal::KafkaSettings Cluster::settings() const {
  return {{"bootstrap.servers", servers_}};
}

std::string Cluster::NewTopic(const std::string& name) const {
  static int count = 0;
  std::string topic = absl::StrCat(name, "-", ++count);
  absl::Status made = journal::CreateTopic(settings(), topic, 1, brokers_);
  EXPECT_TRUE(made.ok()) << made;
  return topic;
}

std::string Cluster::Do(const std::string& command) const {
  std::string output;
  EXPECT_TRUE(Run(Tool(command, folder_), output)) << command << ": " << output;
  return std::string(absl::StripAsciiWhitespace(output));
}

Cluster& SharedCluster() {
  return *shared;
}

int RunTests(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (GTEST_FLAG_GET(list_tests)) return RUN_ALL_TESTS();
  Cluster cluster(3);
  if (!cluster.failure().empty()) {
    std::fprintf(stderr, "%s\n", cluster.failure().c_str());
    return cluster.is_installed() ? 1 : kSkipped;
  }
  shared = &cluster;
  return RUN_ALL_TESTS();
}

}  // namespace ccfa::kafka

int main(int argc, char** argv) {
  return ccfa::kafka::RunTests(argc, argv);
}
