#include "tools/ccfactl/journal_stream.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "tools/ccfactl/progress_bar.h"

namespace ccfa::ctl {
namespace {

constexpr auto kLongPatience = std::chrono::hours(1);

/// One topic's records after `request`'s seq, which moves on with them. `seen`: why they were not
/// taken, which no other process could help.
absl::Status StreamSome(Session& session, const Session::Target& target,
                        journal::v1::ExportRequest& request, ProgressBar& bar, const SeeRecord& see,
                        absl::Status& seen) {
  auto stub = session.StubOf<journal::v1::JournalService>(target);
  grpc::ClientContext context;
  session.Prepare(context);
  context.set_deadline(std::chrono::system_clock::now() + kLongPatience);
  auto reader = stub->Export(&context, request);
  journal::v1::ExportResponse response;
  while (reader->Read(&response)) {
    for (const std::string& record : response.records()) {
      seen = see(request.topic(), record);
      if (seen.ok()) continue;
      context.TryCancel();
      reader->Finish();
      return seen;
    }
    request.set_after_seq(response.seq());
    bar.Show(response.seq(), response.total());
  }
  return rpc::FromGrpc(reader->Finish());
}

}  // namespace

absl::StatusOr<std::vector<std::string>> TopicsOf(Session& session) {
  absl::StatusOr<cluster::v1::Cluster> cluster = session.cluster().Known();
  if (!cluster.ok()) return cluster.status();
  std::set<std::string> topics;
  for (const cluster::v1::Owner& owner : cluster->owners()) topics.insert(owner.topic());
  return std::vector<std::string>(topics.begin(), topics.end());
}

absl::Status StreamCouncil(Session& session, const std::string& council,
                           const std::vector<std::string>& topics, const std::string& purpose,
                           const SeeRecord& see) {
  for (const std::string& topic : topics) {
    journal::v1::ExportRequest request;
    request.set_parent(absl::StrCat("councils/", council));
    request.set_topic(topic);
    request.set_purpose(purpose);
    ProgressBar bar(topic);
    Patience patience;
    absl::Status seen;
    while (true) {
      absl::StatusOr<Session::Target> target = session.FindIn(topic, council);
      absl::Status status =
          target.ok() ? StreamSome(session, *target, request, bar, see, seen) : target.status();
      if (!seen.ok()) return seen;
      if (status.ok()) break;
      if (!session.ShouldAskAgain(status, target.value_or(Session::Target{}),
                                  /*repeatable=*/true, patience))
        return target.ok() ? session.cluster().Explain(std::move(status), target->address) : status;
    }
  }
  return absl::OkStatus();
}

}  // namespace ccfa::ctl
