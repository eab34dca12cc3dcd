#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa {

/// Who asks: "councillor:okafor", "coordinator:lee", "officer:reid@police", "scrutiny:hart",
/// "tasking:ward", "administrator:root", "analyst:wu", "partner:fix-it", "system:sara". Taken from
/// the request's metadata until services verify identity themselves.
struct Actor {
  std::string role;
  std::string id;
  /// An officer's agency, by its id; empty for everybody else.
  std::string agency;

  std::string ToString() const;
};

/// INVALID_ARGUMENT naming the metadata `ccfa-actor` when absent or of another form.
absl::StatusOr<Actor> ParseActor(absl::string_view text);

}  // namespace ccfa
