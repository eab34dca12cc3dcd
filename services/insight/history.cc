#include "services/insight/history.h"

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "google/protobuf/descriptor.h"
#include "services/insight/fold.h"

namespace ccfa::insight {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr absl::string_view kSeparator(&kEnd, 1);

/// "CallReferredToService" as "call referred to service".
std::string Words(absl::string_view camel) {
  std::string words;
  for (char c : camel) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !words.empty()) words += ' ';
    words += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return words;
}

std::string StringOf(const Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated()) return "";
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return message.GetReflection()->GetString(message, field);
  }
  return "";
}

/// "response" of an event that names a stage, a rung, a law or a standing.
std::string WhereTo(const Message& inner) {
  const bool is_classified = inner.GetDescriptor()->name() == "CallClassified";
  for (const char* name : {"stage", "act", "to", "standing", is_classified ? "regime" : "to"}) {
    const auto* field = inner.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) continue;
    std::string value = inner.GetReflection()->GetEnum(inner, field)->name();
    size_t prefix = value.find('_') + 1;
    return absl::AsciiStrToLower(absl::StrReplaceAll(value.substr(prefix), {{"_", " "}}));
  }
  return "";
}

/// The event's own reason, wherever its message keeps it.
std::string WhyOf(const Message& inner) {
  if (const auto* assessed = dynamic_cast<const intake::v1::HarmAssessed*>(&inner))
    return absl::StrCat(assessed->harm().score(), " of 100");
  for (const char* name : {"reason", "question", "answer", "message", "result", "outcome", "text",
                           "service", "instruction", "grounds", "ward", "reply", "purpose"}) {
    if (std::string text = StringOf(inner, name); !text.empty()) return text;
  }
  for (const char* part :
       {"placement", "decision", "closing", "action", "response", "update", "clock", "details",
        "hypothesis", "objective", "assessment", "plan", "source"}) {
    const auto* field = inner.GetDescriptor()->FindFieldByName(part);
    if (field == nullptr || !inner.GetReflection()->HasField(inner, field)) continue;
    const Message& nested = inner.GetReflection()->GetMessage(inner, field);
    for (const char* name : {"note", "reasons", "why", "description", "kind", "summary", "text",
                             "metric", "impact", "method", "title"}) {
      if (std::string text = StringOf(nested, name); !text.empty()) return text;
    }
  }
  return "";
}

/// Orders events of one instant: by topic, and as the topic has them.
auto PlaceOf(const v1::HistoryEntry& entry) {
  absl::string_view id = entry.event_id();
  // Of two numbers, the one with fewer digits comes first.
  return std::tuple(id.substr(0, id.find('/')), id.size(), id);
}

}  // namespace

v1::HistoryEntry NoteHistory(Tables& tables, absl::string_view topic,
                             const record::v1::Record& record, const Message& inner) {
  v1::HistoryEntry entry;
  *entry.mutable_time() = record.time();
  entry.set_type(record.type());
  entry.set_subject(record.subject());
  entry.set_actor(record.actor());
  std::string where_to = WhereTo(inner);
  entry.set_what(
      absl::StrCat(Words(inner.GetDescriptor()->name()), where_to.empty() ? "" : ": ", where_to));
  entry.set_why(WhyOf(inner));
  entry.set_event_id(absl::StrCat(topic, "/0/", record.seq()));
  tables.history.Put(
      absl::StrCat(record.subject(), kSeparator,
                   absl::Hex(absl::ToUnixMicros(FromProto(record.time())), absl::kZeroPad16),
                   kSeparator, entry.event_id()),
      entry);
  // An action's events are its problem's too, what a review asked for is the review's.
  if (std::count(record.subject().begin(), record.subject().end(), '/') > 3) {
    Link(tables, std::string(ParentOf(record.subject())), record.subject());
  }
  return entry;
}

void Link(Tables& tables, const std::string& from, const std::string& to) {
  v1::HistoryEntry link;
  link.set_subject(to);
  tables.led_to.Put(absl::StrCat(from, kSeparator, to), link);
}

std::vector<v1::HistoryEntry> HistoryOf(const Tables& tables, const std::string& name) {
  std::vector<v1::HistoryEntry> entries;
  std::set<std::string> seen = {name};
  std::deque<std::string> things = {name};
  for (; !things.empty(); things.pop_front()) {
    std::string prefix = absl::StrCat(things.front(), kSeparator);
    tables.history.Scan(prefix, "", [&](absl::string_view, const v1::HistoryEntry& entry) {
      entries.push_back(entry);
      return true;
    });
    tables.led_to.Scan(prefix, "", [&](absl::string_view, const v1::HistoryEntry& link) {
      if (seen.insert(link.subject()).second) things.push_back(link.subject());
      return true;
    });
  }
  std::sort(entries.begin(), entries.end(),
            [](const v1::HistoryEntry& a, const v1::HistoryEntry& b) {
              absl::Time at_a = FromProto(a.time()), at_b = FromProto(b.time());
              return at_a != at_b ? at_a < at_b : PlaceOf(a) < PlaceOf(b);
            });
  return entries;
}

}  // namespace ccfa::insight
