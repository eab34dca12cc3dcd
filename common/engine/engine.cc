#include "common/engine/engine.h"

#include "absl/strings/str_cat.h"
#include "common/core/partition.h"
#include "common/core/refusal.h"
#include "common/engine/digest.h"
#include "common/engine/event.h"

namespace ccfa::engine {
namespace {

constexpr int kClocksATurn = 256;
constexpr size_t kReactionsATurn = 512;
constexpr uint64_t kReplayBatch = 1000;
constexpr int kRetryMs = 250;
// Finding the next due clock takes a scan, so a busy writer does not do it every turn.
constexpr absl::Duration kLookUpDueEvery = absl::Milliseconds(20);
// Read without effect, and read again after a crash.
constexpr uint64_t kUnkeptRecords = 10'000;
// A handover to another thread costs more than so many answers.
constexpr size_t kAnswersGivenHere = 2;

/// The record with a seq and its event, as one of this build wrote them.
absl::Status Decode(absl::string_view bytes, uint64_t seq, Record& record,
                    google::protobuf::Message& event) {
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || record.seq() != seq) {
    return absl::DataLossError(
        absl::StrCat("expected the record with seq ", seq, "; run `ccfactl verify`"));
  }
  if (!event.ParseFromString(record.data()))
    return absl::DataLossError("the event cannot be decoded; run `ccfactl verify`");
  if (InnerEvent(event) == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat("this build does not know ", record.type(),
                                                      "; start the one that wrote it, or a later"));
  }
  return absl::OkStatus();
}

absl::Status Starting() {
  return NotNow("STARTING", "the service is reading its journal");
}

}  // namespace

Engine::Engine(Options options, Rules& rules, journal::Journal& journal,
               std::vector<journal::Journal*> sources, state::Database& database,
               const TimeSource& time, const calendar::Calendar& calendar)
    : options_(std::move(options)),
      rules_(rules),
      journal_(journal),
      database_(database),
      time_(time),
      calendar_(calendar),
      queue_(options_.queue_capacity),
      health_(Starting()) {
  for (journal::Journal* source : sources) {
    bool is_across =
        source->topic() == journal_.topic() && source->partition() != journal_.partition();
    sources_.push_back({source, is_across, {}, absl::OkStatus()});
  }
}

void Engine::OnWork(std::function<void()> ring) {
  ring_ = std::move(ring);
  // Only for what leads to something: the rest is read with the next turn that comes.
  for (Source& source : sources_) {
    // What this writer appends, it has reacted to in the same turn.
    if (source.journal == &journal_) continue;
    source.journal->OnAppend([this, &source](const std::vector<journal::Sealed>& records) {
      for (const journal::Sealed& record : records) {
        if (Concerns(source, rules_.InterestIn(TypeOf(record.bytes)))) return ring_();
      }
    });
  }
}

void Engine::Submit(Command command) {
  if (absl::Status health = Health(); !health.ok()) {
    if (command.done) command.done(health);
    return;
  }
  if (!queue_.Push(std::move(command))) {
    if (!command.done) return;
    command.done(TryLater(absl::StatusCode::kResourceExhausted, "QUEUE_FULL",
                          absl::StrCat(options_.service, " has ", options_.queue_capacity,
                                       " commands waiting; try again"),
                          kRetryMs));
    return;
  }
  ring_();
}

absl::StatusOr<std::unique_ptr<state::Snapshot>> Engine::Read() const {
  if (absl::Status current = journal_.IsCurrent(); !current.ok()) return current;
  {
    std::lock_guard lock(mutex_);
    if (written_ != journal_.generation()) return Starting();
  }
  return ReadAsFollower();
}

absl::StatusOr<std::unique_ptr<state::Snapshot>> Engine::ReadAsFollower() const {
  Lease database = database_.Lease();
  std::lock_guard lock(mutex_);
  if (!database || !readable_) return Starting();
  return std::make_unique<state::Snapshot>(std::move(database), options_.tables);
}

