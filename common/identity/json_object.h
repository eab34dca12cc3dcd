#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/string_view.h"

namespace ccfa::identity {

/// Text as one JSON object without a member twice, which two readers would read differently, and
/// not nested beyond reason; none otherwise.
std::optional<nlohmann::json> ParseObject(absl::string_view text);

/// A member of exactly that type; none when it is absent or of another.
std::optional<std::string> StringOf(const nlohmann::json& object, const char* member);
std::optional<int64_t> IntegerOf(const nlohmann::json& object, const char* member);

}  // namespace ccfa::identity
