#pragma once

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/events.pb.h"
#include "common/testing/given.h"
#include "services/routing/domain/boundary.h"
#include "services/routing/domain/decide.h"
#include "services/routing/reactions.h"

namespace ccfa::routing {

using ::ccfa::testing::FromText;

inline constexpr char kCall[] = "councils/E1/calls/2026-000001";
inline constexpr char kRegistrar[] = "administrator:root";
inline constexpr char kCoordinator[] = "coordinator:lee";

/// A square boundary, sides of 0.02 degrees.
inline v1::Boundary Square(double south, double west) {
  double north = south + 0.02, east = west + 0.02;
  return ToBoundary(
      {{{{south, west}, {south, east}, {north, east}, {north, west}, {south, west}}}});
}

/// Routing's tables and rules, with council E1 of wards W1 and W2, side by side along longitude
/// -2.96, and W3 north of W1; council E2 has ward X1 to the west. Team north covers W1, team south
/// W2; nobody W3.
class Given : public ::ccfa::testing::Given<v1::Event, Tables, Rules> {
 public:
  Given() {
    Register("E1");
    Register("E2");
    RegisterWard("E1", "W1", 53.40, -2.98);
    RegisterWard("E1", "W2", 53.40, -2.96);
    RegisterWard("E1", "W3", 53.42, -2.98);
    RegisterWard("E2", "X1", 53.40, -3.00);
    EXPECT_EQ(WhenCreated("north", "wards: 'W1'"), "TeamCreated");
    EXPECT_EQ(WhenCreated("south", "wards: 'W2'"), "TeamCreated");
  }

  void Register(const std::string& council) {
    v1::RegisterCouncilRequest request;
    request.mutable_council()->set_name("councils/" + council);
    request.mutable_council()->set_title("The council");
    EXPECT_EQ(When(kRegistrar, request), "CouncilRegistered");
  }

  void RegisterPolice() {
    EXPECT_EQ(When(kRegistrar, FromText<v1::RegisterAgencyRequest>(
                                   "agency { name: 'councils/E1/agencies/police' "
                                   "title: 'Police' kind: 'police' }")),
              "AgencyRegistered");
  }

  std::string WhenRegistered(const std::string& council, const std::string& ward,
                             const v1::Boundary& boundary) {
    v1::RegisterWardRequest request;
    request.mutable_ward()->set_name(absl::StrCat("councils/", council, "/wards/", ward));
    request.mutable_ward()->set_title("The ward");
    *request.mutable_ward()->mutable_boundary() = boundary;
    return When(kRegistrar, request);
  }

  void RegisterWard(const std::string& council, const std::string& ward, double south,
                    double west) {
    EXPECT_EQ(WhenRegistered(council, ward, Square(south, west)), "WardRegistered");
  }

  /// Creates a team of E1; `more` is the text form of what it has besides its name.
  std::string WhenCreated(const std::string& team, const std::string& more) {
    v1::CreateTeamRequest request;
    *request.mutable_team() = FromText<v1::Team>("title: 'The team'" + more);
    request.mutable_team()->set_name("councils/E1/teams/" + team);
    return When(kRegistrar, request);
  }

  /// Intake accepts a call of these details.
  std::string WhenAccepted(const std::string& details, const std::string& call = kCall) {
    intake::v1::Event event;
    event.mutable_call_accepted()->set_name(call);
    *event.mutable_call_accepted()->mutable_details() = FromText<intake::v1::CallDetails>(details);
    return WhenHappened("ccfa.intake.v1", event);
  }
  std::string WhenAcceptedAt(double lat, double lon, const std::string& more = "") {
    return WhenAccepted(absl::StrCat("place { point { lat: ", lat, " lon: ", lon, " } } ", more));
  }

  std::string WhenAssigned(const std::string& more) {
    auto request = FromText<v1::AssignCallRequest>(more);
    request.set_call(kCall);
    return When(kCoordinator, request);
  }

  v1::Placement placement(const std::string& call = kCall) {
    return tables().placements.Get(call).value_or(v1::Placement());
  }
};

}  // namespace ccfa::routing
