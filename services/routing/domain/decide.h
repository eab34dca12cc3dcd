#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "common/engine/command.h"
#include "common/engine/service_rules.h"
#include "common/geo/area_map.h"
#include "services/routing/domain/ward_map.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

using engine::Context;
using v1::Event;

/// Who is registered where, and where a call goes (DOMAIN 1 and 3). Pure; an Event that is not set
/// means that all is as asked already. The refusals stand in proto/ccfa/routing/v1/routing.proto.
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterCouncilRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ConfigureCouncilRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterWardRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RetireWardRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterAreaRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterPostcodesRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterAgencyRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordAgreementRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RegisterCouncillorRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CreateTeamRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ChangeTeamRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AssignCallRequest&, const Context&);

/// An accepted call looks for its ward and team: CallRouted, or CallTriaged with the reason. Total:
/// every call ends up in one of the two.
struct PlaceCall {
  std::string name;
  intake::v1::CallDetails details;
  /// The wards of its partition, as they are when the call is placed.
  const geo::AreaMap* map;
  /// The areas of its partition's other layers; null where there are none.
  const geo::AreaMap* areas = nullptr;
  /// Those of the other partitions, as far as they are known; null where there are none.
  const Atlas* atlas = nullptr;
};
/// A withdrawn call needs no place any more.
struct ReleaseCall {
  std::string name;
  std::string reason;
};
/// Its team has done with it.
struct EndCall {
  std::string name;
};
/// It is not fixed: its team has it again.
struct ResumeCall {
  std::string name;
};
absl::StatusOr<Event> Decide(const Tables&, const PlaceCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ReleaseCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const EndCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ResumeCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&);

}  // namespace ccfa::routing