bool Engine::Step() {
  // Held for the whole turn: the database is not reopened under it.
  Lease database = database_.Lease();
  if (!database || !EnsureLoaded(database)) return false;
  absl::Time now = time_.Now();
  Turn turn(rules_, journal_, database, options_.tables, next_seq_);
  if (due_is_stale_ && now - due_looked_up_ >= kLookUpDueEvery) LookUpNextDue(turn.rows(), now);
  if (next_due_ <= now) {
    for (Command& command : rules_.DueClocks(turn.rows(), now, kClocksATurn)) {
      turn.Decide(std::move(command), now, calendar_);
    }
  }
  for (Command& command : queue_.Take(options_.commands_a_turn)) {
    turn.Decide(std::move(command), now, calendar_);
  }
  bool read_on = TakeReactions(turn, now);
  if (turn.commands() == 0 && !read_on) {
    if (due_is_stale_) LookUpNextDue(turn.rows(), now);
    return next_due_ <= now;
  }
  KeepCursors(turn);
  if (absl::Status status = turn.Finish(); !status.ok()) {
    if (journal_.Health().ok()) database_.Fail(status);
    loaded_ = {};
    SetServing(status, /*readable=*/true);
    Answer(turn);
    RefuseWaiting(status);
    return false;
  }
  Answer(turn);
  next_seq_ = turn.next_seq();
  decided_ += turn.commands();
  appended_ += turn.records();
  turns_ += turn.records() > 0;
  due_is_stale_ |= turn.records() > 0;
  return true;
}

void Engine::LookUpNextDue(state::Rows& rows, absl::Time now) {
  next_due_ = rules_.NextDue(rows);
  due_looked_up_ = now;
  due_is_stale_ = false;
}

void Engine::KeepCursors(Turn& turn) {
  for (Source& source : sources_) {
    uint64_t unkept = source.cursor.offset - source.kept;
    if (unkept == 0 || (turn.commands() == 0 && unkept < kUnkeptRecords)) continue;
    turn.Advance(Books::SourceOf(CauseIn(source)), source.cursor.offset);
    source.kept = source.cursor.offset;
  }
}

void Engine::Answer(Turn& turn) {
  auto answers = turn.TakeAnswers();
  if (answerer_ != nullptr && answers.size() > kAnswersGivenHere)
    return answerer_->Give(std::move(answers));
  for (auto& answer : answers) answer();
}

bool Engine::TakeReactions(Turn& turn, absl::Time now) {
  bool read_on = false;
  for (Source& source : sources_) {
    absl::StatusOr<uint64_t> end = source.journal->End();
    uint64_t after = source.cursor.ReadAfter(), read_to = after;
    if (!source.fault.ok() || !end.ok()) continue;
    if (source.journal == &journal_ && *end <= after) {
      read_on |= TakeOwnReactions(turn, source, now);
      continue;
    }
    if (*end <= after) continue;
    absl::Status read = source.journal->Read(after, [&](uint64_t offset, absl::string_view bytes) {
      TakeOne(turn, source, offset, bytes, now);
      if (source.fault.ok()) read_to = offset;
      return source.fault.ok() && turn.commands() < kReactionsATurn;
    });
    read_on |= MoveOn(source, read_to, read);
  }
  return read_on;
}

bool Engine::TakeOwnReactions(Turn& turn, Source& source, absl::Time now) {
  uint64_t after = source.cursor.ReadAfter(), dealt_with = after;
  // What they lead to is appended behind them, and leads on.
  while (dealt_with + 1 < turn.next_seq() && turn.commands() < kReactionsATurn) {
    TakeOne(turn, source, dealt_with + 1, turn.RecordAt(dealt_with + 1), now);
    if (!source.fault.ok()) break;
    ++dealt_with;
  }
  return MoveOn(source, dealt_with, absl::OkStatus());
}

