#pragma once

#include <optional>
#include <string>

#include "services/gateway/console/commands.h"
#include "services/gateway/console/visit.h"

namespace ccfa::gateway::console {

/// The form of a command on the thing a visit is about, with what was posted, if anything.
Page CommandPage(const Command& command, const Visit& visit, const Posted& posted);

/// What came of a posted command.
struct Outcome {
  /// What to look at before it is done; nothing was done then.
  std::optional<Page> look = {};
  /// Where to go on: what it was done to, or what it made.
  std::string path = {};
  /// What the person should be told at once.
  std::string advice = {};
};
/// Does it, or shows what to look at first; a refusal as the service, or the form's own reading,
/// gave it.
absl::StatusOr<Outcome> Do(const Command& command, const Visit& visit, const Posted& posted);

/// The page that answers a refused command: its form again, with what was typed and what is wrong.
Page RefusedPage(const Command& command, const Visit& visit, const Posted& posted,
                 const absl::Status& refusal);

}  // namespace ccfa::gateway::console
