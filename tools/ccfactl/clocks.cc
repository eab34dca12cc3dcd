#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "ccfa/sara/v1/sara.grpc.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using clock::v1::Clock;

/// Every clock that a service runs in a council, or on one thing of it.
template <class Service, class Request, class Reply>
absl::Status Collect(Session& session, const std::string& council, const std::string& of,
                     std::vector<Clock>& clocks) {
  Request request;
  request.set_parent(absl::StrCat("councils/", council));
  request.set_of(of);
  request.set_page_size(1000);
  Reply reply;
  do {
    reply.Clear();
    absl::Status status = session.Call<Service>(&Service::Stub::ListClocks, request, reply);
    if (!status.ok()) return status;
    clocks.insert(clocks.end(), reply.clocks().begin(), reply.clocks().end());
    request.set_page_token(reply.next_page_token());
  } while (!reply.next_page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Clock>> ClocksOf(Session& session, const std::string& council,
                                            const std::string& of) {
  std::vector<Clock> clocks;
  absl::Status status = Collect<intake::v1::IntakeService, intake::v1::ListClocksRequest,
                                intake::v1::ListClocksResponse>(session, council, of, clocks);
  if (status.ok())
    status =
        Collect<sara::v1::SaraService, sara::v1::ListClocksRequest, sara::v1::ListClocksResponse>(
            session, council, of, clocks);
  if (status.ok())
    status = Collect<scrutiny::v1::ScrutinyService, scrutiny::v1::ListClocksRequest,
                     scrutiny::v1::ListClocksResponse>(session, council, of, clocks);
  if (!status.ok()) return status;
  std::stable_sort(clocks.begin(), clocks.end(), [](const Clock& a, const Clock& b) {
    return FromProto(a.due_time()) < FromProto(b.due_time());
  });
  return clocks;
}

}  // namespace

void AddClocks(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "clocks", "What is to happen by when: the clocks running in a council, or on one thing");
  auto council = std::make_shared<std::string>(), of = std::make_shared<std::string>();
  auto limit = std::make_shared<int>(100);
  command->add_option("--council", *council, "The council's code");
  command->add_option("--of", *of, "Only of this call, problem, action, referral, ... by its name");
  command->add_option("--limit", *limit, "At most so many; 0: all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->callback([&session, command, council, of, limit] {
    if (council->empty()) *council = std::string(ccfa::CouncilOf(*of));
    if (council->empty()) throw CLI::RequiredError("--council or --of");
    absl::StatusOr<std::vector<Clock>> clocks = ClocksOf(session, *council, *of);
    session.outcome = clocks.status();
    if (!clocks.ok()) return;
    size_t shown = *limit == 0 ? clocks->size() : std::min<size_t>(*limit, clocks->size());
    Table table({"due_time", "kind", "subject", "owner", "length", "pause_time"});
    for (size_t i = 0; i < shown; ++i) {
      session.json ? void(std::cout << ToJson((*clocks)[i]) << "\n") : table.Add((*clocks)[i]);
    }
    if (!session.json) table.Print(std::cout);
    if (shown < clocks->size()) std::cerr << "There are more: --limit 0 shows all\n";
  });
}

}  // namespace ccfa::ctl
