// What lies over and under the wards: areas of other layers and postcodes from files, wards of
// other vintages, what teams lack.

#include <map>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "common/calendar/calendar.h"
#include "services/routing/domain/boundary.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/progress_bar.h"
#include "tools/ccfactl/registering.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

constexpr int kPostcodesARequest = 1000;

struct AreaFile {
  std::string path;
  std::string council;
  std::string layer;
};

absl::StatusOr<std::vector<routing::v1::Area>> ReadAreas(const AreaFile& file) {
  absl::StatusOr<std::string> text = ReadFile(file.path);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::vector<geo::Feature>> features = geo::ParseGeoJson(*text);
  if (!features.ok()) return features.status();
  std::vector<routing::v1::Area> areas;
  for (size_t i = 0; i < features->size(); ++i) {
    const geo::Feature& feature = (*features)[i];
    absl::StatusOr<std::string> code = Property(feature, i, "area_code");
    absl::StatusOr<std::string> name = Property(feature, i, "area_name");
    if (!code.ok()) return code.status();
    if (!name.ok()) return name.status();
    std::string council = absl::StrCat("councils/", file.council);
    routing::v1::Area& area = areas.emplace_back();
    area.set_name(absl::StrCat(council, "/layers/", file.layer, "/areas/", *code));
    area.set_title(*name);
    area.set_vintage(Optional(feature, "vintage"));
    if (std::string agency = Optional(feature, "agency"); !agency.empty())
      area.set_agency(absl::StrCat(council, "/agencies/", agency));
    *area.mutable_boundary() = routing::ToBoundary(feature.shape);
  }
  return areas;
}

void ImportAreas(Session& session, const AreaFile& file) {
  absl::StatusOr<std::vector<routing::v1::Area>> areas = ReadAreas(file);
  session.outcome = areas.status();
  if (!areas.ok()) return;
  Registered count;
  ProgressBar bar("importing areas");
  for (const routing::v1::Area& area : *areas) {
    routing::v1::RegisterAreaRequest request;
    *request.mutable_area() = area;
    session.outcome = Register(session, &RoutingStub::RegisterArea, request, count);
    if (!session.outcome.ok()) return;
    bar.Show(count.changed + count.unchanged, areas->size());
  }
  PrintCounts(session, {{"areas", count}});
}

/// The point of a row; an error naming the column.
absl::Status ReadPoint(const CsvRow& row, intake::v1::Point& point) {
  double lat = 0, lon = 0;
  if (!absl::SimpleAtod(row.At("lat"), &lat))
    return absl::InvalidArgumentError(
        absl::StrCat("lat: expected degrees, got \"", row.At("lat"), "\""));
  if (!absl::SimpleAtod(row.At("lon"), &lon))
    return absl::InvalidArgumentError(
        absl::StrCat("lon: expected degrees, got \"", row.At("lon"), "\""));
  point.set_lat(lat);
  point.set_lon(lon);
  return absl::OkStatus();
}

void ImportPostcodes(Session& session, const std::string& path, const std::string& council) {
  auto reader = CsvReader::Open(path, {"postcode", "lat", "lon"});
  session.outcome = reader.status();
  if (!reader.ok()) return;
  ProgressBar bar("importing postcodes");
  Registered requests;
  int64_t rows = 0;
  bool more = true;
  while (more) {
    routing::v1::RegisterPostcodesRequest request;
    request.set_parent(absl::StrCat("councils/", council));
    CsvRow row;
    while (request.postcodes_size() < kPostcodesARequest) {
      absl::StatusOr<bool> next = (*reader)->Next(row);
      session.outcome = next.ok() ? row.status : next.status();
      more = next.ok() && *next;
      if (!session.outcome.ok() || !more) break;
      routing::v1::PostcodePoint& postcode = *request.add_postcodes();
      postcode.set_postcode(row.At("postcode"));
      session.outcome = ReadPoint(row, *postcode.mutable_point());
      if (!session.outcome.ok()) break;
      ++rows;
    }
    if (session.outcome.ok() && request.postcodes_size() > 0)
      session.outcome = Register(session, &RoutingStub::RegisterPostcodes, request, requests);
    if (!session.outcome.ok()) {
      session.outcome = absl::Status(
          session.outcome.code(),
          absl::StrCat(path, ": up to row ", row.number, ": ", session.outcome.message()));
      return;
    }
    bar.Show((*reader)->position(), (*reader)->size());
  }
  session.json ? void(std::cout << "{\"postcodes\":" << rows << "}\n")
               : void(std::cout << rows << " postcodes\n");
}

