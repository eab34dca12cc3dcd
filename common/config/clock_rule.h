#pragma once

#include "ccfa/config/v1/config.pb.h"
#include "common/calendar/length.h"

namespace ccfa::config {

/// How long a kind of clock runs, and how long before its end it warns; 0: it does not.
struct ClockRule {
  calendar::Length length;
  calendar::Length warn_before;
};

/// A council's rule, which was checked when it was set: words that are no length count as 0 days.
ClockRule RuleOf(const v1::ClockRule& rule);
calendar::Length LengthOf(absl::string_view words);

}  // namespace ccfa::config
