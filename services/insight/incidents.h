#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// A call as analysis counts it: where and in which month it happened.
struct Incident {
  intake::v1::Point point;
  absl::CivilMonth month;
  std::string text;
};

/// A council's calls of a category, or of every one, that have a point and were neither declined
/// nor withdrawn, in the order of their names.
std::vector<Incident> IncidentsOf(const Tables& tables, absl::string_view council,
                                  const std::string& category);

/// "2026-07"; an error says what was expected.
absl::StatusOr<absl::CivilMonth> ParseMonth(absl::string_view month);
/// The same of a request's field: INVALID_ARGUMENT naming it.
absl::Status CheckMonth(absl::string_view field, absl::string_view month);
std::string MonthText(absl::CivilMonth month);

}  // namespace ccfa::insight
