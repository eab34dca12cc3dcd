#pragma once

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
  /// May lead to commands.
  kReacts,
};

/// Which events of which topics a service reacts to, by their types.
class Interests {
 public:
  /// A topic's Event message and the names of those of its events that are reacted to.
  template <class Event>
  Interests& Topic(std::initializer_list<absl::string_view> reacted_to) {
    const auto* oneof = Event::descriptor()->oneof_decl(0);
    for (int i = 0; i < oneof->field_count(); ++i) {
      const auto* event = oneof->field(i)->message_type();
      bool reacts = std::find(reacted_to.begin(), reacted_to.end(),
                              absl::string_view(event->name())) != reacted_to.end();
      by_type_[event->full_name()] = reacts ? Interest::kReacts : Interest::kIgnores;
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
