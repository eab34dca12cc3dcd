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
  # So long after its end a call's caller is kept; then they are erased: "72 months". Counts for
  # calls that end while it is set. Empty: until somebody erases them.
  retention {}
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
  # A team with so many calls that have not ended gets no more: they wait in triage. 0: no limit.
  most_calls_a_team: 0
}

sara {
  # For a team to get through a stage; the problem is raised when it runs out.
  stage { length: "28 days" warn_before: "2 working days" }
  # For an agency's officer to accept an action or decline it; raised when it runs out.
  accept_action { length: "5 working days" warn_before: "2 working days" }
  # The officer of an accepted action is reminded so long before it is due.
  action_due_warn_before: "2 working days"
  # Sources of different kinds that analysis needs before a response.
  least_sources: 2
  # How long an accepted action may be overdue; the problem is raised when it runs out.
  overdue_action { length: "10 working days" warn_before: "2 working days" }
  # A solved problem is watched so long: a call of its category so near one of its calls, in metres,
  # brings it back. Back so often, it is raised.
  watch { length: "6 months" warn_before: "2 working days" }
  recurrence { within_m: 250 raise_after: 2 }
  # The threshold of an ASB case review: so many complaints within six months, each made within a
  # month of the behaviour.
  case_review {
    complaints: 3
    made_within: "1 month"
    within: "6 months"
    categories: ["anti-social-behaviour", "vehicle-nuisance", "noise"]
  }
  # A team must answer in words when more than this share of the calls behind its priorities, of at
  # least so many, comes from one councillor or one place.
  representativeness { most_share_percent: 50 least_calls: 4 }
}

scrutiny {
  # For a referral to get on an agenda when no meeting is known.
  agenda { length: "28 days" warn_before: "5 working days" }
  # For a recipient to answer a recommendation.
  respond_crime_and_disorder { length: "28 days" warn_before: "5 working days" }
  respond_other_matter { length: "2 months" warn_before: "5 working days" }
  # For the next word on a recommendation that was accepted.
  update { length: "6 months" warn_before: "5 working days" }
  # The criteria that a decision on a referral must answer.
  criteria_asked: [ "attempts_made", "partner_informed_and_given_time" ]
  # How long ago a referral came that a decision still shows as a similar one.
  similar_within: "12 months"
  # For the committee to consider the community safety partnership again.
  consider_partnership { length: "12 months" warn_before: "1 month" }
  # Notice that an agency gets before an officer of it is to attend.
  attendance_notice: "10 working days"
  # An agency is reminded so long before the day by which it was asked for something.
  request_warn_before: "2 working days"
  # To acknowledge an application for an ASB case review, and to decide it; the second stands still
  # while the applicant is asked.
  case_review_acknowledge { length: "3 working days" warn_before: "1 working day" }
  case_review_decide { length: "15 working days" warn_before: "3 working days" }
  # So many complaints, each made in time after the behaviour and not too long before the
  # application; or so many different people who complained (0: never enough alone).
  case_review_threshold {
    complaints: 3
    made_within: "1 month"
    within: "6 months"
    people: 5
  }
  # For an appeal against a case review's decision or result.
  case_review_appeal_within: "20 working days"
}

analysis {
  # Incidents that a target needs before the response, for a change to say anything.
  least_before: 20
  # So many metres around a target are its ring, where the problem may have moved.
  ring_m: 250
}

publication {
  # Groups of fewer calls are not published: what is too few is shown less finely, or not at all. It
  # is what stands here a month after a quarter that counts for that quarter's figures.
  fewest_calls: 5
  # A published point is the middle of a square of the map with sides of so many metres.
  square_m: 1000
  # Categories that are published by name; every other one is "other".
  categories: [
    "anti-social-behaviour", "dangerous-junction", "drug-dealing", "fly-tipping", "graffiti",
    "lighting", "litter", "noise", "street-drinking", "vehicle-nuisance"
  ]
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
