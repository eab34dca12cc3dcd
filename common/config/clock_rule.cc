#include "common/config/clock_rule.h"

namespace ccfa::config {

calendar::Length LengthOf(absl::string_view words) {
  return words.empty() ? calendar::Length()
                       : calendar::ParseLength(words).value_or(calendar::Length());
}

ClockRule RuleOf(const v1::ClockRule& rule) {
  return {LengthOf(rule.length()), LengthOf(rule.warn_before())};
}

}  // namespace ccfa::config
