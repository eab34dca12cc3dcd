#pragma once

#include "ccfa/config/v1/config.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/agreement.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/core/names.h"
#include "common/engine/clocks.h"
#include "common/state/counter.h"
#include "common/state/rows.h"
#include "common/state/table.h"
#include "common/state/tally.h"

namespace ccfa::routing {

inline constexpr char kCouncillorsByWard = 'w';
inline constexpr char kTriageByCouncil = 't';

/// Routing's whole state. The bytes name the tables in storage and outlive their names here.
struct Tables {
  explicit Tables(state::Rows& rows)
      : clocks(rows),
        councils(rows, 'c'),
        wards(rows, 'd'),
        boundaries(rows, 'b'),
        teams(rows, 'e'),
        agencies(rows, 'g'),
        councillors(rows, 'l', {{kCouncillorsByWard, &WardOfCouncillor}}),
        placements(rows, 'p', {{kTriageByCouncil, &CouncilInTriage}}),
        waiting(rows, 'q'),
        boundary_version(rows, 'v'),
        configs(rows, 'f'),
        vintages(rows, 'V'),
        areas(rows, 'a'),
        area_boundaries(rows, 'A'),
        postcodes(rows, 'P'),
        loads(rows, 'o'),
        agreements(rows, 'm') {}

  engine::Clocks clocks;
  state::Table<v1::Council> councils;
  /// Wards without their boundaries, which are large and rarely read.
  state::Table<v1::Ward> wards;
  state::Table<v1::Boundary> boundaries;
  state::Table<v1::Team> teams;
  state::Table<v1::Agency> agencies;
  state::Table<v1::Councillor> councillors;
  /// Where each call is, by the call's name.
  state::Table<v1::Placement> placements;
  /// What is known of each call in triage, for the team that will get it.
  state::Table<intake::v1::CallDetails> waiting;
  /// Grows whenever a boundary changes: whoever holds a map of them knows that it is old.
  state::Counter boundary_version;
  /// What councils set over the default rules, for every service.
  state::Table<config::v1::CouncilConfig> configs;
  /// Boundaries of wards as they were, by the ward's name and the vintage (F16).
  state::Table<v1::Boundary> vintages;
  /// Areas of other layers, and their boundaries, by name (F15).
  state::Table<v1::Area> areas;
  state::Table<v1::Boundary> area_boundaries;
  /// Where postcodes lie, by the postcode without spaces and the council that says so.
  state::Table<v1::PostcodePoint> postcodes;
  /// Calls of each team that have not ended, by the team's name.
  state::Tally loads;
  /// Information-sharing agreements by name (F58).
  state::Table<v1::Agreement> agreements;

  static std::string VintageKey(absl::string_view ward, absl::string_view vintage) {
    return absl::StrCat(ward, absl::string_view(&state::kPartEnd, 1), vintage);
  }

 private:
  static std::vector<std::string> WardOfCouncillor(const v1::Councillor& councillor) {
    return {absl::StrCat("councils/", CouncilOf(councillor.name()), "/wards/", councillor.ward())};
  }
  static std::vector<std::string> CouncilInTriage(const v1::Placement& placement) {
    if (placement.state() != v1::PLACEMENT_STATE_IN_TRIAGE) return {};
    return {absl::StrCat("councils/", CouncilOf(placement.call()))};
  }
};

}  // namespace ccfa::routing
