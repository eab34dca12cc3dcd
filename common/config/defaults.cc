#include "common/config/defaults.h"

#include <cstdlib>

#include "google/protobuf/text_format.h"

namespace ccfa::config {
namespace {

constexpr char kDefaults[] = R"(# A council's rules. What is left out is as it stands here.
#
# Lengths are "5 working days", "28 days", "2 weeks" or "2 months". A working day is a Monday to
# Friday that is no bank holiday; a clock ends with its last day, Europe/London.

name: "councils/E08900001"

intake {
  # To tell the caller that their call was received.
  acknowledge { length: "5 working days" warn_before: "1 working day" }
  # To accept, decline or refer a call. Stands still while information is awaited.
  screen { length: "10 working days" warn_before: "1 working day" }
  # Wording that gets told to ring 999, in lower case. The call is recorded all the same.
  emergency_wording: [
    "being attacked", "is attacking", "has a knife", "has a gun", "with a knife", "with a gun",
    "on fire now", "unconscious", "not breathing", "in danger now", "being stabbed",
    "breaking in now"
  ]
  # Calls of one category so near each other, and so few days apart, are suggested as duplicates.
  duplicates { public_m: 250 staff_m: 1000 days: 92 }
  # For the councillor to appeal a ruling that a call is vexatious, discriminatory or not reasonable.
  appeal { length: "20 working days" warn_before: "1 working day" }
  # For somebody who took no part to decide that appeal.
  decide_appeal { length: "15 working days" warn_before: "1 working day" }
  # For the councillor to tell the caller, in matters of crime and disorder, what they will do. Empty:
  # there is no such duty.
  councillor_answer {}
  # So long after its end a call may be reported as not fixed.
  not_fixed_within: "6 months"
  # So many calls of one category, so near each other and so few days apart, are no one-offs: those
  # that were parked come back.
  parking { within_m: 250 within_days: 180 pattern: 3 }
  # What the parts of the harm weigh beside each other, 0 to 10.
  harm { frequency: 1 impact: 2 vulnerability: 2 escalation: 1 support: 1 }
}

routing {
  # A point nearer to its ward's edge than this is flagged for a person to look.
  near_edge_m: 10
  # How many priorities a team holds at once.
  least_priorities: 3
  most_priorities: 5
}

sara {
  # For a team to get through a stage; the problem is raised when it runs out.
  stage { length: "28 days" warn_before: "2 working days" }
  # For an agency's officer to accept an action or decline it; raised when it runs out.
  accept_action { length: "5 working days" warn_before: "2 working days" }
  # The officer of an accepted action is reminded so long before it is due.
  action_due_warn_before: "2 working days"
  # Sources that analysis needs before a response.
  least_sources: 2
}

scrutiny {
  # For a referral to get on an agenda when no meeting is known.
  agenda { length: "28 days" warn_before: "5 working days" }
  # For a recipient to answer a recommendation.
  respond_crime_and_disorder { length: "28 days" warn_before: "5 working days" }
  respond_other_matter { length: "2 months" warn_before: "5 working days" }
  # For the next word on a recommendation that was accepted.
  update { length: "6 months" warn_before: "5 working days" }
}
)";

v1::CouncilConfig Parsed() {
  v1::CouncilConfig config;
  if (!google::protobuf::TextFormat::ParseFromString(kDefaults, &config)) std::abort();
  return config;
}

}  // namespace

const v1::CouncilConfig& Defaults() {
  static const auto* const defaults = new v1::CouncilConfig(Parsed());
  return *defaults;
}

absl::string_view DefaultsText() {
  return kDefaults;
}

}  // namespace ccfa::config
