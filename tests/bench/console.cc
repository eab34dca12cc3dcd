#include "tests/bench/console.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cmath>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/identity/accounts.h"
#include "common/rpc/credentials.h"
#include "tests/bench/load.h"
#include "tests/bench/process.h"

namespace ccfa::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr char kCouncil[] = "/councils/E09999999";
constexpr int kClients = 32;
// Within the ward, whose sides are a degree.
constexpr double kSouth = 52.02, kWest = 2.02, kSide = 0.96, kGolden = 0.6180339887;

/// A browser that keeps its connection and its session.
class Browser {
 public:
  Browser(const std::string& address, std::string token)
      : socket_(asio_), token_(std::move(token)) {
    const size_t colon = address.rfind(':');
    asio::connect(socket_, asio::ip::tcp::resolver(asio_).resolve(address.substr(0, colon),
                                                                  address.substr(colon + 1)));
    host_ = address;
  }

  /// The size of the page's HTML.
  absl::StatusOr<size_t> Look(const std::string& path) {
    http::request<http::empty_body> request(http::verb::get, path, 11);
    request.set(http::field::host, host_);
    request.set(http::field::cookie, "ccfa_session=" + token_);
    beast::error_code error;
    http::write(socket_, request, error);
    http::response<http::string_body> page;
    if (!error) http::read(socket_, buffer_, page, error);
    if (error) return absl::UnavailableError(error.message());
    if (page.result_int() != 200)
      return absl::UnavailableError(absl::StrCat(path, ": status ", page.result_int()));
    return page.body().size();
  }

 private:
  asio::io_context asio_;
  asio::ip::tcp::socket socket_;
  beast::flat_buffer buffer_;
  std::string host_, token_;
};

absl::StatusOr<int> CountOf(insight::v1::InsightService::Stub& insight) {
  grpc::ClientContext context;
  insight::v1::CountCallsRequest request;
  request.set_parent(kCouncil + 1);
  insight::v1::CallCounts counts;
  if (grpc::Status counted = insight.CountCalls(&context, request, &counts); !counted.ok())
    return absl::UnavailableError(counted.error_message());
  return counts.calls();
}

/// Logs so many calls, evenly over the ward, every second of them one that goes on to a problem.
void LogAllOver(intake::v1::IntakeService::Stub& stub, int calls) {
  std::atomic<int> next = 0;
  auto log = [&] {
    for (int i = next++; i < calls; i = next++) {
      intake::v1::LogCallRequest request = SampleCall(/*imported=*/i % 2 == 0);
      auto& point = *request.mutable_details()->mutable_place()->mutable_point();
      point.set_lat(kSouth + std::fmod(i * kGolden, 1) * kSide);
      point.set_lon(kWest + std::fmod(i * kGolden * kGolden, 1) * kSide);
      request.set_request_id(absl::StrCat("console/", i));
      grpc::ClientContext context;
      record::v1::Receipt receipt;
      stub.LogCall(&context, request, &receipt);
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) clients.emplace_back(log);
  for (std::thread& client : clients) client.join();
}

/// The names of calls are their numbers, from 1.
std::string CallOf(int look, int calls) {
  return absl::StrFormat("/calls/%s-%06d", absl::FormatTime("%Y", absl::Now(), absl::UTCTimeZone()),
                         1 + static_cast<int>(int64_t{look} * 7919 % calls));
}

template <class Look>
absl::StatusOr<absl::Duration> P99Of(int looks, Look look) {
  std::vector<absl::Duration> times;
  for (int i = 0; i < looks; ++i) {
    const absl::Time start = absl::Now();
    if (absl::Status looked = look(i); !looked.ok()) return looked;
    times.push_back(absl::Now() - start);
  }
  return Percentile(times, 0.99);
}

}  // namespace

absl::StatusOr<ConsoleTimes> MeasureConsole(const IdentityBench& bench, int calls, int looks) {
  const std::string issuer = bench.folder + "/issuer";
  absl::StatusOr<std::string> token = IssueToken(issuer);
  if (!token.ok()) return token.status();
  rpc::TlsFiles files{bench.folder + "/tls.crt", bench.folder + "/tls.key", ""};
  if (!MakeCertificate(files)) return absl::UnavailableError("openssl made no certificate");
  auto server = ServerProcess::Start({bench.server, "--data", bench.folder + "/data", "--listen",
                                      "127.0.0.1:0", "--tls-cert", files.cert, "--tls-key",
                                      files.key, "--identity",
                                      absl::StrCat("jwks=", identity::Accounts::KeysIn(issuer))});
  if (!server.ok()) return server.status();
  auto gateway = ServerProcess::Start(
      {std::filesystem::path(bench.server).replace_filename("ccfa-gateway").string(), "--http",
       "127.0.0.1:0", "--server", server->address(), "--tls-ca", files.cert, "--requests-a-second",
       "0"});
  if (!gateway.ok()) return gateway.status();
  auto channel = grpc::CreateChannel(
      server->address(),
      grpc::CompositeChannelCredentials(rpc::ChannelCredentials({"", "", files.cert}),
                                        grpc::AccessTokenCredentials(*token)));
  if (absl::Status ready = bench.prepare(channel); !ready.ok()) return ready;
  auto intake = intake::v1::IntakeService::NewStub(channel);
  auto insight = insight::v1::InsightService::NewStub(channel);
  ConsoleTimes times;
  LogAllOver(*intake, calls);
  bench.settle(channel);
  absl::StatusOr<int> counted = CountOf(*insight);
  if (!counted.ok()) return counted.status();
  times.calls = *counted;
  if (times.calls < calls) return absl::UnavailableError("requests were refused");
  absl::StatusOr<absl::Duration> raw = P99Of(looks, [&](int i) {
    grpc::ClientContext context;
    insight::v1::GetCallStoryRequest request;
    request.set_name(absl::StrCat(kCouncil + 1, CallOf(i, calls)));
    insight::v1::CallStory story;
    const grpc::Status asked = insight->GetCallStory(&context, request, &story);
    return asked.ok() ? absl::OkStatus() : absl::UnavailableError(asked.error_message());
  });
  if (!raw.ok()) return raw.status();
  times.raw_p99 = *raw;
  Browser browser(gateway->address(), *token);
  for (const auto& [name, path] : {std::pair{"start", ""},
                                   {"calls", "/calls"},
                                   {"call", "*"},
                                   {"wards", "/wards"},
                                   {"ward", "/wards/E05999999"},
                                   {"team", "/teams/bench"},
                                   {"triage", "/triage"},
                                   {"scrutiny", "/scrutiny"},
                                   {"figures", "/figures"},
                                   {"new_call", "/calls/new"}}) {
    size_t bytes = 0;
    const bool of_a_call = path == absl::string_view("*");
    absl::StatusOr<absl::Duration> p99 = P99Of(looks, [&](int i) {
      auto looked = browser.Look(absl::StrCat(kCouncil, of_a_call ? CallOf(i, calls) : path));
      bytes = std::max(bytes, looked.value_or(0));
      return looked.status();
    });
    if (!p99.ok()) return p99.status();
    times.pages.push_back({name, *p99, bytes});
  }
  return times;
}

}  // namespace ccfa::bench
