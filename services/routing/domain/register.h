#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// NOT_FOUND unless the council of `name` is registered.
absl::Status CheckCouncil(const Tables& tables, absl::string_view field, absl::string_view name);

/// INVALID_ARGUMENT unless people can know something by this title.
absl::Status CheckTitle(absl::string_view field, absl::string_view title);

/// An area as an answer names it.
v1::AreaHit AreaHitOf(const Tables& tables, absl::string_view area);

/// Whether `known` already says what `asked` does; etags aside.
template <class Row>
bool Same(const std::optional<Row>& known, const Row& asked) {
  if (!known) return false;
  Row plain = *known;
  plain.clear_etag();
  return plain.SerializeAsString() == asked.SerializeAsString();
}

}  // namespace ccfa::routing
