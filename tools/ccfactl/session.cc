#include "tools/ccfactl/session.h"

#include <chrono>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "common/core/refusal.h"
#include "common/rpc/request.h"
#include "tools/ccfactl/print.h"

namespace ccfa::ctl {
namespace {

constexpr int kLargestReply = 64 << 20;
constexpr auto kPatience = std::chrono::seconds(60);
constexpr auto kLookAgain = std::chrono::milliseconds(20);
constexpr auto kPause = std::chrono::milliseconds(100);
constexpr int kMostWaits = 300;
constexpr char kWhoeverServes[] =
    R"({"loadBalancingConfig":[{"round_robin":{}}],"healthCheckConfig":{"serviceName":""}})";

}  // namespace

bool Session::IsNotTaken(const absl::Status& status) const {
  std::string reason = ReasonOf(status);
  if (reason == "STARTING" || reason == "REOPENING" || reason == "QUEUE_FULL") return true;
  // Of several servers, another one takes it.
  return HasSeveralServers() && (reason == "OWNED_ELSEWHERE" || reason == "RELEASED");
}

bool Patience::Wait() {
  if (++waits_ > kMostWaits) return false;
  std::this_thread::sleep_for(kPause);
  return true;
}

bool Session::HasSeveralServers() const {
  return absl::StrContains(server, ',');
}

const std::shared_ptr<grpc::Channel>& Session::channel() {
  if (!channel_) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kLargestReply);
    arguments.SetMaxSendMessageSize(kLargestReply);
    std::string target = server;
    if (HasSeveralServers()) {
      // One of them serves: its health says which.
      target = absl::StrCat("ipv4:", server);
      arguments.SetServiceConfigJSON(kWhoeverServes);
    }
    channel_ = grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
  }
  return channel_;
}

void Session::Prepare(grpc::ClientContext& context) const {
  context.AddMetadata(rpc::kActorKey, actor);
  // While none serves, one is about to take over.
  context.set_wait_for_ready(HasSeveralServers());
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
}

void Session::Print(const google::protobuf::Message& message) const {
  json ? void(std::cout << ToJson(message) << "\n") : PrintFields(std::cout, message);
}

void Session::PrintReceipt(const record::v1::Receipt& receipt) const {
  if (json) return Print(receipt);
  if (receipt.event().empty()) {
    std::cout << receipt.name() << (receipt.name().empty() ? "" : ": ") << "nothing to change\n";
    return;
  }
  std::cout << receipt.event().substr(receipt.event().rfind('.') + 1) << "  " << receipt.name()
            << (receipt.repeated() ? "  (answered before)" : "") << "\n";
  if (!receipt.advice().empty()) std::cout << receipt.advice() << "\n";
}

absl::Status Session::Settle() {
  auto stub = journal::v1::JournalService::NewStub(channel());
  // Twice in a row: an event may have been on its way between two readers at the first look.
  for (int settled = 0; settled < 2;) {
    journal::v1::GetProgressResponse progress;
    absl::Status status = Call(*stub, &journal::v1::JournalService::Stub::GetProgress,
                               journal::v1::GetProgressRequest(), progress);
    if (!status.ok()) return status;
    for (const auto& reader : progress.progress()) {
      if (!reader.fault().empty()) {
        return absl::FailedPreconditionError(
            absl::StrCat(reader.service(), " has stopped reading: ", reader.fault()));
      }
    }
    settled = progress.settled() ? settled + 1 : 0;
    if (settled == 0) std::this_thread::sleep_for(kLookAgain);
  }
  return absl::OkStatus();
}

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return 0;
    case absl::StatusCode::kNotFound:
      return 3;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 4;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
      return 5;
    default:
      return 1;
  }
}

}  // namespace ccfa::ctl
