#include "demo/year/places.h"

#include <fstream>
#include <sstream>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/geo/geojson.h"
#include "services/routing/domain/boundary.h"
#include "tools/ccfactl/call_formats.h"
#include "tools/ccfactl/csv.h"

namespace ccfa::year {
namespace {

using test_support::Town;

struct People {
  const char* council;
  const char* coordinator;
  const char* scrutiny;
  const char* committee;
  const char* tasking;
};
constexpr People kPeople[] = {
    {kRiverton, "coordinator:lee", "scrutiny:hart", "committee:osei", "tasking:safer-riverton"},
    {kSandford, "coordinator:nash", "scrutiny:vane", "committee:lamb", "tasking:safer-sandford"},
    {kCollingbridge, "coordinator:pryce", "scrutiny:colley", "committee:frith",
     "tasking:safer-collingbridge"}};

/// Who answers for an agency of each kind.
const std::map<std::string, std::string>& Officers() {
  static const std::map<std::string, std::string> officers = {
      {"police", "reid"},  {"council", "moss"},   {"fire", "ashdown"}, {"health", "bell"},
      {"county", "marsh"}, {"probation", "carr"}, {"housing", "quill"}};
  return officers;
}

std::vector<ctl::CsvRow> ReadCsv(const std::string& path) {
  auto reader = ctl::CsvReader::Open(path, {}).value();
  std::vector<ctl::CsvRow> rows;
  for (ctl::CsvRow row; reader->Next(row).value();) rows.push_back(row);
  return rows;
}

std::string CouncilName(const ctl::CsvRow& row) {
  return absl::StrCat("councils/", row.At("council"));
}

}  // namespace

const Ward& Council::WardOf(const std::string& code) const {
  auto ward = absl::c_find_if(wards, [&](const Ward& each) { return each.code == code; });
  return ward == wards.end() ? wards.front() : *ward;
}

std::string Council::OfficerIdOf(const std::string& agency) const {
  for (const auto& [kind, known] : agencies) {
    if (known == agency) return Officers().at(kind);
  }
  return "";
}

std::string Council::OfficerOf(const std::string& agency) const {
  return absl::StrCat("officer:", OfficerIdOf(agency), "@", LastId(agency));
}

std::string CouncillorActor(const std::string& councillor) {
  return absl::StrCat("councillor:", LastId(councillor));
}

Places::Places(const std::string& demo, Town& town) {
  RegisterWards(demo + "/wards.geojson", town);
  RegisterAgencies(demo + "/agencies.csv", town);
  RegisterCouncillors(demo + "/councillors.csv", town);
  CreateTeams(town);
  ReadCalls(demo + "/calls.csv");
}

Council& Places::Find(const std::string& name) {
  auto found =
      absl::c_find_if(councils_, [&](const Council& council) { return council.name == name; });
  if (found != councils_.end()) return *found;
  Council& council = councils_.emplace_back();
  council.name = name;
  for (const People& people : kPeople) {
    if (name != people.council) continue;
    council.coordinator = people.coordinator;
    council.scrutiny = people.scrutiny;
    council.committee = people.committee;
    council.tasking = people.tasking;
  }
  return council;
}

const Council& Places::Of(const std::string& name) const {
  return *absl::c_find_if(councils_, [&](const Council& council) { return council.name == name; });
}

Row Places::RowIn(const std::string& council, size_t number) const {
  std::vector<const Row*> there;
  for (const Row& row : rows_) {
    bool placed = row.details.place().has_point() && !row.details.ward().empty();
    if (row.council == council && placed) there.push_back(&row);
  }
  return *there[number % there.size()];
}

void Places::RegisterWards(const std::string& path, Town& town) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  const std::vector<geo::Feature> features = geo::ParseGeoJson(text.str()).value();
  for (const geo::Feature& feature : features) {
    auto property = [&](const char* name) { return feature.properties.at(name); };
    routing::v1::RegisterCouncilRequest council;
    council.mutable_council()->set_name(absl::StrCat("councils/", property("lad_code")));
    council.mutable_council()->set_title(property("lad_name"));
    council.mutable_council()->set_kind(property("lad_type"));
    council.mutable_council()->set_county(property("county"));
    const std::string& name = council.council().name();
    if (absl::c_none_of(councils_, [&](const Council& each) { return each.name == name; })) {
      town.Do(council, kAdministrator);
    }
    routing::v1::RegisterWardRequest ward;
    ward.mutable_ward()->set_name(absl::StrCat(name, "/wards/", property("ward_code")));
    ward.mutable_ward()->set_title(property("ward_name"));
    ward.mutable_ward()->set_vintage(property("vintage"));
    *ward.mutable_ward()->mutable_boundary() = routing::ToBoundary(feature.shape);
    town.Do(ward, kAdministrator);
    Find(name).wards.push_back(
        {property("ward_code"), absl::StrCat(name, "/teams/", property("ward_code")), {}});
  }
}

void Places::RegisterAgencies(const std::string& path, Town& town) {
  for (const ctl::CsvRow& row : ReadCsv(path)) {
    routing::v1::RegisterAgencyRequest request;
    request.mutable_agency()->set_name(
        absl::StrCat(CouncilName(row), "/agencies/", row.At("code")));
    request.mutable_agency()->set_title(row.At("name"));
    request.mutable_agency()->set_kind(row.At("kind"));
    town.Do(request, kAdministrator);
    Find(CouncilName(row)).agencies[row.At("kind")] = request.agency().name();
  }
}

void Places::RegisterCouncillors(const std::string& path, Town& town) {
  for (const ctl::CsvRow& row : ReadCsv(path)) {
    routing::v1::RegisterCouncillorRequest request;
    routing::v1::Councillor& councillor = *request.mutable_councillor();
    councillor.set_name(absl::StrCat(CouncilName(row), "/councillors/", row.At("id")));
    councillor.set_title(row.At("name"));
    councillor.set_ward(row.At("ward_code"));
    town.Do(request, kAdministrator);
    for (Ward& ward : Find(CouncilName(row)).wards) {
      if (ward.code == row.At("ward_code")) ward.councillors.push_back(councillor.name());
    }
  }
}

void Places::CreateTeams(Town& town) {
  for (const Council& council : councils_) {
    for (const Ward& ward : council.wards) {
      routing::v1::CreateTeamRequest request;
      routing::v1::Team& team = *request.mutable_team();
      team.set_name(ward.team);
      team.set_title(absl::StrCat("Neighbourhood action team of ", ward.code));
      team.add_wards(ward.code);
      team.set_chair(ward.councillors.front());
      for (const char* kind : {"police", "council", "housing"}) {
        routing::v1::Member& member = *team.add_members();
        member.set_agency(council.agencies.at(kind));
        member.set_officer(Officers().at(kind));
        member.set_role("member");
        member.set_term_ends("2028-05-31");
      }
      team.mutable_constitution()->set_version("1");
      team.mutable_constitution()->set_adopted("2025-12-01");
      team.set_quorum(3);
      team.set_meets_every_weeks(8);
      team.set_priorities_at_once(3);
      town.Do(request, kAdministrator);
    }
  }
}

void Places::ReadCalls(const std::string& path) {
  for (const ctl::CallFormat& format : ctl::CallFormats()) {
    if (format.name != "ccfa") continue;
    for (const ctl::CsvRow& row : ReadCsv(path)) {
      rows_.push_back({CouncilName(row), format.details(row).value(), {}});
    }
  }
}

}  // namespace ccfa::year
