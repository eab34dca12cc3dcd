#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/open_data_formats.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using insight::v1::InsightService;
using Groups = std::vector<insight::v1::PublishedCalls>;

/// To a file, or to standard output where none is named.
absl::Status Write(const std::string& path, const std::string& text) {
  if (path.empty()) {
    std::cout << text;
    return absl::OkStatus();
  }
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return file ? absl::OkStatus()
              : absl::InvalidArgumentError(absl::StrCat(path, " cannot be written"));
}

std::string FigureTables(const insight::v1::PublishedQuarter& quarter) {
  std::ostringstream out;
  Table places({"category", "ward", "ward_name", "calls"}), parts({"of_all", "calls"});
  for (const FigureWords& figure : FiguresInWords(quarter)) {
    if (figure.month != "all" || figure.outcome != "all") {
      parts.AddRow(
          {figure.month == "all" ? figure.outcome : figure.month, absl::StrCat(figure.calls)});
    } else {
      places.AddRow({figure.category, figure.ward, figure.ward_title, absl::StrCat(figure.calls)});
    }
  }
  places.Print(out);
  if (!parts.empty()) parts.Print(out << "\n");
  out << absl::StrFormat(
      "\nGroups of fewer than %d calls are shown less finely: a ward has those that are enough, "
      "and "
      "the others are elsewhere.\nCategories and the whole are short by fewer than %d.\n",
      quarter.fewest_calls(), quarter.fewest_calls());
  return out.str();
}

void AddQuarter(CLI::App& open_data, Session& session) {
  CLI::App* command = open_data.add_subcommand(
      "quarter", "A quarter's figures, by category and ward, by month, by outcome");
  auto request = std::make_shared<insight::v1::GetPublishedQuarterRequest>();
  auto format = std::make_shared<std::string>(), path = std::make_shared<std::string>();
  BindFields(*command, *request);
  command->add_option("--format", *format, "csv; left out: a table, or with --json an object")
      ->check(CLI::IsMember({"csv"}));
  command->add_option("--to", *path, "Write it to this file");
  command->callback([&session, request, format, path] {
    insight::v1::PublishedQuarter quarter;
    session.outcome =
        session.Call<InsightService>(&InsightService::Stub::GetPublishedQuarter, *request, quarter);
    if (!session.outcome.ok()) return;
    session.outcome = Write(*path, *format == "csv" ? FiguresAsCsv(quarter)
                                   : session.json   ? absl::StrCat(ToJson(quarter), "\n")
                                                    : FigureTables(quarter));
  });
}

/// Every group of a quarter, page after page.
absl::Status Collect(Session& session, insight::v1::ListPublishedCallsRequest request,
                     Groups& groups) {
  constexpr int kLargestPage = 1000;
  request.set_page_size(kLargestPage);
  insight::v1::ListPublishedCallsResponse reply;
  do {
    reply.Clear();
    absl::Status listed =
        session.Call<InsightService>(&InsightService::Stub::ListPublishedCalls, request, reply);
    if (!listed.ok()) return listed;
    groups.insert(groups.end(), reply.groups().begin(), reply.groups().end());
    request.set_page_token(reply.next_page_token());
  } while (!reply.next_page_token().empty());
  return absl::OkStatus();
}

std::string JsonLines(const Groups& groups) {
  std::string lines;
  for (const auto& group : groups) absl::StrAppend(&lines, ToJson(group), "\n");
  return lines;
}

void AddCallGroups(CLI::App& open_data, Session& session) {
  CLI::App* command = open_data.add_subcommand(
      "calls", "Depersonalised calls, in groups that are not told apart, as CSV or GeoJSON");
  auto request = std::make_shared<insight::v1::ListPublishedCallsRequest>();
  auto quarters = std::make_shared<std::vector<std::string>>();
  auto format = std::make_shared<std::string>(), path = std::make_shared<std::string>();
  BindFields(*command, *request, {"quarter", "page_size", "page_token"});
  command->add_option("--quarter", *quarters, "As 2026-Q2; may be given again")->required();
  command
      ->add_option("--format", *format,
                   "csv or geojson; left out: csv, or with --json an object a line")
      ->check(CLI::IsMember({"csv", "geojson"}));
  command->add_option("--to", *path, "Write it to this file");
  command->callback([&session, request, quarters, format, path] {
    Groups groups;
    for (const std::string& quarter : *quarters) {
      request->set_quarter(quarter);
      session.outcome = Collect(session, *request, groups);
      if (!session.outcome.ok()) return;
    }
    const bool as_json = session.json && format->empty();
    session.outcome = Write(*path, as_json                ? JsonLines(groups)
                                   : *format == "geojson" ? CallsAsGeoJson(groups)
                                                          : CallsAsCsv(groups));
  });
}

}  // namespace

void AddOpenData(CLI::App& app, Session& session) {
  CLI::App* open_data =
      app.add_subcommand("open-data", "What a council publishes of its calls, depersonalised")
          ->require_subcommand(1);
  AddQuarter(*open_data, session);
  AddCallGroups(*open_data, session);
}

}  // namespace ccfa::ctl
