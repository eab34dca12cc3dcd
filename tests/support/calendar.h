#pragma once

#include "absl/time/time.h"
#include "common/calendar/calendar.h"

namespace ccfa::test_support {

/// England and Wales, with the bank holidays of demo/bank-holidays.json.
const calendar::Calendar& EnglandAndWales();

/// An instant by London's clocks.
absl::Time London(int year, int month, int day, int hour = 0, int minute = 0);

}  // namespace ccfa::test_support
