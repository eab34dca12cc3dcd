#include "services/insight/incidents.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/calendar/date.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"

namespace ccfa::insight {
namespace {

/// As told; otherwise when it was logged.
absl::CivilMonth MonthOf(const v1::StoryRow& row) {
  const std::string& happened = row.intake().details().happened();
  absl::StatusOr<absl::CivilMonth> month = ParseMonth(happened.substr(0, 7));
  return month.ok() ? *month
                    : absl::CivilMonth(absl::ToCivilDay(FromProto(row.intake().log_time()),
                                                        absl::UTCTimeZone()));
}

bool Counts(const v1::StoryRow& row) {
  return row.intake().details().place().has_point() &&
         row.intake().state() != intake::v1::CALL_STATE_DECLINED &&
         row.intake().state() != intake::v1::CALL_STATE_WITHDRAWN;
}

}  // namespace

std::vector<Incident> IncidentsOf(const Tables& tables, absl::string_view council,
                                  const std::string& category) {
  std::vector<std::pair<std::string, Incident>> named;
  auto take = [&](absl::string_view, const v1::StoryRow& row) {
    const auto& place = row.intake().details().place();
    if (Counts(row)) named.push_back({row.name(), {place.point(), MonthOf(row), place.text()}});
    return true;
  };
  if (category.empty()) {
    tables.stories.Scan(absl::StrCat("councils/", council, "/calls/"), "", take);
  } else {
    tables.stories.ScanIndex(kStoriesByCell, absl::StrCat(council, "/", category, "/"), "", take);
  }
  std::sort(named.begin(), named.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Incident> incidents;
  for (auto& [name, incident] : named) incidents.push_back(std::move(incident));
  return incidents;
}

absl::StatusOr<absl::CivilMonth> ParseMonth(absl::string_view month) {
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(absl::StrCat(month, "-01"));
  if (day.ok() && month.size() == 7) return absl::CivilMonth(*day);
  return absl::InvalidArgumentError(
      absl::StrCat("expected a month as \"2026-07\", got \"", month, "\""));
}

absl::Status CheckMonth(absl::string_view field, absl::string_view month) {
  absl::Status status = ParseMonth(month).status();
  return status.ok() ? status : InvalidField(field, status.message());
}

std::string MonthText(absl::CivilMonth month) {
  return absl::StrFormat("%04d-%02d", month.year(), month.month());
}

}  // namespace ccfa::insight
