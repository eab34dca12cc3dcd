#include "tests/support/place.h"

#include "absl/strings/str_cat.h"
#include "tests/support/square_ward.h"

namespace ccfa::test_support {
namespace {

void RegisterCouncil(Town& town, const std::string& name) {
  routing::v1::RegisterCouncilRequest request;
  request.mutable_council()->set_name(name);
  request.mutable_council()->set_title("Council " + name);
  request.mutable_council()->set_kind("metropolitan district");
  town.Do(request, kAdministrator);
}

void RegisterWard(Town& town, const std::string& council, const std::string& code, double south,
                  double west) {
  town.Do(SquareWard(absl::StrCat(council, "/wards/", code), south, west, kWardSide),
          kAdministrator);
}

void RegisterAgency(Town& town, const std::string& name, const std::string& kind) {
  routing::v1::RegisterAgencyRequest request;
  request.mutable_agency()->set_name(name);
  request.mutable_agency()->set_title("The " + kind);
  request.mutable_agency()->set_kind(kind);
  town.Do(request, kAdministrator);
}

void RegisterCouncillor(Town& town) {
  routing::v1::RegisterCouncillorRequest request;
  request.mutable_councillor()->set_name(absl::StrCat(kCouncil, "/councillors/okafor"));
  request.mutable_councillor()->set_title("Cllr Okafor");
  request.mutable_councillor()->set_ward(kNorthWard);
  town.Do(request, kAdministrator);
}

void CreateTeam(Town& town, const std::string& name, const std::string& ward) {
  routing::v1::CreateTeamRequest request;
  request.mutable_team()->set_name(name);
  request.mutable_team()->set_title("Team " + name);
  request.mutable_team()->add_wards(ward);
  town.Do(request, kAdministrator);
}

}  // namespace

void Found(Town& town) {
  RegisterCouncil(town, kCouncil);
  RegisterCouncil(town, kNeighbour);
  RegisterWard(town, kCouncil, kNorthWard, kNorthWardSouth, kNorthWardWest);
  RegisterWard(town, kCouncil, kSouthWard, kNorthWardSouth - kWardSide, kNorthWardWest);
  RegisterWard(town, kCouncil, kBareWard, kNorthWardSouth, kNorthWardWest + kWardSide);
  RegisterWard(town, kNeighbour, "E05000101", kNorthWardSouth, kNorthWardWest - kWardSide);
  RegisterAgency(town, kPolice, "police");
  RegisterAgency(town, kHousing, "housing");
  RegisterCouncillor(town);
  CreateTeam(town, kNorthTeam, kNorthWard);
  CreateTeam(town, kSouthTeam, kSouthWard);
}

intake::v1::LogCallRequest NewCallFromNowhere() {
  intake::v1::LogCallRequest request;
  request.set_parent(kCouncil);
  intake::v1::CallDetails& details = *request.mutable_details();
  details.set_category("fly-tipping");
  details.set_summary("Rubbish is left behind the shops every week");
  details.set_source(intake::v1::SOURCE_SURGERY);
  details.set_standing(intake::v1::STANDING_LIVES_IN_WARD);
  details.set_councillor(absl::StrCat(kCouncil, "/councillors/okafor"));
  intake::v1::Attempt& tried = *details.add_tried();
  tried.set_contacted("the waste service");
  tried.set_date("2026-09-14");
  tried.set_answer("cleared once, back within a week");
  return request;
}

intake::v1::LogCallRequest NewCallAt(double lat, double lon) {
  intake::v1::LogCallRequest request = NewCallFromNowhere();
  intake::v1::Point& point = *request.mutable_details()->mutable_place()->mutable_point();
  point.set_lat(lat);
  point.set_lon(lon);
  return request;
}

intake::v1::LogCallRequest NewCallInWard(const std::string& code) {
  intake::v1::LogCallRequest request = NewCallFromNowhere();
  request.mutable_details()->set_ward(code);
  // Okafor represents the north ward only.
  if (code != kNorthWard) {
    request.mutable_details()->set_councillor(absl::StrCat(kCouncil, "/councillors/of-", code));
  }
  return request;
}

intake::v1::LogCallRequest NewCall() {
  return NewCallAt(kNorthWardSouth + kWardSide / 2, kNorthWardWest + kWardSide / 2);
}

}  // namespace ccfa::test_support
