#include "services/gateway/path_template.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace ccfa::gateway {
namespace {

constexpr char kAny[] = "*", kRest[] = "**";

int HexDigit(char c) {
  if (absl::ascii_isdigit(c)) return c - '0';
  const char lower = absl::ascii_tolower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsPlain(absl::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::none_of(segment.begin(), segment.end(), [](char c) {
           return c == '/' || absl::ascii_iscntrl(static_cast<unsigned char>(c));
         });
}

absl::Status NoTemplate(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is no path of google.api.http"));
}

/// Takes the verb off the end.
std::string TakeVerb(absl::string_view& path) {
  const size_t colon = path.rfind(':');
  if (colon == absl::string_view::npos || path.find_first_of("/}", colon) != path.npos) return "";
  std::string verb(path.substr(colon + 1));
  path = path.substr(0, colon);
  return verb;
}

}  // namespace

std::optional<std::string> Decode(absl::string_view text, bool plus) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size() || HexDigit(text[i + 1]) < 0 || HexDigit(text[i + 2]) < 0)
        return std::nullopt;
      decoded.push_back(static_cast<char>(HexDigit(text[i + 1]) << 4 | HexDigit(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(plus && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return decoded;
}

std::optional<Path> ParsePath(absl::string_view text) {
  if (text.empty() || text[0] != '/') return std::nullopt;
  text.remove_prefix(1);
  Path path;
  path.verb = TakeVerb(text);
  for (absl::string_view part : absl::StrSplit(text, '/')) {
    std::optional<std::string> segment = Decode(part, /*plus=*/false);
    if (!segment || !IsPlain(*segment)) return std::nullopt;
    path.segments.push_back(*std::move(segment));
  }
  return path;
}

absl::StatusOr<PathTemplate> PathTemplate::Parse(absl::string_view text) {
  PathTemplate parsed;
  absl::string_view rest = text;
  parsed.verb_ = TakeVerb(rest);
  while (!rest.empty()) {
    if (rest[0] != '/') return NoTemplate(text);
    rest.remove_prefix(1);
    if (!rest.empty() && rest[0] == '{') {
      const size_t close = rest.find('}');
      if (close == rest.npos) return NoTemplate(text);
      const std::vector<std::string> parts = absl::StrSplit(rest.substr(1, close - 1), '=');
      const size_t begin = parsed.segments_.size();
      for (absl::string_view part : absl::StrSplit(parts.size() > 1 ? parts[1] : kAny, '/'))
        parsed.segments_.emplace_back(part);
      parsed.variables_.push_back({parts[0], begin, parsed.segments_.size()});
      rest.remove_prefix(close + 1);
    } else {
      const size_t slash = std::min(rest.find('/'), rest.size());
      parsed.segments_.emplace_back(rest.substr(0, slash));
      rest.remove_prefix(slash);
    }
  }
  for (size_t i = 0; i < parsed.segments_.size(); ++i) {
    if (parsed.segments_[i].empty() ||
        (parsed.segments_[i] == kRest && i + 1 < parsed.segments_.size())) {
      return NoTemplate(text);
    }
  }
  if (parsed.segments_.empty()) return NoTemplate(text);
  return parsed;
}

std::optional<PathTemplate::Bound> PathTemplate::Match(const Path& path) const {
  const bool takes_rest = segments_.back() == kRest;
  if (path.verb != verb_ || path.segments.size() < segments_.size() ||
      (!takes_rest && path.segments.size() > segments_.size())) {
    return std::nullopt;
  }
  for (size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i] != kAny && segments_[i] != kRest && segments_[i] != path.segments[i])
      return std::nullopt;
  }
  Bound bound;
  for (const Variable& variable : variables_) {
    const bool to_the_end = takes_rest && variable.end == segments_.size();
    bound.emplace_back(
        variable.field,
        absl::StrJoin(path.segments.begin() + variable.begin,
                      to_the_end ? path.segments.end() : path.segments.begin() + variable.end,
                      "/"));
  }
  return bound;
}

}  // namespace ccfa::gateway
