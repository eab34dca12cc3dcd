#pragma once

#include <memory>

#include "absl/strings/string_view.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// A council's rules for places and teams (DOMAIN 1 and 3).
using Policy = config::v1::RoutingRules;

inline std::shared_ptr<const Policy> PolicyOf(const Tables& tables, absl::string_view council) {
  auto own = tables.configs.Get(absl::StrCat("councils/", council));
  const Policy& defaults = config::Defaults().routing();
  if (!own) return {std::shared_ptr<const Policy>(), &defaults};
  auto policy = std::make_shared<Policy>(defaults);
  config::SetOver(*policy, own->routing());
  return policy;
}

/// Bounds.
inline constexpr int kMostMembers = 60;
/// Areas of other layers that one call is in.
inline constexpr int kMostAreas = 20;

}  // namespace ccfa::routing
