#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/engine/clocks.h"
#include "common/engine/event.h"
#include "common/engine/rules.h"

namespace ccfa::engine {

/// A clock has reached its warning or its end, or its council changed its rule.
struct ClockDue {
  Clock clock;

  /// Its end; otherwise its warning. Both at once is the end.
  bool Expired(absl::Time now) const { return FromProto(clock.due_time()) <= now; }
};

/// The part of Rules that every service writes alike, over its own types:
///   Event   the service's event message, with `reaction_refused` and `act_recorded`
///   Tables  constructible from Rows&, with a member `clocks`
/// and, found by name in the service's namespace,
///   void Evolve(Tables&, const Event&, const Record&)
///   StatusOr<Event> Decide(const Tables&, const ClockDue&, const Context&)
template <class Event, class Tables>
class ServiceRules : public Rules {
 public:
  Interest InterestIn(absl::string_view type) const override { return interests_.In(type); }

  Draft NewEvent() const override { return std::make_unique<Event>(); }

  void Apply(state::Rows& rows, const google::protobuf::Message& event,
             const Record& record) override {
    Tables tables(rows);
    Evolve(tables, static_cast<const Event&>(event), record);
  }

  Draft Refused(const record::v1::ReactionRefused& refused) const override {
    auto event = std::make_unique<Event>();
    *event->mutable_reaction_refused() = refused;
    return event;
  }

  Draft Acted(const record::v1::ActRecorded& act) const override {
    auto event = std::make_unique<Event>();
    *event->mutable_act_recorded() = act;
    return event;
  }

  std::vector<Command> DueClocks(state::Rows& rows, absl::Time now, int limit) override;

  absl::Time NextDue(state::Rows& rows) override { return Tables(rows).clocks.NextDue(); }

 protected:
  /// Filled in by the service's constructor, topic by topic.
  Interests interests_;
};

/// What a clock that is due comes to, in every service alike: its warning, its end, or its new
/// instants. `rule_of(clock)` is the council's rule for it as it is now. The event names its
/// subject.
template <class Event, class Tables, class RuleOf>
Event DecideDue(const Tables& tables, const ClockDue& due, const Context& context, RuleOf rule_of) {
  Event event;
  if (!tables.clocks.IsDue(due.clock, context.now)) return event;
  auto say = [&](auto& said) {
    said.set_name(due.clock.subject());
    *said.mutable_clock() = due.clock;
  };
  if (due.clock.stale()) {
    say(*event.mutable_clock_recomputed());
    *event.mutable_clock_recomputed()->mutable_clock() =
        Recomputed(due.clock, context.now, rule_of(due.clock), context.calendar);
  } else if (due.Expired(context.now)) {
    say(*event.mutable_clock_expired());
  } else {
    say(*event.mutable_clock_warned());
  }
  return event;
}

/// What a rule decided, as the engine takes it.
template <class Event>
absl::StatusOr<Draft> ToDraft(absl::StatusOr<Event> event) {
  if (!event.ok()) return event.status();
  if (InnerEvent(*event) == nullptr) return Draft();
  return std::make_unique<Event>(*std::move(event));
}

/// Wraps a rule over typed tables as a command's decision.
template <class Event, class Tables, class Request>
auto DecisionOf(Request request) {
  return [request = std::move(request)](state::Rows& rows,
                                        const Context& context) -> absl::StatusOr<Draft> {
    const Tables tables(rows);
    return ToDraft<Event>(Decide(tables, request, context));
  };
}

/// What a record of another's topic leads to. An event this build does not know is UNIMPLEMENTED.
template <class TheirEvent, class ToCommands>
absl::StatusOr<std::vector<Command>> ReactTo(const Record& record, ToCommands to_commands) {
  TheirEvent event;
  if (!event.ParseFromString(record.data()))
    return absl::DataLossError("the event cannot be decoded");
  if (InnerEvent(event) == nullptr) {
    return absl::UnimplementedError(absl::StrCat("this build does not know ", record.type()));
  }
  return to_commands(event);
}

/// A reaction's command: its subject is what it is about, for whoever reads that it was refused.
template <class Event, class Tables, class Request>
Command Reaction(absl::string_view what, absl::string_view subject, Request request) {
  Command command;
  command.what = std::string(what);
  command.subject = std::string(subject);
  command.decide = DecisionOf<Event, Tables>(std::move(request));
  return command;
}

template <class Event, class Tables>
std::vector<Command> ServiceRules<Event, Tables>::DueClocks(state::Rows& rows, absl::Time now,
                                                            int limit) {
  std::vector<Command> commands;
  for (Clock& clock : Tables(rows).clocks.Due(now, limit)) {
    Command command = Reaction<Event, Tables>("ClockDue", clock.subject(), ClockDue{clock});
    command.council = std::string(CouncilOf(clock.subject()));
    command.actor = {"system", "clock", ""};
    commands.push_back(std::move(command));
  }
  return commands;
}

}  // namespace ccfa::engine
