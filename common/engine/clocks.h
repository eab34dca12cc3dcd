#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ccfa/clock/v1/clock.pb.h"
#include "common/calendar/calendar.h"
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

  std::optional<Clock> Find(absl::string_view subject, absl::string_view kind,
                            absl::string_view owner = "") const;
  /// Whether this very clock still runs and has reached its end, or its warning when it has one.
  bool IsDue(const Clock& clock, absl::Time now) const;

  std::vector<Clock> Due(absl::Time now, int limit) const;
  absl::Time NextDue() const;

  /// A council's clocks, in the order of what comes next on their subjects, after the entry
  /// `after`: `visit` gets an entry, by which a later list goes on, and all clocks of one subject.
  using Visit =
      std::function<bool(absl::string_view entry, const clock::v1::RunningClocks& running)>;
  void ListByCouncil(absl::string_view council, absl::string_view after, const Visit& visit) const;

 private:
  using Running = clock::v1::RunningClocks;

  std::optional<Running> At(absl::string_view subject) const { return table_.Get(subject); }
  void Keep(absl::string_view subject, const Running& running);

  static constexpr char kTable = '\x01', kByTime = '\x02';
  state::Table<Running> table_;
};

/// A clock that starts now. Its instants are fixed here, by the calendar.
Clock NewClock(absl::string_view subject, absl::string_view kind, absl::Time now,
               calendar::Length length, calendar::Length warn_before,
               const calendar::Calendar& calendar);

}  // namespace ccfa::engine