bool Engine::MoveOn(Source& source, uint64_t offset, const absl::Status& read) {
  if (offset == source.cursor.ReadAfter() && read.ok()) return false;
  std::lock_guard lock(mutex_);
  if (!read.ok()) source.fault = read;
  if (offset == source.cursor.ReadAfter()) return false;
  source.cursor = {offset, Books::kWholeCause};
  return true;
}

bool Engine::HasWork() const {
  if (queue_.size() > 0) return true;
  for (const Source& source : sources_) {
    if (source.fault.ok() && source.journal->End().value_or(0) > source.cursor.ReadAfter())
      return true;
  }
  return false;
}

record::v1::Cause Engine::CauseIn(const Source& source) const {
  record::v1::Cause cause;
  cause.set_topic(source.journal->topic());
  if (source.is_across) cause.set_partition(source.journal->partition());
  return cause;
}

void Engine::TakeOne(Turn& turn, Source& source, uint64_t offset, absl::string_view bytes,
                     absl::Time now) {
  absl::string_view type = TypeOf(bytes);
  Interest interest = rules_.InterestIn(type);
  if (!Concerns(source, interest)) return;
  Record record;
  absl::StatusOr<std::vector<Command>> commands =
      interest == Interest::kUnknown
          ? absl::UnimplementedError(absl::StrCat("this build does not know ", type))
      : record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))
          ? rules_.React(source.journal->topic(), record)
          : absl::DataLossError("the record cannot be decoded");
  if (!commands.ok()) {
    std::lock_guard lock(mutex_);
    source.fault = absl::Status(commands.status().code(),
                                absl::StrCat(source.journal->topic(), " offset ", offset, ": ",
                                             commands.status().message()));
    return;
  }
  uint32_t ordinal = 0;
  for (Command& command : *commands) {
    Books::Cursor here{offset, ++ordinal};
    if (here <= source.cursor) continue;
    if (command.council.empty()) command.council = record.council();
    // Another partition's engine reads the same event, and decides this one.
    if (PartitionOf(command.council, options_.partitions) != journal_.partition()) continue;
    record::v1::Cause cause = CauseIn(source);
    cause.set_offset(offset);
    cause.set_ordinal(ordinal);
    command.cause = std::move(cause);
    command.traceparent = record.traceparent();
    command.actor = {"system", options_.service, ""};
    turn.Decide(std::move(command), now, calendar_);
  }
}

bool Engine::EnsureLoaded(const Lease& database) {
  const absl::Status broken = database_.failure(), not_ours = journal_.Health();
  const absl::Status& failure = broken.ok() ? not_ours : broken;
  if (!failure.ok()) {
    loaded_ = {};
    SetServing(failure, /*readable=*/true);
    RefuseWaiting(failure);
    if (broken.ok() && !journal_.IsCurrent().ok()) Follow(database);
    return false;
  }
  Generation generation{database_.generation(), journal_.generation()};
  if (loaded_ == generation) return true;
  SetServing(Starting(), /*readable=*/false);
  absl::Status status = Load(database, [](uint64_t, uint64_t) {});
  SetServing(status, /*readable=*/status.ok());
  if (!status.ok()) return false;
  loaded_ = generation;
  std::lock_guard lock(mutex_);
  written_ = generation.journal;
  return true;
}

void Engine::Follow(const Lease& database) {
  // What stands in its way is met again, and said, when the journal is taken over.
  Replay(database, [](uint64_t, uint64_t) {}).IgnoreError();
}

absl::Status Engine::Load(const Lease& database, const OnProgress& progress) {
  absl::Status status = Prepare();
  if (status.ok()) status = Replay(database, progress);
  if (!status.ok()) return status;
  state::Staged rows(database, options_.tables);
  Books books(rows);
  next_seq_ = books.Applied() + 1;
  LookUpNextDue(rows, time_.Now());
  std::lock_guard lock(mutex_);
  for (Source& source : sources_) {
    source.cursor = books.FindCursor(Books::SourceOf(CauseIn(source)));
    source.kept = source.cursor.offset;
    source.fault = absl::OkStatus();
  }
  return rows.status();
}

