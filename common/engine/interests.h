#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::engine {

enum class Interest {
  /// Written by a later build: the topic is not read on.
  kUnknown,
  /// Known, and leads to nothing: passed over without being decoded.
  kIgnores,
  /// May lead to commands, of its own council.
  kReacts,
  /// May lead to commands of other councils too, which may be in other partitions.
  kCrosses,
};

/// Which events of which topics a service reacts to, by their types.
class Interests {
 public:
  /// A topic's Event message and the names of those of its events that are reacted to, and of those
  /// that cross to other councils.
  template <class Event>
  Interests& Topic(std::initializer_list<absl::string_view> reacted_to,
                   std::initializer_list<absl::string_view> crossing = {}) {
    auto has = [](std::initializer_list<absl::string_view> names, const std::string& name) {
      return std::find(names.begin(), names.end(), absl::string_view(name)) != names.end();
    };
    const auto* oneof = Event::descriptor()->oneof_decl(0);
    for (int i = 0; i < oneof->field_count(); ++i) {
      const auto* event = oneof->field(i)->message_type();
      by_type_[event->full_name()] = has(crossing, event->name())     ? Interest::kCrosses
                                     : has(reacted_to, event->name()) ? Interest::kReacts
                                                                      : Interest::kIgnores;
    }
    return *this;
  }

  Interest In(absl::string_view type) const {
    auto found = by_type_.find(type);
    return found == by_type_.end() ? Interest::kUnknown : found->second;
  }

 private:
  absl::flat_hash_map<std::string, Interest> by_type_;
};

}  // namespace ccfa::engine
