#include "services/gateway/open311_form.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "services/gateway/path_template.h"

namespace ccfa::gateway::open311 {
namespace {

bool HasControl(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
}

/// attribute[code][] may have several values.
bool IsList(absl::string_view name) {
  return absl::EndsWith(name, "[]");
}

}  // namespace

std::string WithoutMarks(absl::string_view text) {
  std::string without;
  for (char c : text) {
    if ((c == '[' || c == ']') && absl::EndsWith(without, std::string(1, c))) without += ' ';
    without += c;
  }
  return without;
}

absl::Status Form::Add(std::string name, std::string value) {
  if (name.empty() || !IsUtf8(name) || HasControl(name) || absl::StrContains(name, '\n'))
    return InvalidField("arguments", "one has a name that is no text");
  if (!IsUtf8(value)) return InvalidField(name, "is not UTF-8");
  // As a browser's text areas send them.
  value = absl::StrReplaceAll(value, {{"\r\n", "\n"}, {"\r", "\n"}});
  if (HasControl(value)) return InvalidField(name, "has a control character; leave it out");
  for (const auto& [known, other] : arguments_) {
    if (known != name || IsList(name)) continue;
    // Some clients send the same in the query and in the form.
    return other == value ? absl::OkStatus() : InvalidField(name, "is there with two values");
  }
  if (arguments_.size() == kMostArguments)
    return InvalidField("arguments", absl::StrCat("are more than ", kMostArguments));
  arguments_.emplace_back(std::move(name), std::move(value));
  return absl::OkStatus();
}

absl::Status Form::Read(absl::string_view encoded) {
  if (encoded.size() > kLongest)
    return InvalidField("arguments", absl::StrCat("are more than ", kLongest, " bytes"));
  for (absl::string_view pair : absl::StrSplit(encoded, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    std::optional<std::string> name = Decode(parts.first, /*plus=*/true);
    std::optional<std::string> value = Decode(parts.second, /*plus=*/true);
    if (!name || !value) return InvalidField("arguments", "are not percent-encoded");
    if (absl::Status added = Add(*std::move(name), *std::move(value)); !added.ok()) return added;
  }
  return absl::OkStatus();
}

std::string Form::Get(absl::string_view name) const {
  for (const auto& [known, value] : arguments_) {
    if (known == name) return std::string(absl::StripAsciiWhitespace(value));
  }
  return "";
}

std::vector<std::string> Form::List(absl::string_view name) const {
  std::vector<std::string> parts;
  for (absl::string_view part : absl::StrSplit(Get(name), ',')) {
    part = absl::StripAsciiWhitespace(part);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace ccfa::gateway::open311
