// Calls from and to files: import and export.

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "common/core/names.h"
#include "tools/ccfactl/call_importer.h"
#include "tools/ccfactl/csv_writer.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using insight::v1::InsightService;

namespace {

constexpr auto kLongPatience = std::chrono::hours(1);

void PrintSummary(const Session& session, const CallImporter& importer) {
  const ImportSummary& summary = importer.summary();
  if (session.json) {
    nlohmann::ordered_json line = {{"rows", summary.rows},
                                   {"logged", summary.logged},
                                   {"repeated", summary.repeated},
                                   {"refused", summary.refused}};
    std::cout << line.dump() << "\n";
    return;
  }
  std::cout << summary.rows << " rows: " << summary.logged << " logged, " << summary.repeated
            << " logged before, " << summary.refused << " refused\n";
  if (!importer.refused_file().empty())
    std::cout << "Refused rows: " << importer.refused_file() << "\n";
}

void Import(Session& session, const CallImporter::Options& options) {
  CallImporter importer(session, options);
  session.outcome = importer.Run();
  // What was imported shows everywhere before the command ends.
  if (session.outcome.ok()) session.outcome = session.Settle();
  PrintSummary(session, importer);
}

void PrintCsvLine(const insight::v1::CallStory& call) {
  const auto& from = call.details().imported_from();
  const auto* state = insight::v1::StoryState_descriptor()->FindValueByNumber(call.state());
  std::cout << call.name() << "," << CsvText(from.file()) << ","
            << (from.row() > 0 ? absl::StrCat(from.row()) : "") << "," << LastId(call.ward()) << ","
            << LastId(call.team()) << "," << EnumWord(*state) << "\n";
}

void Export(Session& session, const insight::v1::ExportCallsRequest& request) {
  if (!session.json) std::cout << "call,source_file,source_row,ward,team,state\n";
  Patience patience;
  bool begun = false;
  while (true) {
    auto target = session.Find<InsightService>(Session::CouncilOf(request));
    session.outcome = target.status();
    if (!target.ok()) {
      if (session.ShouldAskAgain(target.status(), {}, true, patience)) continue;
      return;
    }
    grpc::ClientContext context;
    session.Prepare(context);
    context.set_deadline(std::chrono::system_clock::now() + kLongPatience);
    auto reader = session.StubOf<InsightService>(*target)->ExportCalls(&context, request);
    insight::v1::CallStory call;
    while (reader->Read(&call)) {
      begun = true;
      session.json ? void(std::cout << ToJson(call) << "\n") : PrintCsvLine(call);
    }
    session.outcome = rpc::FromGrpc(reader->Finish());
    // What was printed cannot be taken back.
    if (begun || !session.ShouldAskAgain(session.outcome, *target, true, patience)) return;
  }
}

}  // namespace

void AddCallsImport(CLI::App& calls, Session& session) {
  CLI::App* command =
      calls.add_subcommand("import", "Log one call a row of a file; run it again when interrupted");
  auto options = std::make_shared<CallImporter::Options>();
  command->add_option("file", options->file, "CSV, plain or gzipped")->required();
  std::vector<std::string> formats;
  for (const CallFormat& format : CallFormats()) formats.push_back(format.name);
  command->add_option("--format", options->format, "Kind of file")
      ->required()
      ->check(CLI::IsMember(formats));
  command
      ->add_option("--council", options->council,
                   "ONS code; auto: the council of each row's point; column: the row's own")
      ->required();
  command->add_option("--fallback-council", options->fallback_council,
                      "With auto: the council of rows without a place or outside every ward");
  command->callback([&session, options] {
    if (options->council == "auto" && options->fallback_council.empty()) {
      throw CLI::RequiredError("--council auto needs --fallback-council CODE");
    }
    Import(session, *options);
  });
}

void AddCallsExport(CLI::App& calls, Session& session) {
  CLI::App* command =
      calls.add_subcommand("export", "Every call of a council as CSV on standard output");
  auto request = std::make_shared<insight::v1::ExportCallsRequest>();
  BindFields(*command, *request);
  command->callback([&session, request] { Export(session, *request); });
}

}  // namespace ccfa::ctl
