#pragma once

#include <string>

#include "absl/strings/str_replace.h"
#include "common/config/changes.h"
#include "common/config/policy.h"
#include "common/core/names.h"

namespace ccfa::config {

/// A council's own rules of one service, as its register says them from now on.
template <class Rules>
struct Configure {
  std::string council;
  Rules rules;
};

/// The event that takes them up in a service, with the clocks that run otherwise from now on; one
/// that is not set when they are the service's already.
template <class Event, class Rules>
Event Configured(const state::Table<Rules>& own, const Configure<Rules>& asked,
                 const Rules& defaults) {
  Event event;
  auto known = own.Get(asked.council);
  if (known && known->SerializeAsString() == asked.rules.SerializeAsString()) return event;
  Rules after = defaults;
  SetOver(after, asked.rules);
  auto& configured = *event.mutable_council_configured();
  configured.set_name(asked.council);
  *configured.mutable_rules() = asked.rules;
  for (std::string& rule : ChangedClocks(*RulesOf(own, CouncilOf(asked.council), defaults), after))
    configured.add_clocks(std::move(rule));
  return event;
}

/// The kind of clock that a rule is for, where it is called as its rule is: "accept-action".
inline std::string KindOf(absl::string_view rule) {
  return absl::StrReplaceAll(rule, {{"_", "-"}});
}

}  // namespace ccfa::config
