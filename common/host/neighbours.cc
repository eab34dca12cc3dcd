#include "common/host/neighbours.h"

#include <chrono>

#include "ccfa/cluster/v1/cluster.grpc.pb.h"
#include "common/core/since_boot.h"

namespace ccfa::host {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr absl::Duration kAskEvery = absl::Milliseconds(200);
constexpr int kReconnect_ms = 100;

std::shared_ptr<grpc::Channel> ChannelTo(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnect_ms);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

}  // namespace

bool Neighbours::Has(const std::string& address, const std::string& topic, int partition) {
  std::lock_guard lock(mutex_);
  Neighbour& neighbour = neighbours_[address];
  if (!neighbour.channel || SinceBoot() >= neighbour.asked + kAskEvery) Ask(address, neighbour);
  return neighbour.has.contains({topic, partition});
}

void Neighbours::Ask(const std::string& address, Neighbour& neighbour) {
  if (!neighbour.channel) neighbour.channel = ChannelTo(address, credentials_);
  neighbour.has.clear();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  cluster::v1::Cluster cluster;
  auto stub = cluster::v1::ClusterService::NewStub(neighbour.channel);
  if (stub->GetCluster(&context, {}, &cluster).ok()) {
    for (const cluster::v1::Owner& owner : cluster.owners()) {
      if (owner.confirmed()) neighbour.has.emplace(owner.topic(), owner.partition());
    }
  }
  neighbour.asked = SinceBoot();
}

}  // namespace ccfa::host
