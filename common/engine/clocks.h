#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ccfa/clock/v1/clock.pb.h"
#include "common/calendar/calendar.h"
#include "common/config/clock_rule.h"
#include "common/state/rows.h"
#include "common/state/table.h"

namespace ccfa::engine {

using clock::v1::Clock;

/// The clocks running in a service (F47): a row for each thing they run on, indexed by what comes
/// next for it. A clock is known by its subject, kind and owner; starting it again replaces it.
class Clocks {
 public:
  explicit Clocks(state::Rows& rows);

  void Start(const Clock& clock);
  void StartAll(const google::protobuf::RepeatedPtrField<Clock>& clocks);
  void Stop(absl::string_view subject, absl::string_view kind, absl::string_view owner = "");
  void Stop(const Clock& clock) { Stop(clock.subject(), clock.kind(), clock.owner()); }
  /// Stops every clock of a subject.
  void StopAll(absl::string_view subject);
  void MarkWarned(const Clock& clock);
  /// A council changed the rule of this kind: its running clocks are due at once, for new instants.
  void MarkStale(absl::string_view council, absl::string_view kind);

  std::optional<Clock> Find(absl::string_view subject, absl::string_view kind,
                            absl::string_view owner = "") const;
  /// Whether this very clock still runs and has reached its end, or its warning when it has one, or
  /// waits for new instants.
  bool IsDue(const Clock& clock, absl::Time now) const;

  std::vector<Clock> Due(absl::Time now, int limit) const;
  absl::Time NextDue() const;

  /// A council's clocks, in the order of what comes next on their subjects, after the entry
  /// `after`: `visit` gets an entry, by which a later list goes on, and all clocks of one subject.
  using Visit =
      std::function<bool(absl::string_view entry, const clock::v1::RunningClocks& running)>;
  void ListByCouncil(absl::string_view council, absl::string_view after, const Visit& visit) const;
  /// The clocks of a thing and of what is part of it: a problem's actions.
  void ListOf(absl::string_view subject, const Visit& visit) const;

 private:
  using Running = clock::v1::RunningClocks;

  std::optional<Running> At(absl::string_view subject) const { return table_.Get(subject); }
  void Keep(absl::string_view subject, const Running& running);

  static constexpr char kTable = '\x01', kByTime = '\x02';
  state::Table<Running> table_;
};

/// A clock that starts now. Its instants are fixed here, by the calendar.
Clock NewClock(absl::string_view subject, absl::string_view kind, absl::Time now,
               const config::ClockRule& rule, const calendar::Calendar& calendar);

/// How many days of this unit, not months, a clock has left at `now`.
int DaysLeft(const Clock& clock, absl::Time now, calendar::Unit unit,
             const calendar::Calendar& calendar);
/// The clock as it stands still from now on. Its rule counts days or working days, not months.
Clock Paused(Clock clock, absl::Time now, const config::ClockRule& rule,
             const calendar::Calendar& calendar);
/// The paused clock as it runs on from now with what its rule, as it is today, leaves of it.
Clock Resumed(Clock clock, absl::Time now, const config::ClockRule& rule,
              const calendar::Calendar& calendar);
/// The clock by another rule, as if that had held since it started.
Clock Recomputed(Clock clock, absl::Time now, const config::ClockRule& rule,
                 const calendar::Calendar& calendar);

}  // namespace ccfa::engine
