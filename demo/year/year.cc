#include "demo/year/year.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/core/names.h"
#include "common/core/refusal.h"
#include "demo/year/crowd.h"
#include "demo/year/stories.h"
#include "tests/support/calendar.h"

namespace ccfa::year {
namespace {

using test_support::EnglandAndWales;
using test_support::London;

constexpr absl::CivilDay kFirstDay(2026, 1, 5);
/// What comes later has no time left to be seen.
constexpr absl::CivilDay kLastCallDay(2026, 12, 11);

/// How likely a kind of call is in a month, in percent: noise is of the summer, lamps of the
/// winter.
int LikelihoodOf(const std::string& category, int month) {
  const bool summer = month >= 5 && month <= 9;
  if (category == "lighting" || category == "dangerous-junction") return summer ? 35 : 100;
  if (category == "fly-tipping" || category == "litter") return summer ? 80 : 60;
  return summer ? 100 : 45;
}

}  // namespace

Year::Year(Town& town, const Plan& plan)
    : town_(town), chance_(plan.seed), places_(CCFA_DEMO, town), crowd_(DrawCrowd(plan.calls)) {}

absl::CivilDay Year::Today() const {
  return EnglandAndWales().DayOf(town_.Now());
}

Diary::Waiting Year::On(absl::CivilDay day) {
  while (!EnglandAndWales().IsWorkingDay(day)) ++day;
  absl::Time nine = London(static_cast<int>(day.year()), day.month(), day.day(), 9);
  return diary_.Until(std::max(nine + absl::Minutes(Below(8 * 60)), town_.Now()));
}

void Year::Expect(const std::string& reason, const std::string& came) {
  EXPECT_EQ(came, reason);
  ++refusals_[came];
}

void Year::NoteRefusal(const absl::Status& refusal) {
  ++refusals_[ReasonOf(refusal)];
}

const Council& Year::CouncilWith(const std::string& name) const {
  return places_.Of(absl::StrCat("councils/", CouncilOf(name)));
}

absl::CivilDay Year::DrawDay(const std::string& category) {
  while (true) {
    absl::CivilDay day = kFirstDay + Below(static_cast<int>(kLastCallDay - kFirstDay) + 1);
    if (!EnglandAndWales().IsWorkingDay(day)) continue;
    if (Happens(LikelihoodOf(category, day.month()))) return day;
  }
}

std::vector<Row> Year::DrawCrowd(int calls) {
  std::vector<Row> crowd;
  for (int i = 0; i < calls; ++i) {
    const int known = static_cast<int>(places_.rows().size());
    // Each row once; then a tenth of the places come again and again.
    const int drawn = i < known ? i : Below((known + 9) / 10) * 10;
    Row row = places_.rows()[static_cast<size_t>(drawn)];
    row.day = DrawDay(row.details.category());
    row.details.set_happened(absl::FormatCivilTime(row.day - 1 - Below(12)));
    for (intake::v1::Attempt& tried : *row.details.mutable_tried()) {
      tried.set_date(absl::FormatCivilTime(row.day - 14 - Below(60)));
    }
    crowd.push_back(std::move(row));
  }
  std::stable_sort(crowd.begin(), crowd.end(),
                   [](const Row& a, const Row& b) { return a.day < b.day; });
  return crowd;
}

void Year::Live() {
  LiveAsACrowd(*this);
  TellStories(*this);
  const absl::Time end = London(2026, 12, 31, 18);
  for (absl::Time next = diary_.Next(); next <= end; next = diary_.Next()) {
    town_.LiveUntil(next);
    diary_.GoOn();
  }
  town_.LiveUntil(end);
}

}  // namespace ccfa::year
