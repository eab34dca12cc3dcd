#include "tools/ccfactl/session.h"

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "common/rpc/request.h"
#include "tools/ccfactl/print.h"

namespace ccfa::ctl {
namespace {

constexpr auto kPatience = std::chrono::seconds(60);
constexpr auto kShortPatience = std::chrono::seconds(2);
constexpr auto kLookAgain = std::chrono::milliseconds(20);

}  // namespace

Cluster& Session::cluster() {
  if (!cluster_) cluster_ = std::make_unique<Cluster>(server, tls);
  return *cluster_;
}

absl::StatusOr<Session::Target> Session::FindIn(std::string package, const std::string& council) {
  return client::Find(cluster(), std::move(package), council);
}

void Session::Prepare(grpc::ClientContext& context) const {
  if (!actor.empty()) context.AddMetadata(rpc::kActorKey, actor);
  if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
  if (!as_at.empty()) context.AddMetadata(rpc::kAsAtKey, as_at);
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
}

void Session::PrepareShort(grpc::ClientContext& context) const {
  Prepare(context);
  context.set_deadline(std::chrono::system_clock::now() + kShortPatience);
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
  std::optional<Ends> before;
  // Twice the same: an event may have been on its way between two readers at the first look.
  while (true) {
    absl::StatusOr<std::optional<Ends>> ends = LookWhetherSettled();
    if (!ends.ok()) return ends.status();
    if (*ends && *ends == before) return absl::OkStatus();
    before = *std::move(ends);
    if (!before) std::this_thread::sleep_for(kLookAgain);
  }
}

absl::StatusOr<std::optional<Session::Ends>> Session::LookWhetherSettled() {
  std::map<std::string, journal::v1::GetProgressResponse> answers;
  absl::Status asked = EachMember([&](const Cluster::Member& member) {
    auto stub = journal::v1::JournalService::NewStub(cluster().ChannelTo(member.address));
    grpc::ClientContext context;
    Prepare(context);
    journal::v1::GetProgressResponse answer;
    absl::Status status = rpc::FromGrpc(stub->GetProgress(&context, {}, &answer));
    if (status.ok()) answers[member.address] = std::move(answer);
    return status;
  });
  if (!asked.ok()) return asked;
  Ends ends;
  bool settled = true;
  for (const auto& [address, answer] : answers) {
    settled &= answer.settled();
    for (const auto& reader : answer.progress()) {
      if (!reader.fault().empty()) {
        return absl::FailedPreconditionError(
            absl::StrCat(reader.service(), " has stopped reading: ", reader.fault()));
      }
      uint64_t& end = ends[{reader.topic(), reader.partition()}];
      end = std::max(end, reader.end());
    }
  }
  // What one has appended, another may not have heard of.
  for (const auto& [address, answer] : answers) {
    for (const auto& reader : answer.progress())
      settled &= reader.applied() >= ends[{reader.topic(), reader.partition()}];
  }
  return settled ? std::optional(std::move(ends)) : std::nullopt;
}

absl::Status Session::EachMember(const std::function<absl::Status(const Cluster::Member&)>& ask) {
  Patience patience;
  while (true) {
    absl::StatusOr<std::vector<Cluster::Member>> members = cluster().Members();
    if (!members.ok()) return members.status();
    absl::Status failure;
    for (const Cluster::Member& member : *members) {
      absl::Status asked = ask(member);
      // Whoever is gone and has nothing is not missed.
      if (!asked.ok() && (member.owns || !absl::IsUnavailable(asked))) failure = asked;
    }
    if (!absl::IsUnavailable(failure) || members->size() == 1 || !patience.Wait()) return failure;
  }
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
    case absl::StatusCode::kUnauthenticated:
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
