#pragma once

#include <string>

#include "ccfa/intake/v1/intake.pb.h"
#include "tests/support/town.h"

namespace ccfa::test_support {

/// A small place: a council of three square wards, of which two have a team, beside a council of
/// one ward and no team.
///
///      Neighbour | North | Bare
///                | South |
inline constexpr char kCouncil[] = "councils/E08000099";
inline constexpr char kNorthWard[] = "E05000001";
inline constexpr char kSouthWard[] = "E05000002";
inline constexpr char kBareWard[] = "E05000003";
inline constexpr char kNorthTeam[] = "councils/E08000099/teams/north";
inline constexpr char kSouthTeam[] = "councils/E08000099/teams/south";
inline constexpr char kPolice[] = "councils/E08000099/agencies/police";
inline constexpr char kHousing[] = "councils/E08000099/agencies/housing";
inline constexpr char kNeighbour[] = "councils/E08000098";

inline constexpr double kWardSide = 0.02;
inline constexpr double kNorthWardSouth = 53.40, kNorthWardWest = -2.98;

/// Who asks.
inline constexpr char kCouncillor[] = "councillor:okafor";
inline constexpr char kCoordinator[] = "coordinator:lee";
inline constexpr char kPoliceOfficer[] = "officer:reid@police";
inline constexpr char kHousingOfficer[] = "officer:shah@housing";
inline constexpr char kScrutiny[] = "scrutiny:hart";
inline constexpr char kTasking[] = "tasking:safer";
inline constexpr char kAdministrator[] = "administrator:root";

/// Registers the place by commands.
void Found(Town& town);

/// A call from the middle of the north ward.
intake::v1::LogCallRequest NewCall();
intake::v1::LogCallRequest NewCallAt(double lat, double lon);
intake::v1::LogCallRequest NewCallInWard(const std::string& code);
intake::v1::LogCallRequest NewCallFromNowhere();

}  // namespace ccfa::test_support
