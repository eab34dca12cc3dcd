#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/bounds.h"
#include "common/core/names.h"
#include "common/core/partition.h"
#include "common/core/refusal.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"

namespace ccfa::rpc {
namespace {

using journal::v1::ExportResponse;

// A message holds at least one record, and ends behind so many bytes, or records looked at.
constexpr size_t kBytesAMessage = 1 << 20;
constexpr uint64_t kRecordsAMessage = 10'000;
constexpr size_t kPurposeBytes = 200;

/// Who exports what, and what for: durable before the first record is sent.
absl::Status RecordExport(const engine::Acts& acts, const grpc::ServerContext& context,
                          const journal::v1::ExportRequest& request) {
  absl::StatusOr<Actor> who = ActorOf(context);
  if (!who.ok()) return who.status();
  const std::string& purpose = request.purpose();
  if (purpose.empty() || purpose.size() > kPurposeBytes || absl::StrContains(purpose, '\n')) {
    return InvalidField("purpose", absl::StrCat("is required: one line of at most ", kPurposeBytes,
                                                " bytes on what the export is for"));
  }
  record::v1::ActRecorded act;
  act.set_name(request.parent());
  act.set_act(record::v1::ACT_JOURNAL_EXPORTED);
  act.set_on(request.topic());
  act.set_reason(purpose);
  return acts.Record(*who, act, request.topic());
}

/// The next records of a council. Read before they are sent: a reader who is slow must not keep the
/// storage open.
absl::Status ReadSome(const journal::Journal& journal, absl::string_view council, uint64_t after,
                      ExportResponse& response) {
  size_t bytes_read = 0;
  absl::Status failure;
  record::v1::Record record;
  absl::Status read = journal.Read(after, [&](uint64_t offset, absl::string_view bytes) {
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      failure = absl::DataLossError(
          absl::StrCat(journal.topic(), " record ", offset, ": cannot be decoded"));
      return false;
    }
    response.set_seq(offset);
    if (absl::string_view(record.council()) == council) {
      response.add_records(bytes.data(), bytes.size());
      bytes_read += bytes.size();
    }
    return offset < response.total() && bytes_read < kBytesAMessage &&
           offset - after < kRecordsAMessage;
  });
  return failure.ok() ? read : failure;
}

}  // namespace

journal::Journal* JournalService::Find(const std::string& topic, absl::string_view council) const {
  std::vector<journal::Journal*> partitions;
  for (journal::Journal* journal : journals_) {
    if (journal->topic() == topic) partitions.push_back(journal);
  }
  if (partitions.empty()) return nullptr;
  return partitions[PartitionOf(council, static_cast<int>(partitions.size()))];
}

grpc::Status JournalService::Export(grpc::ServerContext* context,
                                    const journal::v1::ExportRequest* request,
                                    grpc::ServerWriter<ExportResponse>* writer) {
  if (absl::Status refusal = RefusalOf(*context); !refusal.ok()) return ToGrpc(refusal);
  if (absl::Status bounds = CheckBounds(*request); !bounds.ok()) return ToGrpc(bounds);
  absl::Status parent = CheckName("parent", request->parent(), "councils/*");
  if (!parent.ok()) return ToGrpc(parent);
  const absl::string_view council = CouncilOf(request->parent());
  const journal::Journal* journal = Find(request->topic(), council);
  if (journal == nullptr) return ToGrpc(NotFound("topic", request->topic()));
  if (absl::Status current = journal->IsCurrent(); !current.ok()) return ToGrpc(current);
  absl::Status recorded = RecordExport(acts_, *context, *request);
  if (!recorded.ok()) return ToGrpc(recorded);
  absl::StatusOr<uint64_t> end = journal->End();
  if (!end.ok()) return ToGrpc(end.status());
  uint64_t after = request->after_seq();
  while (after < *end && !context->IsCancelled()) {
    ExportResponse response;
    response.set_total(*end);
    absl::Status read = ReadSome(*journal, council, after, response);
    if (!read.ok()) return ToGrpc(read);
    if (response.seq() <= after) {
      return ToGrpc(absl::DataLossError(absl::StrCat(request->topic(), ": ends after record ",
                                                     after, ", but ", *end, " were written")));
    }
    after = response.seq();
    if (!writer->Write(response)) break;
  }
  return grpc::Status::OK;
}

}  // namespace ccfa::rpc