void ShowRecut(Session& session, routing::v1::RecutCallsRequest request) {
  std::map<std::pair<std::string, std::string>, int> counts;
  session.outcome = EachPage(session, &RoutingStub::RecutCalls, std::move(request),
                             [&](const routing::v1::RecutCallsResponse& page) {
                               for (const routing::v1::RecutCall& call : page.calls()) {
                                 if (session.json) std::cout << ToJson(call) << "\n";
                                 ++counts[{call.ward(), call.recut()}];
                               }
                               return absl::OkStatus();
                             });
  if (!session.outcome.ok() || session.json) return;
  std::cout << "ROUTED BY    BY THAT VINTAGE    CALLS\n";
  for (const auto& [wards, count] : counts) {
    std::cout << (wards.first.empty() ? "-" : wards.first) << "    "
              << (wards.second.empty() ? "none" : wards.second) << "    " << count << "\n";
  }
}

}  // namespace

void AddAreasImport(CLI::App& areas, Session& session) {
  CLI::App* command =
      areas.add_subcommand("import", "Register the areas of a GeoJSON file as one layer");
  auto file = std::make_shared<AreaFile>();
  command
      ->add_option("file", file->path,
                   "FeatureCollection with area_code, area_name and, where known, agency, vintage")
      ->required();
  command->add_option("--council", file->council, "The council's code")->required();
  command->add_option("--layer", file->layer, "\"police-beat\", \"housing-estate\"")->required();
  command->callback([&session, file] { ImportAreas(session, *file); });
}

void AddPostcodesImport(CLI::App& postcodes, Session& session) {
  CLI::App* command = postcodes.add_subcommand(
      "import", "Register where postcodes lie from a CSV file: postcode,lat,lon");
  auto path = std::make_shared<std::string>(), council = std::make_shared<std::string>();
  command->add_option("file", *path)->required();
  command->add_option("--council", *council, "The council's code")->required();
  command->callback([&session, path, council] { ImportPostcodes(session, *path, *council); });
}

void AddRecut(CLI::App& wards, Session& session) {
  CLI::App* command = wards.add_subcommand(
      "recut", "Count the calls with a point by the wards of another vintage; --json: each call");
  auto request = std::make_shared<routing::v1::RecutCallsRequest>();
  BindFields(*command, *request, {"page_size", "page_token"});
  command->callback([&session, request] { ShowRecut(session, *request); });
}

void AddGaps(CLI::App& teams, Session& session) {
  CLI::App* command = teams.add_subcommand(
      "gaps", "Uncovered wards, vacancies, terms that ended, quorums out of reach");
  auto request = std::make_shared<routing::v1::ListGapsRequest>();
  BindFields(*command, *request);
  command->get_option("--date")->description("YYYY-MM-DD; today when left out");
  command->callback([&session, request] {
    if (request->date().empty()) {
      absl::TimeZone london = absl::UTCTimeZone();
      absl::LoadTimeZone("Europe/London", &london);
      request->set_date(absl::FormatTime("%Y-%m-%d", absl::Now(), london));
    }
    routing::v1::ListGapsResponse reply;
    session.outcome = session.Call<RoutingService>(&RoutingStub::ListGaps, *request, reply);
    if (!session.outcome.ok()) return;
    Table table({"kind", "of", "what"});
    for (const routing::v1::Gap& gap : reply.gaps())
      session.json ? void(std::cout << ToJson(gap) << "\n") : table.Add(gap);
    if (!session.json) table.Print(std::cout);
  });
}

}  // namespace ccfa::ctl
