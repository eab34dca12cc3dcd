#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/calendar/calendar.h"

namespace ccfa::scrutiny {

/// Lengths and thresholds of a council (DOMAIN 6 and 7), as data.
struct Policy {
  /// For a referral to get on an agenda when no meeting is known.
  calendar::Length agenda = {28, calendar::Unit::kCalendarDays};
  calendar::Length respond_crime_and_disorder = {28, calendar::Unit::kCalendarDays};
  calendar::Length respond_other_matter = {2, calendar::Unit::kMonths};
  calendar::Length update = {6, calendar::Unit::kMonths};
  calendar::Length warn_before = {5, calendar::Unit::kWorkingDays};
  /// The criteria that a decision must answer in words, by their names in Criteria.
  std::vector<std::string> criteria_asked = {"attempts_made", "partner_informed_and_given_time"};
  /// How long ago a referral may have come to be called recent.
  calendar::Length similar_within = {12, calendar::Unit::kMonths};
  /// The committee considers the partnership at least once in this time (F52).
  calendar::Length consider_partnership = {12, calendar::Unit::kMonths};
  int most_on_agenda = 100;
  int most_recommendations = 100;
  int most_recipients = 20;
  int most_updates = 200;
  /// Notice that an agency gets before an officer of it is to attend (F50).
  calendar::Length attendance_notice = {10, calendar::Unit::kWorkingDays};
  int most_chases = 100;
  int most_similar = 20;
  int most_questions = 50;
  int most_panel = 50;
  int most_committees = 20;
  int most_witnesses = 100;
  int most_requests = 50;
  int most_sessions = 50;
  int most_attending = 100;
  int most_evidence = 100;
  int most_seats = 100;

  calendar::Length Respond(v1::Regime regime) const {
    return regime == v1::REGIME_CRIME_AND_DISORDER ? respond_crime_and_disorder
                                                   : respond_other_matter;
  }
};

/// A council's policy. Every council has the defaults until it can set its own.
inline const Policy& PolicyOf(absl::string_view /*council*/) {
  static const Policy policy;
  return policy;
}

/// The kinds of clock scrutiny runs: a referral's way to an agenda; each recipient's answer to a
/// recommendation, owned by the recipient; the next word on what was accepted; an agency's answer
/// to a request for information or for attendance; a council's duty to consider the partnership.
inline constexpr absl::string_view kAgendaClock = "agenda";
inline constexpr absl::string_view kRespondClock = "respond";
inline constexpr absl::string_view kUpdateClock = "update";
inline constexpr absl::string_view kInformationClock = "information";
inline constexpr absl::string_view kAttendanceClock = "attendance";
inline constexpr absl::string_view kPartnershipClock = "consider-partnership";

}  // namespace ccfa::scrutiny
