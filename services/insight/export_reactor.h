#pragma once

#include <string>
#include <vector>

#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "common/engine/projector.h"

namespace ccfa::insight {

/// Streams a council's calls, page by page, so that a slow reader holds nothing open. Deletes
/// itself when the RPC is over.
class ExportReactor final : public grpc::ServerWriteReactor<v1::CallStory> {
 public:
  ExportReactor(engine::Projector& projector, const v1::ExportCallsRequest& request,
                absl::Status admitted);

  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  void WriteNext();
  absl::Status ReadPage();

  engine::Projector& projector_;
  const std::string prefix_;
  std::string after_;
  std::vector<v1::CallStory> page_;
  size_t next_ = 0;
};

}  // namespace ccfa::insight
