#pragma once

#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calendar/calendar.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/engine/event.h"
#include "common/engine/service_rules.h"
#include "common/testing/memory_rows.h"

namespace ccfa::testing {

/// A message from its text form; text that is none ends the test.
template <class Message>
Message FromText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

/// England and Wales around the summer and the Christmas of 2026.
inline const calendar::Calendar& EnglandAndWales() {
  static constexpr char kHolidays[] =
      R"({"england-and-wales": {"division": "england-and-wales", "events": [
      {"title": "Spring", "date": "2026-05-25"}, {"title": "Summer", "date": "2026-08-31"},
      {"title": "Christmas", "date": "2026-12-25"}, {"title": "New Year", "date": "2027-01-01"}]}})";
  static const auto* const calendar = new calendar::Calendar(
      *calendar::Calendar::Create(*calendar::BankHolidays::Parse(kHolidays, "england-and-wales")));
  return *calendar;
}

inline std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%MZ", FromProto(time), absl::UTCTimeZone());
}

/// "PERMISSION_DENIED NOT_ACTION_OWNER", and the field where a refusal names one.
inline std::string RefusalText(const absl::Status& status) {
  std::string field = FieldOf(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", ReasonOf(status),
                      field.empty() ? "" : " ", field);
}

/// A service's rules on tables in memory: given what happened, when a command comes, then this.
/// An outcome is the event's name ("ProblemRaised"), "nothing", or a refusal's text; the event is
/// folded at once, as the engine does.
template <class Event, class Tables, class Rules>
class Given {
 public:
  template <class Request>
  std::string When(absl::string_view actor, const Request& request) {
    return Take(actor, engine::ToDraft<Event>(Decide(tables(), request, ContextOf(actor))));
  }

  /// What follows, here, from an event in `topic`: the outcome of each command it leads to.
  template <class TheirEvent>
  std::string WhenHappened(absl::string_view topic, const TheirEvent& event) {
    engine::Record record;
    record.set_data(event.SerializeAsString());
    absl::StatusOr<std::vector<engine::Command>> commands = rules_.React(topic, record);
    if (!commands.ok()) return RefusalText(commands.status());
    std::vector<std::string> outcomes;
    for (engine::Command& command : *commands) {
      outcomes.push_back(
          Take("system:reaction", command.decide(rows_, ContextOf("system:reaction"))));
    }
    return absl::StrJoin(outcomes, ", ");
  }

  /// Moves on to `time`, like "2026-07-01T09:00:00Z", and fires the clocks that are due then.
  std::string WhenItIs(const std::string& time) {
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, time, &now_, &error)) std::abort();
    std::vector<std::string> outcomes;
    for (engine::Command& command : rules_.DueClocks(rows_, now_, 100)) {
      outcomes.push_back(Take("system:clock", command.decide(rows_, ContextOf("system:clock"))));
    }
    return absl::StrJoin(outcomes, ", ");
  }

  /// The event that happened last.
  const Event& event() const { return event_; }
  Tables tables() { return Tables(rows_); }

  /// The council's running clocks, the next due first: "stage of 2026-000001 by TIME".
  std::string Clocks(absl::string_view council) {
    std::vector<std::string> clocks;
    tables().clocks.ListByCouncil(council, "", [&](absl::string_view, const auto& running) {
      for (const engine::Clock& clock : running.clocks()) {
        clocks.push_back(
            absl::StrCat(clock.kind(), " of ", LastId(clock.subject()), " by ",
                         LastId(clock.owner()), clock.owner().empty() ? "" : " ",
                         clock.has_pause_time() ? "(paused)" : TimeText(clock.due_time())));
      }
      return true;
    });
    return absl::StrJoin(clocks, ", ");
  }

 private:
  engine::Context ContextOf(absl::string_view actor) const {
    size_t colon = actor.find(':'), at = actor.find('@');
    Actor who{std::string(actor.substr(0, colon)), std::string(actor.substr(colon + 1)), ""};
    if (at != absl::string_view::npos) {
      who.id = std::string(actor.substr(colon + 1, at - colon - 1));
      who.agency = std::string(actor.substr(at + 1));
    }
    return {now_, who, EnglandAndWales()};
  }

  std::string Take(absl::string_view actor, const absl::StatusOr<engine::Draft>& draft) {
    if (!draft.ok()) return RefusalText(draft.status());
    if (*draft == nullptr) return "nothing";
    event_ = static_cast<const Event&>(**draft);
    const google::protobuf::Message* inner = engine::InnerEvent(event_);
    engine::Record record;
    record.set_subject(engine::SubjectOf(*inner));
    record.set_actor(std::string(actor));
    record.set_seq(++seq_);
    *record.mutable_time() = ToProto(now_);
    rules_.Apply(rows_, event_, record);
    return inner->GetDescriptor()->name();
  }

  Rules rules_;
  MemoryRows rows_;
  Event event_;
  uint64_t seq_ = 0;
  /// A Wednesday in summer.
  absl::Time now_ = absl::FromCivil(absl::CivilHour(2026, 7, 1, 9), absl::UTCTimeZone());
};

}  // namespace ccfa::testing
