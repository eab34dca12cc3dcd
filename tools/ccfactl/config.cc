#include "absl/strings/str_cat.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/config/defaults.h"
#include "common/config/file.h"
#include "google/protobuf/text_format.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using routing::v1::RoutingService;
using RoutingStub = RoutingService::Stub;

namespace {

CLI::App* AddFileVerb(CLI::App& config, const std::string& verb, const std::string& help,
                      std::shared_ptr<std::vector<std::string>> files) {
  CLI::App* command = config.add_subcommand(verb, help);
  command->add_option("FILE", *files, "A council's rules, one council a file")->required();
  return command;
}

/// Reads every file; says each one's faults, and fails when there are any.
absl::StatusOr<std::vector<config::v1::CouncilConfig>> ReadAll(
    const std::vector<std::string>& files) {
  std::vector<config::v1::CouncilConfig> configs;
  absl::Status status;
  for (const std::string& file : files) {
    absl::StatusOr<config::v1::CouncilConfig> config = config::ReadFile(file);
    if (config.ok()) {
      configs.push_back(*std::move(config));
    } else if (status.ok()) {
      status = config.status();
    } else {
      status = absl::Status(status.code(),
                            absl::StrCat(status.message(), "\n", config.status().message()));
    }
  }
  if (!status.ok()) return status;
  return configs;
}

void AddCheck(CLI::App& config, Session& session) {
  auto files = std::make_shared<std::vector<std::string>>();
  AddFileVerb(config, "check", "Say everything that is wrong with files of rules; asks no server",
              files)
      ->callback([&session, files] {
        auto configs = ReadAll(*files);
        session.outcome = configs.status();
        if (!configs.ok()) return;
        for (const auto& each : *configs) {
          if (session.json) session.Print(each);
          if (!session.json) std::cout << each.name() << ": sound\n";
        }
      });
}

void AddApply(CLI::App& config, Session& session) {
  auto files = std::make_shared<std::vector<std::string>>();
  AddFileVerb(config, "apply", "Set councils' rules from files; running clocks follow them", files)
      ->callback([&session, files] {
        auto configs = ReadAll(*files);
        session.outcome = configs.status();
        if (!configs.ok()) return;
        for (const auto& each : *configs) {
          routing::v1::ConfigureCouncilRequest request;
          *request.mutable_config() = each;
          Session::Identify(request);
          record::v1::Receipt receipt;
          session.outcome =
              session.Call<RoutingService>(&RoutingStub::ConfigureCouncil, request, receipt);
          if (!session.outcome.ok()) return;
          session.PrintReceipt(receipt);
        }
      });
}

void AddShowConfig(CLI::App& config, Session& session) {
  CLI::App* show =
      config.add_subcommand("show", "A council's rules as they are in force, as a file");
  auto council = std::make_shared<std::string>();
  auto own = std::make_shared<bool>(false);
  show->add_option("--council", *council, "The council's code")->required();
  show->add_flag("--own", *own, "Only what the council set itself");
  show->callback([&session, council, own] {
    routing::v1::GetCouncilConfigRequest request;
    request.set_name(absl::StrCat("councils/", *council));
    request.set_own(*own);
    config::v1::CouncilConfig reply;
    session.outcome = session.Call<RoutingService>(&RoutingStub::GetCouncilConfig, request, reply);
    if (!session.outcome.ok()) return;
    if (session.json) return session.Print(reply);
    std::string text;
    google::protobuf::TextFormat::PrintToString(reply, &text);
    std::cout << text;
  });
}

}  // namespace

void AddConfig(CLI::App& app, Session& session) {
  CLI::App* config =
      app.add_subcommand("config", "Councils' own rules: lengths of clocks, thresholds, switches")
          ->require_subcommand(1);
  AddCheck(*config, session);
  AddApply(*config, session);
  AddShowConfig(*config, session);
  config
      ->add_subcommand("defaults", "The rules of a council that sets none, as a file to start from")
      ->callback([] { std::cout << config::DefaultsText(); });
}

}  // namespace ccfa::ctl
