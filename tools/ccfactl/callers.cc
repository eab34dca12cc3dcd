// Who called: written down, shown, erased. Personal data comes from a file or standard input, never
// from a command line, which other processes and the shell's history would see.

#include <google/protobuf/util/json_util.h>

#include <iterator>

#include "absl/strings/str_join.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "ccfa/intake/v1/caller.grpc.pb.h"
#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/core/bounds.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/registering.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using insight::v1::InsightService;
using intake::v1::CallerService;
using intake::v1::IntakeService;
using CallersStub = CallerService::Stub;

namespace {

/// A message from a file of JSON; "-" is standard input. What is wrong with it is not quoted.
absl::Status ReadPersonal(const std::string& path, google::protobuf::Message& message) {
  absl::StatusOr<std::string> json =
      path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : ReadFile(path);
  if (!json.ok()) return json.status();
  if (google::protobuf::util::JsonStringToMessage(*json, &message).ok()) return absl::OkStatus();
  std::vector<std::string> fields;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i)
    fields.push_back(message.GetDescriptor()->field(i)->name());
  return absl::InvalidArgumentError(absl::StrCat(path, " is no JSON object of ",
                                                 message.GetDescriptor()->name(), ", which has ",
                                                 absl::StrJoin(fields, ", ")));
}

/// Sends a command with everything in it.
template <class Service, class Request>
void SendWith(Session& session,
              grpc::Status (Service::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                 record::v1::Receipt*),
              Request& request) {
  Session::Identify(request);
  record::v1::Receipt receipt;
  session.outcome = session.Call<Service>(rpc, request, receipt);
  if (session.outcome.ok()) session.PrintReceipt(receipt);
}

void AddChange(CLI::App& callers, Session& session) {
  using Request = intake::v1::ChangeCallerRequest;
  CLI::App* command =
      callers.add_subcommand("change", "Write down who called, or change what was written");
  auto request = std::make_shared<Request>();
  auto path = std::make_shared<std::string>();
  BindFields(*command, *request, {"details"});
  command->add_option("--details", *path,
                      "JSON of what is new: name, contact, address, notes; - is standard input");
  command->callback([&session, request, path] {
    Prune(*request);
    if (!path->empty()) session.outcome = ReadPersonal(*path, *request->mutable_details());
    if (session.outcome.ok())
      SendWith<CallerService>(session, &CallersStub::ChangeCaller, *request);
  });
}

}  // namespace

void AddCallsLog(CLI::App& calls, Session& session) {
  using Request = intake::v1::LogCallRequest;
  CLI::App* command = calls.add_subcommand("log", "Log a community's call");
  auto request = std::make_shared<Request>();
  auto path = std::make_shared<std::string>();
  BindFields(*command, *request, {"imported_from", "caller"});
  command->add_option("--caller", *path,
                      "JSON of who called: details with name, contact, address, notes; anonymous; "
                      "keep_private; consents; - is standard input");
  auto details = std::make_shared<std::string>();
  command->add_option("--details", *details,
                      "JSON of more details, such as summary and description, in which names stand "
                      "between [[ and ]]: they are sealed; - is standard input");
  command->callback([&session, request, path, details] {
    Prune(*request);
    // What stands on a command line is not secret any more.
    session.outcome = CheckBounds(*request);
    if (session.outcome.ok() && !path->empty())
      session.outcome = ReadPersonal(*path, *request->mutable_caller());
    intake::v1::CallDetails more;
    if (session.outcome.ok() && !details->empty()) session.outcome = ReadPersonal(*details, more);
    request->mutable_details()->MergeFrom(more);
    if (session.outcome.ok())
      SendWith<IntakeService>(session, &IntakeService::Stub::LogCall, *request);
  });
}

void AddCallers(CLI::App& app, Session& session) {
  CLI::App* callers =
      app.add_subcommand("callers", "Who called: personal data, sealed")->require_subcommand(1);
  AddChange(*callers, session);
  AddShow<CallerService>(*callers, session, "show",
                         "Show who called: written down before it is shown",
                         &CallersStub::OpenCaller);
  AddStep<CallerService>(*callers, session, "consent", "Record what the caller said when asked",
                         &CallersStub::RecordConsent, {"recorded_by"});
  AddStep<CallerService>(*callers, session, "withdraw-consent", "The caller takes a consent back",
                         &CallersStub::WithdrawConsent);
  AddStep<CallerService>(*callers, session, "erase",
                         "Destroy the key of who called; the call's history stays",
                         &CallersStub::EraseCaller);
  AddShow<CallerService>(*callers, session, "rotate-keys",
                         "Wrap a council's keys by the master key that the process has first",
                         &CallersStub::RotateKeys);

  CLI::App* agreements =
      app.add_subcommand("agreements", "What agencies may see of callers")->require_subcommand(1);
  AddStep<RoutingService>(*agreements, session, "record", "Record an agreement, or change it",
                          &RoutingService::Stub::RecordAgreement);
  AddList<RoutingService>(*agreements, session, "list", "A council's agreements",
                          &RoutingService::Stub::ListAgreements,
                          [](const auto& reply) { return reply.agreements(); },
                          {"name", "agency", "categories", "purposes", "from_date", "to_date"});
  AddList<InsightService>(app, session, "disclosures",
                          "Every opening of a caller: who, when, why, on what law, which fields",
                          &InsightService::Stub::ListDisclosures,
                          [](const auto& reply) { return reply.disclosures(); },
                          {"time", "call", "who", "purpose", "legal_basis", "fields"});
}

}  // namespace ccfa::ctl
