#include "common/calendar/bank_holidays.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/calendar/date.h"

namespace ccfa::calendar {
namespace {

using Json = nlohmann::json;

absl::Status Invalid(absl::string_view path, absl::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", expected));
}

absl::StatusOr<Json> ParseJson(absl::string_view text) {
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    return absl::InvalidArgumentError(absl::StrCat("not JSON: error at byte ", error.byte));
  } catch (const Json::exception&) {
    return absl::InvalidArgumentError("not JSON: a number is out of range");
  }
}

absl::StatusOr<absl::CivilDay> ParseEvent(const Json& event, absl::string_view path) {
  if (!event.is_object()) return Invalid(path, "expected an object");
  std::string date_path = absl::StrCat(path, ".date");
  auto date = event.find("date");
  if (date == event.end() || !date->is_string()) return Invalid(date_path, "expected a string");
  absl::StatusOr<absl::CivilDay> day = ParseDate(date->get_ref<const std::string&>());
  if (!day.ok()) return Invalid(date_path, day.status().message());
  return day;
}

}  // namespace

absl::StatusOr<BankHolidays> BankHolidays::Parse(absl::string_view json,
                                                 absl::string_view division) {
  absl::StatusOr<Json> file = ParseJson(json);
  if (!file.ok()) return file.status();
  if (!file->is_object()) return absl::InvalidArgumentError("expected an object of divisions");
  auto found = file->find(std::string(division));
  if (found == file->end() || !found->is_object()) return Invalid(division, "expected an object");
  std::string events_path = absl::StrCat(division, ".events");
  auto events = found->find("events");
  if (events == found->end() || !events->is_array())
    return Invalid(events_path, "expected an array");
  if (events->empty()) return Invalid(events_path, "expected at least one holiday");
  std::vector<absl::CivilDay> days;
  days.reserve(events->size());
  for (size_t i = 0; i < events->size(); ++i) {
    absl::StatusOr<absl::CivilDay> day =
        ParseEvent((*events)[i], absl::StrCat(events_path, "[", i, "]"));
    if (!day.ok()) return day.status();
    days.push_back(*day);
  }
  return BankHolidays(std::move(days));
}

BankHolidays::BankHolidays(std::vector<absl::CivilDay> days) : days_(std::move(days)) {
  std::sort(days_.begin(), days_.end());
}

bool BankHolidays::Contains(absl::CivilDay day) const {
  return std::binary_search(days_.begin(), days_.end(), day);
}

}  // namespace ccfa::calendar
