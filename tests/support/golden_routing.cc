#include "tests/support/golden_routing.h"

#include "tests/support/road.h"
#include "tests/support/square_ward.h"

namespace ccfa::test_support {

void RedrawTheMap(Town& town) {
  routing::v1::RegisterAreaRequest area;
  area.mutable_area()->set_name(absl::StrCat(kCouncil, "/layers/police-beat/areas/B7"));
  area.mutable_area()->set_title("Beat 7");
  area.mutable_area()->set_agency(kPolice);
  *area.mutable_area()->mutable_boundary() = Square(kNorthWardSouth, kNorthWardWest, kWardSide);
  town.Do(area, kAdministrator);

  routing::v1::RegisterPostcodesRequest postcodes;
  postcodes.set_parent(kCouncil);
  routing::v1::PostcodePoint& postcode = *postcodes.add_postcodes();
  postcode.set_postcode("RV1 2AB");
  postcode.mutable_point()->set_lat(kNorthWardSouth + kWardSide / 2);
  postcode.mutable_point()->set_lon(kNorthWardWest + kWardSide / 2);
  town.Do(postcodes, kAdministrator);

  routing::v1::ChangeTeamRequest team;
  team.mutable_team()->set_name(kSouthTeam);
  team.mutable_team()->mutable_constitution()->set_version("2");
  team.mutable_team()->mutable_constitution()->set_adopted("2027-01-04");
  town.Do(team, kAdministrator);

  routing::v1::RetireWardRequest retire;
  retire.set_name(absl::StrCat(kCouncil, "/wards/", kBareWard));
  retire.set_reason("the 2027 review: it went to its neighbours");
  town.Do(retire, kAdministrator);
}

}  // namespace ccfa::test_support