absl::Status Engine::Prepare() {
  Lease database = database_.Lease();
  if (!database) return Starting();
  absl::StatusOr<bool> stale = TablesAreStale(database);
  return stale.ok() && *stale ? database->Empty(options_.tables) : stale.status();
}

absl::StatusOr<bool> Engine::TablesAreStale(const Lease& database) const {
  state::Staged rows(database, options_.tables);
  Books books(rows);
  absl::StatusOr<uint64_t> end = journal_.End();
  if (!end.ok()) return end.status();
  if (books.Applied() > *end) return true;
  if (books.Applied() > 0 && books.Edition() != rules_.edition()) return true;
  for (const Source& source : sources_) {
    absl::StatusOr<uint64_t> source_end = source.journal->End();
    if (!source_end.ok()) return source_end.status();
    if (books.FindCursor(Books::SourceOf(CauseIn(source))).offset > *source_end) return true;
  }
  return false;
}

absl::Status Engine::Replay(const Lease& database, const OnProgress& progress) {
  absl::StatusOr<uint64_t> end = journal_.End();
  if (!end.ok()) return end.status();
  state::Staged rows(database, options_.tables);
  Books books(rows);
  if (books.Applied() == 0 && books.Edition() != rules_.edition())
    books.SetEdition(rules_.edition());
  absl::Status damage;
  Record record;
  Draft event = rules_.NewEvent();
  uint64_t expected = books.Applied() + 1;
  absl::Status read = journal_.Read(books.Applied(), [&](uint64_t offset, absl::string_view bytes) {
    damage = Decode(bytes, expected, record, *event);
    if (!damage.ok()) {
      damage = absl::Status(damage.code(), absl::StrCat(journal_.topic(), " offset ", offset, ": ",
                                                        damage.message()));
      return false;
    }
    Fold(rules_, rows, *event, record, offset, bytes);
    if (expected++ % kReplayBatch == 0) {
      damage = rows.CommitMeanwhile();
      progress(offset, *end);
    }
    return damage.ok();
  });
  if (read.ok()) read = damage;
  return read.ok() ? rows.Commit() : read;
}

absl::StatusOr<RebuildResult> Engine::Rebuild(const OnProgress& progress) {
  Lease database = database_.Lease();
  if (!database || !EnsureLoaded(database)) return Health();
  SetServing(Starting(), /*readable=*/false);
  RebuildResult result;
  result.events = next_seq_ - 1;
  result.digest_before = DigestOfTables(database, options_.tables);
  absl::Status status = database->Empty(options_.tables);
  if (status.ok()) status = Load(database, progress);
  if (status.ok()) result.digest_after = DigestOfTables(database, options_.tables);
  SetServing(status, /*readable=*/status.ok());
  if (!status.ok()) return status;
  return result;
}

absl::Status Engine::Health() const {
  std::lock_guard lock(mutex_);
  return health_;
}

void Engine::SetServing(const absl::Status& health, bool readable) {
  std::lock_guard lock(mutex_);
  health_ = health;
  readable_ = readable;
}

void Engine::RefuseWaiting(const absl::Status& why) {
  for (Command& command : queue_.Take(SIZE_MAX)) {
    if (command.done) command.done(why);
  }
}

std::vector<Progress> Engine::ReadProgress() const {
  std::lock_guard lock(mutex_);
  std::vector<Progress> progress;
  for (const Source& source : sources_) {
    const absl::StatusOr<uint64_t> end = source.journal->End();
    progress.push_back({source.journal->topic(), source.journal->partition(), source.cursor.offset,
                        end.value_or(0), source.fault.ok() ? end.status() : source.fault});
  }
  return progress;
}

}  // namespace ccfa::engine
