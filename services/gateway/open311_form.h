#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace ccfa::gateway::open311 {

/// A text without what marks parts of it as personal (common/core/marks): whoever reports something
/// elsewhere knows nothing of marks, and means brackets.
std::string WithoutMarks(absl::string_view text);

/// The arguments of a request, of its query and of its form alike.
class Form {
 public:
  static constexpr size_t kLongest = 64 << 10;
  static constexpr size_t kMostArguments = 200;

  /// Adds what is written as application/x-www-form-urlencoded; a line ends with a line feed,
  /// whatever was sent. INVALID_ARGUMENT naming the argument: it is no UTF-8, has a control
  /// character, or is there with two values; or where all of it is too much or badly encoded.
  absl::Status Read(absl::string_view encoded);

  /// Without blanks around it; empty where there is none.
  std::string Get(absl::string_view name) const;
  /// The parts of one, which stand between commas.
  std::vector<std::string> List(absl::string_view name) const;

  /// In the order they came.
  const std::vector<std::pair<std::string, std::string>>& all() const { return arguments_; }

 private:
  absl::Status Add(std::string name, std::string value);

  std::vector<std::pair<std::string, std::string>> arguments_;
};

}  // namespace ccfa::gateway::open311
