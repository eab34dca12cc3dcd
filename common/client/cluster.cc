#include "common/client/cluster.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ccfa/cluster/v1/cluster.grpc.pb.h"
#include "common/core/partition.h"
#include "common/core/refusal.h"
#include "common/rpc/handshake.h"
#include "common/rpc/status.h"

namespace ccfa::client {
namespace {

constexpr int kLargestReply = 64 << 20;
constexpr auto kPatience = std::chrono::seconds(2);
constexpr int kReconnect_ms = 200;
// A process that hangs is noticed after about two of these.
constexpr int kPing_ms = 1500;

bool Hosts(const cluster::v1::Member& member, const std::string& service) {
  return std::find(member.services().begin(), member.services().end(), service) !=
         member.services().end();
}

}  // namespace

std::string Cluster::ServiceOf(absl::string_view package) {
  std::vector<std::string> parts = absl::StrSplit(package, '.');
  return parts.size() < 2 ? "" : parts[1];
}

std::string Cluster::First() const {
  return servers_.substr(0, servers_.find(','));
}

absl::StatusOr<std::vector<std::string>> Cluster::WithAccounts() {
  absl::StatusOr<cluster::v1::Cluster> known = Known();
  if (!known.ok()) return known.status();
  std::vector<std::string> addresses;
  for (const cluster::v1::Member& member : known->members()) {
    if (Hosts(member, "identity")) addresses.push_back(Address(member.address()));
  }
  if (addresses.empty()) addresses.push_back(Address(""));
  return addresses;
}

absl::StatusOr<std::string> Cluster::AddressOf(absl::string_view package,
                                               absl::string_view council) {
  std::lock_guard lock(mutex_);
  if (told_by_.empty()) {
    if (absl::Status learned = LearnLocked(); !learned.ok()) return learned;
  }
  cluster::v1::Owner* owner = OwnerLocked(package, council);
  if (owner != nullptr && (!owner->address().empty() || known_.members_size() <= 1))
    return Address(owner->address());
  // Nobody has it, or anybody does: the one that was last asked in vain comes last.
  const std::string service = ServiceOf(package);
  std::string best;
  for (const cluster::v1::Member& member : known_.members()) {
    if (!Hosts(member, service)) continue;
    std::string address = Address(member.address());
    if (best.empty() || in_vain_[address] < in_vain_[best]) best = address;
  }
  if (!best.empty()) return best;
  told_by_.clear();
  return TryLater(absl::StatusCode::kUnavailable, "STARTING",
                  absl::StrCat("no process that is known to ", servers_, " hosts ", service),
                  kReconnect_ms);
}

cluster::v1::Owner* Cluster::OwnerLocked(absl::string_view package, absl::string_view council) {
  int partition = council.empty() ? 0 : PartitionOf(council, known_.partitions());
  for (cluster::v1::Owner& owner : *known_.mutable_owners()) {
    if (owner.topic() == package && owner.partition() == partition) return &owner;
  }
  return nullptr;
}

void Cluster::Follow(absl::string_view package, absl::string_view council,
                     const std::string& owner) {
  std::lock_guard lock(mutex_);
  if (told_by_.empty()) return;
  if (cluster::v1::Owner* known = OwnerLocked(package, council)) known->set_address(owner);
}

absl::Status Cluster::LookAgain(const std::string& address) {
  std::lock_guard lock(mutex_);
  ++in_vain_[address];
  return LearnLocked();
}

absl::Status Cluster::LearnLocked() {
  std::vector<std::string> candidates = absl::StrSplit(servers_, ',', absl::SkipWhitespace());
  for (const cluster::v1::Member& member : known_.members())
    candidates.push_back(Address(member.address()));
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const auto& a, const auto& b) { return in_vain_[a] < in_vain_[b]; });
  absl::Status failure = rpc::CheckTls(tls_, rpc::TlsNeeds::kCaller);
  if (!failure.ok()) return failure;
  failure = absl::InvalidArgumentError("--server: expected HOST:PORT");
  for (const std::string& candidate : candidates) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kPatience);
    cluster::v1::Cluster answer;
    auto stub = cluster::v1::ClusterService::NewStub(ChannelLocked(candidate));
    failure = rpc::FromGrpc(stub->GetCluster(&context, {}, &answer));
    if (!failure.ok()) {
      ++in_vain_[candidate];
      continue;
    }
    known_ = std::move(answer);
    told_by_ = candidate;
    return absl::OkStatus();
  }
  for (const std::string& candidate : candidates) {
    absl::Status explained = Explain(failure, candidate);
    if (explained != failure) return explained;
  }
  return absl::Status(failure.code(), absl::StrCat("no answer from ", servers_, ": ",
                                                   failure.message(), "; does it run there?"));
}

absl::Status Cluster::Explain(absl::Status failure, const std::string& address) const {
  if (!absl::IsUnavailable(failure) || ReasonOf(failure) != "UNAVAILABLE") return failure;
  absl::Status tls = rpc::TryHandshake(address, tls_);
  return tls.ok() ? failure : tls;
}

std::string Cluster::Address(const std::string& address) const {
  return address.empty() ? told_by_ : address;
}

absl::StatusOr<cluster::v1::Cluster> Cluster::Known() {
  std::lock_guard lock(mutex_);
  if (absl::Status learned = LearnLocked(); !learned.ok()) return learned;
  return known_;
}

absl::StatusOr<std::vector<Cluster::Member>> Cluster::Members() {
  absl::StatusOr<cluster::v1::Cluster> known = Known();
  if (!known.ok()) return known.status();
  std::lock_guard lock(mutex_);
  std::set<std::string> owners;
  for (const cluster::v1::Owner& owner : known_.owners()) owners.insert(Address(owner.address()));
  std::vector<Member> members;
  for (const cluster::v1::Member& member : known_.members()) {
    std::string address = Address(member.address());
    members.push_back({address, owners.contains(address)});
  }
  return members;
}

std::shared_ptr<grpc::Channel> Cluster::ChannelTo(const std::string& address) {
  std::lock_guard lock(mutex_);
  return ChannelLocked(address);
}

std::shared_ptr<grpc::Channel> Cluster::ChannelLocked(const std::string& address) {
  std::shared_ptr<grpc::Channel>& channel = channels_[address];
  if (channel) return channel;
  if (!credentials_) credentials_ = rpc::ChannelCredentials(tls_);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestReply);
  arguments.SetMaxSendMessageSize(kLargestReply);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnect_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPing_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPing_ms);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  channel = grpc::CreateCustomChannel(address, credentials_, arguments);
  return channel;
}

}  // namespace ccfa::client
