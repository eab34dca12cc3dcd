#include "common/engine/projector.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/engine/digest.h"
#include "common/state/staged.h"

namespace ccfa::engine {
namespace {

constexpr int kRecordsATurn = 500;

absl::Status Starting() {
  return NotNow("STARTING", "the read model is being folded");
}

}  // namespace

Projector::Projector(std::string service, std::string tables, Projection& projection,
                     std::vector<journal::Journal*> sources, state::Database& database)
    : service_(std::move(service)),
      tables_(std::move(tables)),
      projection_(projection),
      past_(sources,
            [&projection](state::Rows& rows, const std::string& topic,
                          const record::v1::Record& record) {
              return projection.Project(rows, topic, record);
            }),
      database_(database) {
  for (journal::Journal* source : sources) sources_.push_back({source, 0, absl::OkStatus()});
}

void Projector::OnWork(std::function<void()> ring) {
  // Nobody waits for a projection but its readers, and they ring themselves: see WhenCaughtUp. What
  // is appended meanwhile is folded in larger batches.
  ring_ = std::move(ring);
}

std::vector<uint64_t> Projector::Generations() const {
  std::vector<uint64_t> generations = {database_.generation()};
  for (const Source& source : sources_) generations.push_back(source.journal->generation());
  return generations;
}

bool Projector::EnsureLoaded(const Lease& database) {
  std::vector<uint64_t> generations = Generations();
  if (loaded_ == generations) return true;
  if (!Load(database).ok()) return false;
  loaded_ = std::move(generations);
  return true;
}

absl::Status Projector::Prepare() {
  Lease database = database_.Lease();
  if (!database) return Starting();
  bool is_empty = true, ahead = false;
  std::vector<uint64_t> applied = AppliedIn(database);
  for (size_t i = 0; i < sources_.size(); ++i) {
    absl::StatusOr<uint64_t> end = sources_[i].journal->End();
    if (!end.ok()) return end.status();
    is_empty &= applied[i] == 0;
    ahead |= applied[i] > *end;
  }
  const bool is_other = !is_empty && EditionOf(database) != projection_.edition();
  return ahead || is_other ? database->Empty(tables_) : absl::OkStatus();
}

uint64_t Projector::EditionOf(const Lease& database) const {
  state::Snapshot rows(database, tables_);
  return Books(rows).Edition();
}

std::vector<uint64_t> Projector::AppliedIn(const Lease& database) const {
  state::Snapshot rows(database, tables_);
  Books books(rows);
  std::vector<uint64_t> applied;
  for (const Source& source : sources_)
    applied.push_back(books.FindCursor(source.journal->topic()).offset);
  return applied;
}

absl::Status Projector::Load(const Lease& database) {
  if (absl::Status status = Prepare(); !status.ok()) return status;
  std::vector<uint64_t> applied = AppliedIn(database);
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < sources_.size(); ++i) {
    sources_[i].applied = applied[i];
    sources_[i].fault = absl::OkStatus();
  }
  readable_ = true;
  return absl::OkStatus();
}

bool Projector::Step() {
  Lease database = database_.Lease();
  if (!database) return false;
  absl::Status failure = database_.failure();
  if (failure.ok() && !EnsureLoaded(database)) return false;
  absl::StatusOr<bool> folded = failure.ok() ? Fold(database) : failure;
  AnswerWaiting(folded.status());
  return folded.ok() && *folded;
}

absl::StatusOr<bool> Projector::Fold(const Lease& database) {
  state::Staged rows(database, tables_);
  std::vector<uint64_t> read_to(sources_.size());
  bool folded = false;
  batch_was_full_ = false;
  for (size_t i = 0; i < sources_.size(); ++i) {
    Source& source = sources_[i];
    read_to[i] = source.applied;
    absl::StatusOr<uint64_t> end = source.journal->End();
    if (!source.fault.ok() || !end.ok() || *end <= source.applied) continue;
    absl::Status fault = FoldSource(rows, source, *end, &read_to[i]);
    folded |= read_to[i] > source.applied;
    batch_was_full_ |= fault.ok() && read_to[i] < *end;
    if (fault.ok()) continue;
    std::lock_guard lock(mutex_);
    source.fault = fault;
  }
  if (!folded) return false;
  Books books(rows);
  for (size_t i = 0; i < sources_.size(); ++i) {
    books.SetCursor(sources_[i].journal->topic(), {read_to[i], Books::kWholeCause});
  }
  books.SetEdition(projection_.edition());
  if (absl::Status status = rows.Commit(); !status.ok()) {
    database_.Fail(status);
    return status;
  }
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < sources_.size(); ++i) sources_[i].applied = read_to[i];
  return true;
}

