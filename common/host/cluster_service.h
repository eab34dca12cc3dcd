#pragma once

#include "ccfa/cluster/v1/cluster.grpc.pb.h"
#include "common/host/host.h"

namespace ccfa::host {

/// Says who has what. The host outlives it.
class ClusterService final : public cluster::v1::ClusterService::Service {
 public:
  explicit ClusterService(const Host& host) : host_(host) {}

  grpc::Status GetCluster(grpc::ServerContext*, const cluster::v1::GetClusterRequest*,
                          cluster::v1::Cluster* cluster) override;

 private:
  const Host& host_;
};

}  // namespace ccfa::host
