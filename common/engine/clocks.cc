#include "common/engine/clocks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"

namespace ccfa::engine {
namespace {

bool Is(const Clock& clock, absl::string_view kind, absl::string_view owner) {
  return kind == absl::string_view(clock.kind()) && owner == absl::string_view(clock.owner());
}

absl::Time NextOf(const Clock& clock) {
  if (clock.has_pause_time()) return absl::InfiniteFuture();
  if (clock.stale()) return absl::UnixEpoch();
  return FromProto(clock.has_warn_time() && !clock.warned() ? clock.warn_time() : clock.due_time());
}

absl::Time NextOf(const clock::v1::RunningClocks& running) {
  absl::Time next = absl::InfiniteFuture();
  for (const Clock& clock : running.clocks()) next = std::min(next, NextOf(clock));
  return next;
}

// Sorts as the instant does; instants before 1970 do not occur.
std::string Sortable(absl::Time time) {
  return absl::StrCat(absl::Hex(absl::ToUnixMicros(time), absl::kZeroPad16));
}

void Add(clock::v1::RunningClocks& running, const Clock& clock) {
  for (Clock& other : *running.mutable_clocks()) {
    if (!Is(other, clock.kind(), clock.owner())) continue;
    other = clock;
    return;
  }
  *running.add_clocks() = clock;
}

std::vector<std::string> TimeKey(const clock::v1::RunningClocks& running) {
  return {Sortable(NextOf(running))};
}

/// Fixes the instants of a clock that has `length` from `start` on.
void SetInstants(Clock& clock, absl::Time start, absl::Time now, calendar::Length length,
                 const config::ClockRule& rule, const calendar::Calendar& calendar) {
  absl::Time due = calendar.Due(start, length);
  absl::Time warn = calendar.WarnAt(due, rule.warn_before);
  clock.set_length(calendar::WordsOf(rule.length));
  *clock.mutable_due_time() = ToProto(due);
  clock.clear_warn_time();
  clock.set_warned(false);
  if (rule.warn_before.count > 0 && warn > now) *clock.mutable_warn_time() = ToProto(warn);
}

/// What a rule leaves of a clock that was paused. Months are never paused.
calendar::Length Left(const Clock& clock, calendar::Length length) {
  length.count = std::max(length.count - clock.days_used(), 0);
  return length;
}

}  // namespace

Clocks::Clocks(state::Rows& rows) : table_(rows, kTable, {{kByTime, &TimeKey}}) {}

void Clocks::Keep(absl::string_view subject, const Running& running) {
  running.clocks().empty() ? table_.Delete(subject) : table_.Put(subject, running);
}

void Clocks::Start(const Clock& clock) {
  table_.Update(clock.subject(), [&](Running& running) { Add(running, clock); });
}

void Clocks::StartAll(const google::protobuf::RepeatedPtrField<Clock>& clocks) {
  for (auto clock = clocks.begin(); clock != clocks.end();) {
    const std::string& subject = clock->subject();
    table_.Update(subject, [&](Running& running) {
      for (; clock != clocks.end() && clock->subject() == subject; ++clock) Add(running, *clock);
    });
  }
}

void Clocks::Stop(absl::string_view subject, absl::string_view kind, absl::string_view owner) {
  auto running = At(subject);
  if (!running) return;
  auto* clocks = running->mutable_clocks();
  clocks->erase(std::remove_if(clocks->begin(), clocks->end(),
                               [&](const Clock& clock) { return Is(clock, kind, owner); }),
                clocks->end());
  Keep(subject, *running);
}

void Clocks::StopAll(absl::string_view subject) {
  if (At(subject)) table_.Delete(subject);
}

void Clocks::MarkWarned(const Clock& clock) {
  auto running = At(clock.subject());
  if (!running) return;
  for (Clock& each : *running->mutable_clocks()) {
    if (Is(each, clock.kind(), clock.owner())) each.set_warned(true);
  }
  Keep(clock.subject(), *running);
}

void Clocks::MarkStale(absl::string_view council, absl::string_view kind) {
  std::vector<Running> with_stale;
  table_.Scan(absl::StrCat("councils/", council, "/"), "",
              [&](absl::string_view, const Running& running) {
                bool found = false;
                Running changed = running;
                for (Clock& clock : *changed.mutable_clocks()) {
                  // A paused one takes its rule up when it runs on.
                  if (kind != absl::string_view(clock.kind()) || clock.has_pause_time()) continue;
                  clock.set_stale(true);
                  found = true;
                }
                if (found) with_stale.push_back(std::move(changed));
                return true;
              });
  for (const Running& running : with_stale) table_.Put(running.clocks(0).subject(), running);
}

std::optional<Clock> Clocks::Find(absl::string_view subject, absl::string_view kind,
                                  absl::string_view owner) const {
  auto running = At(subject);
  if (!running) return std::nullopt;
  for (const Clock& clock : running->clocks()) {
    if (Is(clock, kind, owner)) return clock;
  }
  return std::nullopt;
}

bool Clocks::IsDue(const Clock& clock, absl::Time now) const {
  auto running = Find(clock.subject(), clock.kind(), clock.owner());
  return running && NextOf(*running) == NextOf(clock) && NextOf(*running) <= now;
}

std::vector<Clock> Clocks::Due(absl::Time now, int limit) const {
  std::vector<Clock> due;
  table_.ScanIndex(kByTime, "", "", [&](absl::string_view, const Running& running) {
    if (NextOf(running) > now || static_cast<int>(due.size()) >= limit) return false;
    for (const Clock& clock : running.clocks()) {
      if (NextOf(clock) <= now) due.push_back(clock);
    }
    return true;
  });
  return due;
}

absl::Time Clocks::NextDue() const {
  absl::Time next = absl::InfiniteFuture();
  table_.ScanIndex(kByTime, "", "", [&](absl::string_view, const Running& running) {
    next = NextOf(running);
    return false;
  });
  return next;
}

void Clocks::ListByCouncil(absl::string_view council, absl::string_view after,
                           const Visit& visit) const {
  table_.ScanIndex(kByTime, "", after, [&](absl::string_view entry, const Running& running) {
    return CouncilOf(running.clocks(0).subject()) != council || visit(entry, running);
  });
}

void Clocks::ListOf(absl::string_view subject, const Visit& visit) const {
  table_.Scan(subject, "", [&](absl::string_view name, const Running& running) {
    bool part = name.size() == subject.size() || name[subject.size()] == '/';
    return !part || visit(name, running);
  });
}

Clock NewClock(absl::string_view subject, absl::string_view kind, absl::Time now,
               const config::ClockRule& rule, const calendar::Calendar& calendar) {
  Clock clock;
  clock.set_subject(std::string(subject));
  clock.set_kind(std::string(kind));
  *clock.mutable_start_time() = ToProto(now);
  SetInstants(clock, now, now, rule.length, rule, calendar);
  return clock;
}

int DaysLeft(const Clock& clock, absl::Time now, calendar::Unit unit,
             const calendar::Calendar& calendar) {
  absl::Time due = FromProto(clock.due_time());
  return unit == calendar::Unit::kWorkingDays ? calendar.WorkingDaysBetween(now, due)
                                              : calendar.DaysBetween(now, due);
}

Clock Paused(Clock clock, absl::Time now, const config::ClockRule& rule,
             const calendar::Calendar& calendar) {
  int left = DaysLeft(clock, now, rule.length.unit, calendar);
  clock.set_days_used(std::max(rule.length.count - left, 0));
  *clock.mutable_pause_time() = ToProto(now);
  return clock;
}

Clock Resumed(Clock clock, absl::Time now, const config::ClockRule& rule,
              const calendar::Calendar& calendar) {
  clock.clear_pause_time();
  clock.set_stale(false);
  *clock.mutable_start_time() = ToProto(now);
  SetInstants(clock, now, now, Left(clock, rule.length), rule, calendar);
  return clock;
}

Clock Recomputed(Clock clock, absl::Time now, const config::ClockRule& rule,
                 const calendar::Calendar& calendar) {
  clock.set_stale(false);
  SetInstants(clock, FromProto(clock.start_time()), now, Left(clock, rule.length), rule, calendar);
  return clock;
}

}  // namespace ccfa::engine
