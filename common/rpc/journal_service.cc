#include "common/rpc/journal_service.h"

#include "absl/strings/str_cat.h"
#include "common/core/bounds.h"
#include "common/core/refusal.h"
#include "common/engine/verify.h"
#include "common/rpc/gatekeeper.h"
#include "common/rpc/status.h"

namespace ccfa::rpc {

using journal::v1::RebuildResponse;
using journal::v1::VerifyResponse;

grpc::Status JournalService::Verify(grpc::ServerContext* context,
                                    const journal::v1::VerifyRequest* request,
                                    grpc::ServerWriter<VerifyResponse>* writer) {
  if (absl::Status refusal = RefusalOf(*context); !refusal.ok()) return ToGrpc(refusal);
  if (absl::Status bounds = CheckBounds(*request); !bounds.ok()) return ToGrpc(bounds);
  bool found = false;
  for (journal::Journal* journal : journals_) {
    if (!request->topic().empty() && request->topic() != journal->topic()) continue;
    found = true;
    VerifyResponse response;
    response.set_topic(journal->topic());
    response.set_partition(journal->partition());
    absl::StatusOr<engine::Verdict> verdict =
        engine::Verify(*journal, [&](uint64_t done, uint64_t total) {
          response.set_records(done);
          response.set_total(total);
          writer->Write(response);
        });
    if (!verdict.ok()) return ToGrpc(verdict.status());
    response.set_records(verdict->records);
    response.set_total(verdict->records);
    response.set_done(true);
    response.set_whole(verdict->damage.empty());
    response.set_damage(verdict->damage);
    response.set_councils(verdict->councils);
    writer->Write(response);
  }
  return found ? grpc::Status::OK : ToGrpc(NotFound("topic", request->topic()));
}

grpc::Status JournalService::Rebuild(grpc::ServerContext* context,
                                     const journal::v1::RebuildRequest* request,
                                     grpc::ServerWriter<RebuildResponse>* writer) {
  if (absl::Status refusal = RefusalOf(*context); !refusal.ok()) return ToGrpc(refusal);
  if (absl::Status bounds = CheckBounds(*request); !bounds.ok()) return ToGrpc(bounds);
  bool found = false;
  for (engine::Runner* runner : runners_) {
    const std::string& service = runner->stepper().service();
    if (!request->service().empty() && request->service() != service) continue;
    found = true;
    if (!OwnerOf(runner->stepper().Health()).empty()) continue;  // it only follows
    RebuildResponse response;
    response.set_service(service);
    response.set_partition(runner->stepper().partition());
    absl::StatusOr<engine::RebuildResult> result = absl::UnknownError("did not run");
    runner->Between([&] {
      result = runner->stepper().Rebuild([&](uint64_t done, uint64_t total) {
        response.set_events(done);
        response.set_total(total);
        writer->Write(response);
      });
    });
    if (!result.ok()) return ToGrpc(result.status());
    response.set_events(result->events);
    response.set_total(result->events);
    response.set_done(true);
    response.set_digest_before(result->digest_before);
    response.set_digest_after(result->digest_after);
    writer->Write(response);
  }
  return found ? grpc::Status::OK : ToGrpc(NotFound("service", request->service()));
}

grpc::Status JournalService::GetProgress(grpc::ServerContext* context,
                                         const journal::v1::GetProgressRequest*,
                                         journal::v1::GetProgressResponse* response) {
  if (absl::Status refusal = RefusalOf(*context); !refusal.ok()) return ToGrpc(refusal);
  response->set_settled(true);
  for (engine::Runner* runner : runners_) {
    runner->Ring();  // who asks how far it is wants it to get there
    absl::Status health = runner->stepper().Health();
    if (!OwnerOf(health).empty()) continue;  // its owner says how far it is
    if (!health.ok()) response->set_settled(false);
    if (!health.ok() && !absl::IsUnavailable(health)) {
      auto* entry = response->add_progress();
      entry->set_service(runner->stepper().service());
      entry->set_fault(std::string(health.message()));
    }
    for (const engine::Progress& progress : runner->stepper().ReadProgress()) {
      auto* entry = response->add_progress();
      entry->set_service(runner->stepper().service());
      entry->set_topic(progress.topic);
      entry->set_partition(progress.partition);
      entry->set_applied(progress.applied);
      entry->set_end(progress.end);
      entry->set_fault(std::string(progress.fault.message()));
      if (progress.applied < progress.end) response->set_settled(false);
    }
  }
  return grpc::Status::OK;
}

}  // namespace ccfa::rpc
