#include "common/core/names.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"

namespace ccfa {

absl::string_view CouncilOf(absl::string_view name) {
  constexpr absl::string_view kPrefix = "councils/";
  if (!absl::StartsWith(name, kPrefix)) return {};
  name.remove_prefix(kPrefix.size());
  return name.substr(0, name.find('/'));
}

bool IsId(absl::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
  });
}

absl::Status CheckName(absl::string_view field, absl::string_view name, absl::string_view pattern) {
  auto expected = [&] {
    return InvalidField(field, absl::StrCat("expected a name like ", pattern, ", got \"",
                                            name.substr(0, 80), "\""));
  };
  absl::string_view rest = name;
  for (absl::string_view part : absl::StrSplit(pattern, '/')) {
    size_t slash = rest.find('/');
    absl::string_view segment = rest.substr(0, slash);
    if (part == "*" ? !IsId(segment) : segment != part) return expected();
    rest = slash == absl::string_view::npos ? absl::string_view() : rest.substr(slash + 1);
  }
  bool as_many =
      std::count(name.begin(), name.end(), '/') == std::count(pattern.begin(), pattern.end(), '/');
  return as_many ? absl::OkStatus() : expected();
}

absl::string_view LastId(absl::string_view name) {
  size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

absl::string_view ParentOf(absl::string_view name) {
  size_t slash = name.rfind('/');
  if (slash == absl::string_view::npos || slash == 0) return {};
  slash = name.rfind('/', slash - 1);
  return slash == absl::string_view::npos ? absl::string_view() : name.substr(0, slash);
}

}  // namespace ccfa
