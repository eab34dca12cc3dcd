#include "services/gateway/console/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"

namespace ccfa::gateway::console {
namespace {

std::string InLondon(const google::protobuf::Timestamp& time, const char* format) {
  if (time.seconds() == 0) return "";
  static const absl::TimeZone london = [] {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/London", &zone);
    return zone;
  }();
  return absl::FormatTime(format, FromProto(time), london);
}

/// "STORY_STATE_", of an enum called StoryState.
std::string PrefixOf(const google::protobuf::EnumDescriptor& type) {
  return std::string(absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED"));
}

std::string Sentence(std::string words) {
  words = absl::AsciiStrToLower(words);
  if (!words.empty()) words[0] = absl::ascii_toupper(words[0]);
  return words;
}

}  // namespace

std::string WhenOf(const google::protobuf::Timestamp& time) {
  return InLondon(time, "%-d %B %Y at %H:%M");
}

std::string DayOf(const google::protobuf::Timestamp& time) {
  return InLondon(time, "%-d %B %Y");
}

std::string WordsOf(const google::protobuf::EnumValueDescriptor& value) {
  if (value.number() == 0) return "";
  std::string words(absl::StripPrefix(value.name(), PrefixOf(*value.type())));
  return Sentence(absl::StrReplaceAll(words, {{"_", " "}}));
}

std::string TitleOf(absl::string_view id) {
  return Sentence(absl::StrReplaceAll(id, {{"-", " "}, {"_", " "}}));
}

Cell TagOf(ccfa::insight::v1::StoryState state) {
  switch (state) {
    case ccfa::insight::v1::STORY_STATE_RESOLVED:
      return Cell::Tag("Resolved", "green");
    case ccfa::insight::v1::STORY_STATE_NOT_RESOLVED:
      return Cell::Tag("Not resolved", "red");
    case ccfa::insight::v1::STORY_STATE_TRIAGE:
    case ccfa::insight::v1::STORY_STATE_MORE_INFORMATION_NEEDED:
    case ccfa::insight::v1::STORY_STATE_APPEALED:
      return Cell::Tag(WordsOf(state), "orange");
    case ccfa::insight::v1::STORY_STATE_DECLINED:
    case ccfa::insight::v1::STORY_STATE_WITHDRAWN:
    case ccfa::insight::v1::STORY_STATE_PARKED:
      return Cell::Tag(WordsOf(state), "grey");
    case ccfa::insight::v1::STORY_STATE_WITH_SCRUTINY:
      return Cell::Tag("With scrutiny", "purple");
    default:
      return Cell::Tag(WordsOf(state), "blue");
  }
}

Cell LinkTo(const std::string& name, std::string text) {
  if (name.empty()) return Cell("");
  if (text.empty()) text = std::string(LastId(name));
  // Some things are told by their code alone, and have no page by that.
  if (!absl::StrContains(name, '/')) return text;
  return Link{std::move(text), absl::StrCat("/", name)};
}

}  // namespace ccfa::gateway::console
