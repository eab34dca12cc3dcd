#include "common/rpc/table_check.h"

#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/impl/server_initializer.h>

#include "common/identity/permissions.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::rpc {
namespace {

using google::protobuf::DescriptorPool;

class TableCheck final : public grpc::ServerBuilderPlugin {
 public:
  explicit TableCheck(absl::Status& result) : result_(result) {}

  std::string name() override { return "ccfa.permissions"; }
  void InitServer(grpc::ServerInitializer*) override {}
  void ChangeArguments(const std::string&, void*) override {}
  void Finish(grpc::ServerInitializer* server) override {
    for (const std::string& service : *server->GetServiceList()) {
      const auto* known = DescriptorPool::generated_pool()->FindServiceByName(service);
      // gRPC's own services have no descriptors here; the gate refuses what is not in the table.
      if (known != nullptr) result_.Update(identity::CheckTable(*known));
    }
  }

 private:
  absl::Status& result_;
};

class Option final : public grpc::ServerBuilderOption {
 public:
  explicit Option(absl::Status& result) : result_(result) {}
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->push_back(std::make_unique<TableCheck>(result_));
  }

 private:
  absl::Status& result_;
};

}  // namespace

std::unique_ptr<grpc::ServerBuilderOption> NewTableCheck(absl::Status& result) {
  return std::make_unique<Option>(result);
}

}  // namespace ccfa::rpc