absl::Status Projector::FoldSource(state::Rows& rows, Source& source, uint64_t end,
                                   uint64_t* read_to) {
  absl::Status fault;
  record::v1::Record record;
  int folded = 0;
  absl::Status read =
      source.journal->Read(source.applied, [&](uint64_t offset, absl::string_view bytes) {
        if (offset > end) return false;
        fault = record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))
                    ? projection_.Project(rows, source.journal->topic(), record)
                    : absl::DataLossError("the record cannot be decoded");
        if (!fault.ok()) {
          fault = absl::Status(fault.code(), absl::StrCat(source.journal->topic(), " offset ",
                                                          offset, ": ", fault.message()));
          return false;
        }
        *read_to = offset;
        return ++folded < kRecordsATurn;
      });
  return fault.ok() ? read : fault;
}

void Projector::WhenCaughtUp(Then then) {
  auto question = std::make_shared<Question>();
  question->ends.resize(sources_.size());
  question->unknown = sources_.size();
  question->then = std::move(then);
  for (size_t i = 0; i < sources_.size(); ++i) {
    sources_[i].journal->AskEnd([this, question, i](absl::StatusOr<uint64_t> end) {
      {
        std::lock_guard lock(question->mutex);
        question->ends[i] = end.value_or(0);
        if (!absl::IsDataLoss(end.status())) question->failure.Update(end.status());
        if (--question->unknown > 0) return;
      }
      question->failure.ok() ? AnswerAt(std::move(question->ends), std::move(question->then))
                             : question->then(question->failure);
    });
  }
}

void Projector::AnswerAt(std::vector<uint64_t> ends, Then then) {
  absl::Status reached;
  {
    std::lock_guard lock(mutex_);
    reached = readable_ ? ReachedLocked(ends) : Starting();
    if (absl::IsUnavailable(reached)) {
      waiting_.push_back({std::move(ends), std::move(then)});
    }
  }
  // Moved away when it waits: the writer answers it.
  if (then) {
    then(reached);
  } else {
    ring_();
  }
}

absl::Status Projector::ReachedLocked(const std::vector<uint64_t>& ends) const {
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i].applied >= ends[i]) continue;
    return sources_[i].fault.ok() ? Starting() : sources_[i].fault;
  }
  return absl::OkStatus();
}

void Projector::AnswerWaiting(const absl::Status& failure) {
  std::vector<std::pair<Then, absl::Status>> reached;
  {
    std::lock_guard lock(mutex_);
    std::vector<Waiting> still;
    for (Waiting& waiting : waiting_) {
      absl::Status status = ReachedLocked(waiting.ends);
      if (absl::IsUnavailable(status) && !failure.ok()) status = failure;
      if (absl::IsUnavailable(status) && failure.ok()) {
        still.push_back(std::move(waiting));
      } else {
        reached.emplace_back(std::move(waiting.then), status);
      }
    }
    waiting_ = std::move(still);
  }
  for (auto& [then, status] : reached) then(status);
}

absl::StatusOr<std::unique_ptr<state::Snapshot>> Projector::Read() const {
  Lease database = database_.Lease();
  std::lock_guard lock(mutex_);
  if (!database || !readable_) return Starting();
  return std::make_unique<state::Snapshot>(std::move(database), tables_);
}

absl::StatusOr<std::unique_ptr<state::Rows>> Projector::ReadAsAt(std::optional<absl::Time> moment) {
  absl::StatusOr<std::unique_ptr<state::Rows>> rows = Read();
  if (!rows.ok() || !moment) return rows;
  absl::StatusOr<std::unique_ptr<state::Rows>> past = past_.At(*moment);
  return past.ok() && *past == nullptr ? std::move(rows) : std::move(past);
}

absl::Status Projector::Health() const {
  if (absl::Status failure = database_.failure(); !failure.ok()) return failure;
  std::lock_guard lock(mutex_);
  for (const Source& source : sources_) {
    if (!source.fault.ok()) return source.fault;
  }
  return readable_ ? absl::OkStatus() : Starting();
}

std::vector<Progress> Projector::ReadProgress() const {
  std::lock_guard lock(mutex_);
  std::vector<Progress> progress;
  for (const Source& source : sources_) {
    const absl::StatusOr<uint64_t> end = source.journal->End();
    progress.push_back({source.journal->topic(), source.journal->partition(), source.applied,
                        end.value_or(0), source.fault.ok() ? end.status() : source.fault});
  }
  return progress;
}

absl::StatusOr<RebuildResult> Projector::Rebuild(const OnProgress& progress) {
  Lease database = database_.Lease();
  if (!database) return Starting();
  while (Step()) {
  }
  RebuildResult result;
  result.digest_before = DigestOfTables(database, tables_);
  {
    std::lock_guard lock(mutex_);
    readable_ = false;
  }
  if (absl::Status status = database->Empty(tables_); !status.ok()) return status;
  loaded_ = {};
  uint64_t total = 0;
  for (const Progress& source : ReadProgress()) total += source.end;
  if (!EnsureLoaded(database)) return Health();
  while (true) {
    absl::StatusOr<bool> folded = Fold(database);
    if (!folded.ok()) return folded.status();
    if (!*folded) break;
    result.events = 0;
    for (const Progress& source : ReadProgress()) result.events += source.applied;
    progress(result.events, total);
  }
  result.digest_after = DigestOfTables(database, tables_);
  return result;
}

}  // namespace ccfa::engine
