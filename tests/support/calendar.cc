#include "tests/support/calendar.h"

#include <fstream>
#include <sstream>

#include "common/calendar/bank_holidays.h"

namespace ccfa::test_support {
namespace {

calendar::Calendar Load() {
  std::ifstream file(CCFA_DEMO "/bank-holidays.json", std::ios::binary);
  std::stringstream json;
  json << file.rdbuf();
  // A missing file ends the test here: every clock of every test would be wrong.
  return calendar::Calendar::Create(
             calendar::BankHolidays::Parse(json.str(), "england-and-wales").value())
      .value();
}

}  // namespace

const calendar::Calendar& EnglandAndWales() {
  static const calendar::Calendar calendar = Load();
  return calendar;
}

absl::Time London(int year, int month, int day, int hour, int minute) {
  static const absl::TimeZone zone = [] {
    absl::TimeZone london;
    absl::LoadTimeZone("Europe/London", &london);
    return london;
  }();
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), zone);
}

}  // namespace ccfa::test_support
