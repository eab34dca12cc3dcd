#pragma once

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/core/partition.h"

namespace ccfa::engine {

/// What a service has of each partition: its writer, or its read model. A council has all it needs
/// in one of them.
template <class Part>
class Partitions {
 public:
  explicit Partitions(std::vector<Part*> parts) : parts_(std::move(parts)) {}

  Part& Of(absl::string_view council) const {
    return *parts_[PartitionOf(council, static_cast<int>(parts_.size()))];
  }
  const std::vector<Part*>& all() const { return parts_; }

 private:
  std::vector<Part*> parts_;
};

class Engine;
class Projector;
using Engines = Partitions<Engine>;
using Projectors = Partitions<Projector>;

}  // namespace ccfa::engine
