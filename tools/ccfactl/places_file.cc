// Places from files: wards with their councils, one team a ward, agencies, councillors.

#include "absl/strings/str_cat.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/core/bounds.h"
#include "common/core/names.h"
#include "common/geo/geojson.h"
#include "services/routing/domain/boundary.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/progress_bar.h"
#include "tools/ccfactl/registering.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

namespace {

struct WardFile {
  std::map<std::string, routing::v1::Council> councils;
  std::vector<routing::v1::Ward> wards;
};

/// Everything a ward file says, or what is wrong with it: nothing is registered of a file with an
/// error.
absl::StatusOr<WardFile> ReadWards(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::vector<geo::Feature>> features = geo::ParseGeoJson(*text);
  if (!features.ok()) return features.status();
  WardFile file;
  for (size_t i = 0; i < features->size(); ++i) {
    const geo::Feature& feature = (*features)[i];
    std::map<std::string, std::string> required;
    for (const char* name : {"lad_code", "lad_name", "lad_type", "ward_code", "ward_name"}) {
      absl::StatusOr<std::string> value = Property(feature, i, name);
      if (!value.ok()) return value.status();
      required[name] = *value;
    }
    routing::v1::Council& council = file.councils[required["lad_code"]];
    council.set_name(absl::StrCat("councils/", required["lad_code"]));
    council.set_title(required["lad_name"]);
    council.set_kind(required["lad_type"]);
    council.set_county(Optional(feature, "county"));
    routing::v1::Ward& ward = file.wards.emplace_back();
    ward.set_name(absl::StrCat(council.name(), "/wards/", required["ward_code"]));
    ward.set_title(required["ward_name"]);
    ward.set_vintage(Optional(feature, "vintage"));
    *ward.mutable_boundary() = routing::ToBoundary(feature.shape);
    if (absl::Status bounds = CheckBounds(ward); !bounds.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("features[", i, "]: ", bounds.message()));
    }
  }
  return file;
}

void ImportWards(Session& session, const std::string& path) {
  absl::StatusOr<WardFile> file = ReadWards(path);
  session.outcome = file.status();
  if (!file.ok()) return;
  Registered councils, wards;
  for (const auto& [code, council] : file->councils) {
    routing::v1::RegisterCouncilRequest request;
    *request.mutable_council() = council;
    session.outcome = Register(session, &RoutingStub::RegisterCouncil, request, councils);
    if (!session.outcome.ok()) return;
  }
  ProgressBar bar("importing wards");
  for (const routing::v1::Ward& ward : file->wards) {
    routing::v1::RegisterWardRequest request;
    *request.mutable_ward() = ward;
    session.outcome = Register(session, &RoutingStub::RegisterWard, request, wards);
    if (!session.outcome.ok()) return;
    bar.Show(wards.changed + wards.unchanged, file->wards.size());
  }
  session.outcome = session.Settle();
  PrintCounts(session, {{"councils", councils}, {"wards", wards}});
}

absl::Status OneTeamPerWard(Session& session, const std::string& council, Registered& teams) {
  routing::v1::ListWardsRequest list;
  list.set_parent(council);
  return EachPage(
      session, &RoutingStub::ListWards, list, [&](const routing::v1::ListWardsResponse& page) {
        for (const routing::v1::Ward& ward : page.wards()) {
          if (!ward.retired().empty()) continue;
          if (!ward.team().empty()) {
            ++teams.unchanged;
            continue;
          }
          routing::v1::CreateTeamRequest request;
          std::string code(LastId(ward.name()));
          request.mutable_team()->set_name(absl::StrCat(council, "/teams/", code));
          request.mutable_team()->set_title(
              absl::StrCat(ward.title(), " neighbourhood action team"));
          request.mutable_team()->add_wards(code);
          if (absl::Status status = Register(session, &RoutingStub::CreateTeam, request, teams);
              !status.ok())
            return status;
        }
        return absl::OkStatus();
      });
}

void CreateOnePerWard(Session& session, const std::string& council) {
  Registered teams;
  if (!council.empty()) {
    session.outcome = OneTeamPerWard(session, absl::StrCat("councils/", council), teams);
  } else {
    session.outcome =
        EachPage(session, &RoutingStub::ListCouncils, routing::v1::ListCouncilsRequest(),
                 [&](const routing::v1::ListCouncilsResponse& page) {
                   for (const routing::v1::Council& each : page.councils()) {
                     absl::Status status = OneTeamPerWard(session, each.name(), teams);
                     if (!status.ok()) return status;
                   }
                   return absl::OkStatus();
                 });
  }
  if (session.outcome.ok()) PrintCounts(session, {{"teams", teams}});
}

}  // namespace

void AddWardsImport(CLI::App& wards, Session& session) {
  CLI::App* command =
      wards.add_subcommand("import", "Register the councils and wards of a GeoJSON file");
  auto path = std::make_shared<std::string>();
  command
      ->add_option("file", *path,
                   "FeatureCollection with lad_code, lad_name, lad_type, ward_code, ward_name")
      ->required();
  command->callback([&session, path] { ImportWards(session, *path); });
}

void AddTeamsCreate(CLI::App& teams, Session& session) {
  CLI::App* command =
      teams.add_subcommand("create", "Create a team, or one for each ward that has none");
  auto request = std::make_shared<routing::v1::CreateTeamRequest>();
  BindFields(*command, *request, {"etag", "load"});
  auto council = std::make_shared<std::string>();
  auto one_per_ward = std::make_shared<bool>(false);
  command->add_flag("--one-per-ward", *one_per_ward, "A team for every ward that has none");
  command->add_option("--council", *council, "With --one-per-ward: only this council's wards");
  command->callback([&session, request, council, one_per_ward] {
    if (*one_per_ward) return CreateOnePerWard(session, *council);
    Session::Identify(*request);
    record::v1::Receipt receipt;
    session.outcome = session.Call<RoutingService>(&RoutingStub::CreateTeam, *request, receipt);
    if (session.outcome.ok()) session.PrintReceipt(receipt);
  });
}

void AddDirectoryImports(CLI::App& agencies, CLI::App& councillors, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* agency = agencies.add_subcommand(
      "import", "Register the agencies of a CSV file: council,code,name,kind");
  agency->add_option("file", *path)->required();
  agency->callback([&session, path] {
    ImportRows<routing::v1::RegisterAgencyRequest>(
        session, *path, {"council", "code", "name", "kind"}, &RoutingStub::RegisterAgency,
        "agencies", [](const CsvRow& row, routing::v1::RegisterAgencyRequest& request) {
          request.mutable_agency()->set_name(
              absl::StrCat("councils/", row.At("council"), "/agencies/", row.At("code")));
          request.mutable_agency()->set_title(row.At("name"));
          request.mutable_agency()->set_kind(row.At("kind"));
        });
  });
  CLI::App* councillor = councillors.add_subcommand(
      "import", "Register the councillors of a CSV file: council,ward_code,id,name");
  councillor->add_option("file", *path)->required();
  councillor->callback([&session, path] {
    ImportRows<routing::v1::RegisterCouncillorRequest>(
        session, *path, {"council", "ward_code", "id", "name"}, &RoutingStub::RegisterCouncillor,
        "councillors", [](const CsvRow& row, routing::v1::RegisterCouncillorRequest& request) {
          request.mutable_councillor()->set_name(
              absl::StrCat("councils/", row.At("council"), "/councillors/", row.At("id")));
          request.mutable_councillor()->set_title(row.At("name"));
          request.mutable_councillor()->set_ward(row.At("ward_code"));
        });
  });
}

}  // namespace ccfa::ctl
