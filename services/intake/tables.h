#pragma once

#include <string>
#include <vector>

#include "ccfa/config/v1/config.pb.h"
#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/engine/clocks.h"
#include "common/state/name_set.h"
#include "common/state/numbering.h"
#include "common/state/rows.h"
#include "common/state/table.h"
#include "services/intake/parked_calls.h"

namespace ccfa::intake {

inline constexpr char kCouncillorsByWard = 'w';
inline constexpr char kAgreementsByAgency = 'y';

/// Index key of a councillor: the ward, as "E08000012/E05000887".
std::vector<std::string> WardKeys(const v1::CouncillorKnown& councillor);

/// And of an agreement: the agency.
std::vector<std::string> AgencyKeys(const v1::AgreementKnown& agreement);

/// Intake's whole state. The bytes name the tables in storage and outlive their names here.
struct Tables {
  explicit Tables(state::Rows& rows)
      : clocks(rows),
        calls(rows, 'c'),
        known(rows, 'k'),
        numbering(rows, 'n'),
        rules(rows, 'f'),
        parked(rows),
        councillors(rows, 'o', {{kCouncillorsByWard, &WardKeys}}),
        agreements(rows, 'm', {{kAgreementsByAgency, &AgencyKeys}}),
        erased(rows, 'e') {}

  engine::Clocks clocks;
  /// Calls by resource name.
  state::Table<v1::Call> calls;
  /// The councils and wards that calls may be logged for.
  state::NameSet known;
  state::Numbering numbering;
  /// What councils set over the default rules, by the council's name.
  state::Table<config::v1::IntakeRules> rules;
  ParkedCalls parked;
  /// Who represents which ward, by resource name; the row is the last event about them.
  state::Table<v1::CouncillorKnown> councillors;
  /// What agencies may see of callers, by the agreement's name.
  state::Table<v1::AgreementKnown> agreements;
  /// The keys that are destroyed, by name: wherever one turns up again, it is destroyed again.
  state::Table<v1::CallerErased> erased;
};

}  // namespace ccfa::intake
