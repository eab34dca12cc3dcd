#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "common/engine/projector.h"

namespace ccfa::insight {

/// Streams a council's calls, page by page, so that a slow reader holds nothing open. Deletes
/// itself when the RPC is over.
class ExportReactor final : public grpc::ServerWriteReactor<v1::CallStory> {
 public:
  /// As at a past moment, or as the calls are when each page is read; or why it must not be served.
  /// `who` must have said what for, not before `since`.
  ExportReactor(engine::Projector& projector, const v1::ExportCallsRequest& request,
                absl::StatusOr<std::optional<absl::Time>> as_at, std::string who, absl::Time since);

  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  absl::Status CheckRecorded(const std::string& who, absl::Time since);
  void WriteNext();
  absl::Status ReadPage();

  engine::Projector& projector_;
  const std::string prefix_;
  const absl::StatusOr<std::optional<absl::Time>> as_at_;
  std::string after_;
  std::vector<v1::CallStory> page_;
  size_t next_ = 0;
};

}  // namespace ccfa::insight
