#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::gateway::console {

/// The fields of a form, or of a query, in their order.
class Posted {
 public:
  /// application/x-www-form-urlencoded. INVALID_ARGUMENT where it is none: too many fields, a bad
  /// escape, bytes that are no UTF-8.
  static absl::StatusOr<Posted> Parse(absl::string_view text);

  void Add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
  }

  /// The first of that name, without blanks around it; empty where there is none.
  std::string Get(absl::string_view name) const;
  /// With the blanks around it: a password's count.
  std::string Exactly(absl::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// As a query has it.
std::string Escaped(absl::string_view text);

}  // namespace ccfa::gateway::console
