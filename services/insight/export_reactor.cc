#include "services/insight/export_reactor.h"

#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/status.h"
#include "services/insight/audit.h"
#include "services/insight/story.h"
#include "services/insight/tables.h"

namespace ccfa::insight {
namespace {

constexpr size_t kPage = 500;

}  // namespace

ExportReactor::ExportReactor(engine::Projector& projector, const v1::ExportCallsRequest& request,
                             absl::StatusOr<std::optional<absl::Time>> as_at, std::string who,
                             absl::Time since)
    : projector_(projector), prefix_(request.parent() + "/calls/"), as_at_(std::move(as_at)) {
  absl::Status status = as_at_.status();
  status.Update(CheckName("parent", request.parent(), "councils/*"));
  if (!status.ok()) {
    Finish(rpc::ToGrpc(status));
    return;
  }
  projector_.WhenCaughtUp([this, who = std::move(who), since](absl::Status caught_up) {
    if (caught_up.ok()) caught_up = CheckRecorded(who, since);
    caught_up.ok() ? WriteNext() : Finish(rpc::ToGrpc(caught_up));
  });
}

absl::Status ExportReactor::CheckRecorded(const std::string& who, absl::Time since) {
  absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = projector_.Read();
  if (!rows.ok()) return rows.status();
  const bool is_recorded = IsExportRecorded(Tables(**rows), CouncilOf(prefix_), who, since);
  if (!(*rows)->status().ok()) return (*rows)->status();
  if (is_recorded) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "EXPORT_NOT_RECORDED",
                "say first what the calls are exported for, by IntakeService.RecordExport, as the "
                "same person");
}

void ExportReactor::OnWriteDone(bool ok) {
  ok ? WriteNext() : Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the reader has gone"));
}

void ExportReactor::WriteNext() {
  if (next_ == page_.size()) {
    if (absl::Status read = ReadPage(); !read.ok()) return Finish(rpc::ToGrpc(read));
    if (page_.empty()) return Finish(grpc::Status::OK);
  }
  StartWrite(&page_[next_++]);
}

absl::Status ExportReactor::ReadPage() {
  absl::StatusOr<std::unique_ptr<state::Rows>> rows = projector_.ReadAsAt(*as_at_);
  if (!rows.ok()) return rows.status();
  page_.clear();
  next_ = 0;
  const Tables tables(**rows);
  tables.stories.Scan(prefix_, after_, [&](absl::string_view name, const v1::StoryRow& row) {
    after_ = std::string(name);
    page_.push_back(StoryOf(row));
    return page_.size() < kPage;
  });
  return (*rows)->status();
}

}  // namespace ccfa::insight
