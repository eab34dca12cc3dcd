#include "common/client/asking.h"

#include <chrono>
#include <thread>
#include <utility>

#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/rpc/request.h"

namespace ccfa::client {
namespace {

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr size_t kRequestIdBytes = 16;

/// Nothing of the request was taken.
bool IsNotTaken(const std::string& reason) {
  return reason == "STARTING" || reason == "REOPENING" || reason == "QUEUE_FULL" ||
         reason == "FOLDING" || reason == "RELEASED" || reason == "NOT_CONFIRMED" ||
         reason == "BROKER_SILENT";
}

/// It may have been taken all the same: the process, or what it knew of the journal, was lost.
bool IsLost(const absl::Status& status, const std::string& reason) {
  return absl::IsUnavailable(status) &&
         (reason == "UNAVAILABLE" || reason == "OWNERSHIP_LOST" || reason == "BROKER_FAILED");
}

}  // namespace

bool Patience::Wait() {
  if (++waits_ > most_waits_) return false;
  std::this_thread::sleep_for(kPause);
  return true;
}

absl::StatusOr<Target> Find(Cluster& cluster, std::string package, const std::string& council) {
  absl::StatusOr<std::string> address = cluster.AddressOf(package, council);
  if (!address.ok()) return address.status();
  return Target{std::move(package), council, *std::move(address)};
}

void EndAfter(grpc::ClientContext& context, absl::Duration patience) {
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(patience));
}

bool ShouldAskAgain(Cluster& cluster, const absl::Status& status, const Target& target,
                    bool repeatable, Patience& patience) {
  if (status.ok()) return false;
  const std::string reason = ReasonOf(status), owner = OwnerOf(status);
  if (!owner.empty()) {
    cluster.Follow(target.package, target.council, owner);
    return patience.Wait();
  }
  if (IsNotTaken(reason)) {
    if (reason == "RELEASED") cluster.LookAgain(target.address).IgnoreError();
    return patience.Wait();
  }
  return repeatable && !target.address.empty() && IsLost(status, reason) &&
         cluster.LookAgain(target.address).ok() && patience.Wait();
}

std::string CouncilOf(const google::protobuf::Message& request) {
  return rpc::CouncilOfRequest(request).value_or("");
}

bool IsRepeatable(const google::protobuf::Message& request) {
  return request.GetDescriptor()->FindFieldByName("request_id") == nullptr ||
         !rpc::StringField(request, "request_id").empty();
}

void Identify(google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field != nullptr && rpc::StringField(request, "request_id").empty())
    request.GetReflection()->SetString(&request, field, RandomHex(kRequestIdBytes));
}

}  // namespace ccfa::client
