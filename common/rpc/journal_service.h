#pragma once

#include <thread>
#include <vector>

#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "common/engine/acts.h"
#include "common/engine/runner.h"
#include "common/journal/journal.h"

namespace ccfa::rpc {

/// The record's own service: verify, rebuild, export, progress. What it is given outlives it.
class JournalService final : public journal::v1::JournalService::Service {
 public:
  JournalService(std::vector<journal::Journal*> journals, std::vector<engine::Runner*> runners,
                 const engine::Acts& acts)
      : journals_(std::move(journals)), runners_(std::move(runners)), acts_(acts) {}

  grpc::Status Verify(grpc::ServerContext* context, const journal::v1::VerifyRequest* request,
                      grpc::ServerWriter<journal::v1::VerifyResponse>* writer) override;
  grpc::Status Rebuild(grpc::ServerContext* context, const journal::v1::RebuildRequest* request,
                       grpc::ServerWriter<journal::v1::RebuildResponse>* writer) override;
  grpc::Status Export(grpc::ServerContext* context, const journal::v1::ExportRequest* request,
                      grpc::ServerWriter<journal::v1::ExportResponse>* writer) override;
  grpc::Status GetProgress(grpc::ServerContext* context,
                           const journal::v1::GetProgressRequest* request,
                           journal::v1::GetProgressResponse* response) override;

 private:
  /// The partition of a topic that has a council; null when there is no such topic.
  journal::Journal* Find(const std::string& topic, absl::string_view council) const;

  const std::vector<journal::Journal*> journals_;
  const std::vector<engine::Runner*> runners_;
  const engine::Acts& acts_;
};

}  // namespace ccfa::rpc
