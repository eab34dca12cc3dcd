#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/core/actor.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"

namespace ccfa::engine {

/// Writes down what somebody administers outside of the rules, in the journal of the council that
/// it concerns. Thread-safe.
class Acts {
 public:
  /// The writers of a process, of every partition of each topic; they outlive it.
  explicit Acts(const std::vector<Engine*>& engines);

  /// Durable when it is OK, which it waits for: whatever is written down is done after that. Stands
  /// in `topic`, or in whichever takes commands here. UNAVAILABLE when none does, as a process that
  /// owns the council's part elsewhere would have to. What is exported of a council that has
  /// nothing in the topic is nothing, and is not written down.
  absl::Status Record(const Actor& who, const record::v1::ActRecorded& act,
                      absl::string_view topic = "") const;

 private:
  absl::StatusOr<Engine*> Find(absl::string_view council, absl::string_view topic) const;

  std::map<std::string, Engines> by_topic_;
};

}  // namespace ccfa::engine
