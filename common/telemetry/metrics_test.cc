#include "common/telemetry/metrics.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace ccfa::telemetry {
namespace {

using ::testing::HasSubstr;

// What a scraper on this machine receives, headers and all; empty if nobody answers.
std::string Fetch(int port) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
    send(connection, request.data(), request.size(), 0);
    char buffer[4096];
    for (ssize_t size; (size = recv(connection, buffer, sizeof buffer, 0)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(size));
    }
  }
  close(connection);
  return answer;
}

TEST(Metrics, ServesWhatWasCounted) {
  Metrics metrics;
  metrics.AddCounter("ccfa_commands_total", "Commands decided.", {{"service", "intake"}})
      ->Increment(3);
  metrics.AddGauge("ccfa_queue_length", "Commands that wait.")->Set(7);
  metrics.AddLatency("ccfa_command_seconds", "From arrival to answer.")->Observe(0.002);
  const absl::StatusOr<int> port = metrics.Serve("127.0.0.1:0");
  ASSERT_TRUE(port.ok()) << port.status();
  const std::string answer = Fetch(*port);
  EXPECT_THAT(answer, HasSubstr("200 OK"));
  EXPECT_THAT(answer, HasSubstr("# HELP ccfa_commands_total Commands decided."));
  EXPECT_THAT(answer, HasSubstr("ccfa_commands_total{service=\"intake\"} 3"));
  EXPECT_THAT(answer, HasSubstr("ccfa_queue_length 7"));
  EXPECT_THAT(answer, HasSubstr("ccfa_command_seconds_bucket{le=\"0.0025\"} 1"));
}

TEST(Metrics, GivesTheSameMetricForTheSameNameAndLabels) {
  Metrics metrics;
  prometheus::Counter* const intake = metrics.AddCounter("calls", "Calls.", {{"from", "intake"}});
  EXPECT_EQ(metrics.AddCounter("calls", "Calls.", {{"from", "intake"}}), intake);
  EXPECT_NE(metrics.AddCounter("calls", "Calls.", {{"from", "notify"}}), intake);
}

TEST(Metrics, CountsEveryIncrementOfEveryThread) {
  Metrics metrics;
  prometheus::Counter* const counter = metrics.AddCounter("turns", "Turns.");
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([counter] {
      for (int i = 0; i < 1000; ++i) counter->Increment();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter->Value(), 4000);
}

TEST(MetricsDeathTest, EndsTheProcessOnANameThatPrometheusRefuses) {
  Metrics metrics;
  EXPECT_DEATH(metrics.AddCounter("not a name", "Help."), "Invalid metric name");
}

TEST(ServeMetrics, RefusesAnAddressThatOtherMachinesReach) {
  Metrics metrics;
  for (const char* address : {"0.0.0.0:9464", "[::]:9464", "192.0.2.1:9464", ":9464",
                              "localhost:9464", "127.0.0.1:0,0.0.0.0:9464"}) {
    const absl::Status status = metrics.Serve(address).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << address;
    EXPECT_THAT(std::string(status.message()), HasSubstr("loopback")) << address;
  }
}

TEST(ServeMetrics, RefusesWhatIsNotAnAddressAndPort) {
  Metrics metrics;
  for (const char* address : {"", "9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http",
                              "127.0.0.1:9464s", "127.0.0.1:65536", "127.0.0.1:-1"}) {
    EXPECT_EQ(metrics.Serve(address).status().code(), absl::StatusCode::kInvalidArgument)
        << address;
  }
}

TEST(ServeMetrics, IsUnavailableWhereAnotherListens) {
  Metrics first;
  const absl::StatusOr<int> port = first.Serve("127.0.0.1:0");
  ASSERT_TRUE(port.ok()) << port.status();
  const std::string address = absl::StrCat("127.0.0.1:", *port);
  Metrics second;
  const absl::Status status = second.Serve(address).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr(address));
}

}  // namespace
}  // namespace ccfa::telemetry
