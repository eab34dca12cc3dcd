#include "services/scrutiny/domain/threshold.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/config/clock_rule.h"

namespace ccfa::scrutiny {
namespace {

/// The last day that is `length` or less after `day`.
absl::CivilDay LastDayWithin(absl::CivilDay day, calendar::Length length,
                             const calendar::Calendar& calendar) {
  absl::Time noon = absl::FromCivil(day, absl::UTCTimeZone()) + absl::Hours(12);
  return calendar.DayOf(calendar.Due(noon, length)) - 1;
}

/// Why a complaint does not qualify; empty: it does.
std::string FaultOf(const v1::Complaint& complaint, absl::CivilDay applied,
                    const config::v1::CaseReviewThreshold& threshold,
                    const calendar::Calendar& calendar) {
  absl::StatusOr<absl::CivilDay> behaviour = calendar::ParseDate(complaint.behaviour_date());
  absl::StatusOr<absl::CivilDay> made = calendar::ParseDate(complaint.complaint_date());
  if (!behaviour.ok() || !made.ok()) return "its days are not known";
  if (*made < *behaviour) return "it was made before the behaviour";
  if (*made > applied) return "it was made after the application";
  if (*made > LastDayWithin(*behaviour, config::LengthOf(threshold.made_within()), calendar)) {
    return absl::StrCat("it was made more than ", threshold.made_within(), " after the behaviour");
  }
  if (applied > LastDayWithin(*made, config::LengthOf(threshold.within()), calendar)) {
    return absl::StrCat("it was made more than ", threshold.within(), " before the application");
  }
  return "";
}

}  // namespace

v1::ThresholdFinding ThresholdOf(const v1::CaseReviewApplication& application,
                                 absl::CivilDay applied, const Policy& policy,
                                 const calendar::Calendar& calendar) {
  const config::v1::CaseReviewThreshold& threshold = policy.case_review_threshold();
  v1::ThresholdFinding finding;
  std::set<std::pair<std::string, std::string>> seen;
  for (const v1::Complaint& complaint : application.complaints()) {
    std::string fault = FaultOf(complaint, applied, threshold, calendar);
    // Incidents are separate: the same day told to the same body again is the same one.
    if (fault.empty() && !seen.emplace(complaint.behaviour_date(), complaint.to()).second) {
      fault = "it is about an incident that is counted already";
    }
    if (fault.empty()) finding.set_qualifying(finding.qualifying() + 1);
    finding.add_reasons(absl::StrCat(
        "of ", complaint.behaviour_date(), ", complained of on ", complaint.complaint_date(), ": ",
        fault.empty() ? "qualifies" : absl::StrCat("does not qualify, ", fault)));
  }
  bool enough = finding.qualifying() >= threshold.complaints();
  bool many = threshold.people() > 0 && application.people() >= threshold.people();
  finding.set_met(enough || many);
  finding.add_reasons(absl::StrCat(finding.qualifying(), " complaints qualify, of ",
                                   threshold.complaints(), " that are needed"));
  if (threshold.people() > 0) {
    finding.add_reasons(absl::StrCat(application.people(), " people complained, of ",
                                     threshold.people(), " that are enough by themselves"));
  }
  return finding;
}

}  // namespace ccfa::scrutiny
