#include "common/host/cluster_service.h"

namespace ccfa::host {

grpc::Status ClusterService::GetCluster(grpc::ServerContext*, const cluster::v1::GetClusterRequest*,
                                        cluster::v1::Cluster* cluster) {
  *cluster = host_.Cluster();
  return grpc::Status::OK;
}

}  // namespace ccfa::host
