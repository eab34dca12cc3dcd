#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::gateway {

/// A path in its parts, decoded: "/v1/councils/E1:retire" is v1, councils, E1 and the verb retire.
struct Path {
  std::vector<std::string> segments;
  std::string verb;
};
/// None where a segment is empty, "." or "..", is badly encoded, or hides a slash or a control
/// character.
std::optional<Path> ParsePath(absl::string_view path);

/// Percent-decodes; none where an escape is no two hexadecimal digits. `plus` is a blank.
std::optional<std::string> Decode(absl::string_view text, bool plus);

/// A path of google.api.http: "/v1/{name=councils/*/calls/*}:accept". One star is any segment, two
/// are one or more, at the end.
class PathTemplate {
 public:
  /// INVALID_ARGUMENT where it is none.
  static absl::StatusOr<PathTemplate> Parse(absl::string_view text);

  /// The fields that a path of this template fills, each with its text.
  using Bound = std::vector<std::pair<std::string, std::string>>;
  std::optional<Bound> Match(const Path& path) const;

  struct Variable {
    /// "name", "ward.name"
    std::string field;
    /// Of the segments it is made of: from the first to before the last.
    size_t begin = 0, end = 0;
  };
  const std::vector<Variable>& variables() const { return variables_; }
  /// Literals, "*" and "**".
  const std::vector<std::string>& segments() const { return segments_; }
  const std::string& verb() const { return verb_; }

 private:
  std::vector<std::string> segments_;
  std::vector<Variable> variables_;
  std::string verb_;
};

}  // namespace ccfa::gateway
