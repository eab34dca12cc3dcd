#include "services/gateway/console/posted.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "services/gateway/path_template.h"

namespace ccfa::gateway::console {
namespace {

constexpr size_t kMostFields = 500;

}  // namespace

absl::StatusOr<Posted> Posted::Parse(absl::string_view text) {
  Posted posted;
  for (absl::string_view pair : absl::StrSplit(text, '&', absl::SkipEmpty())) {
    if (posted.fields_.size() == kMostFields) return InvalidField("form", "has too many fields");
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    std::optional<std::string> name = Decode(parts.first, /*plus=*/true);
    std::optional<std::string> value = Decode(parts.second, /*plus=*/true);
    if (!name || !value || !IsUtf8(*name) || !IsUtf8(*value))
      return InvalidField("form", "is not percent-encoded UTF-8");
    posted.fields_.emplace_back(*std::move(name), *std::move(value));
  }
  return posted;
}

std::string Posted::Exactly(absl::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return value;
  }
  return "";
}

std::string Posted::Get(absl::string_view name) const {
  return std::string(absl::StripAsciiWhitespace(Exactly(name)));
}

std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~' || c == '/') {
      escaped += c;
    } else {
      absl::StrAppendFormat(&escaped, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

}  // namespace ccfa::gateway::console
