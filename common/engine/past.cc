#include "common/engine/past.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/engine/event.h"

namespace ccfa::engine {
namespace {

constexpr size_t kKept = 4;
constexpr auto kWait = std::chrono::milliseconds(100);
constexpr int kFoldingRetryMs = 100;
// Read in pieces: the storage is not kept open for long.
constexpr int kRecordsAPiece = 1000;

using Map = std::map<std::string, std::string>;

/// Looks rows up as the stored tables do: in the order of keys, bytes compared as unsigned.
class MapRows : public state::Rows {
 public:
  explicit MapRows(const Map& rows) : rows_(rows) {}
  std::optional<std::string> Get(absl::string_view key) const override {
    auto row = rows_.find(std::string(key));
    return row == rows_.end() ? std::nullopt : std::optional(row->second);
  }
  void Scan(absl::string_view prefix, absl::string_view after, const Visit& visit) const override {
    auto row = rows_.lower_bound(std::string(std::max(prefix, after)));
    if (row != rows_.end() && !after.empty() && row->first == after) ++row;
    for (; row != rows_.end() && absl::StartsWith(row->first, prefix); ++row) {
      if (!visit(row->first, row->second)) return;
    }
  }
  void Put(absl::string_view, absl::string_view) override { std::abort(); }
  void Delete(absl::string_view) override { std::abort(); }

 private:
  const Map& rows_;
};

/// Rows that are being folded, and how many bytes they have.
class GrowingRows final : public MapRows {
 public:
  GrowingRows(Map& rows, size_t& bytes) : MapRows(rows), rows_(rows), bytes_(bytes) {}
  void Put(absl::string_view key, absl::string_view value) override {
    auto [row, is_new] = rows_.try_emplace(std::string(key));
    if (is_new) bytes_ += key.size();
    bytes_ += value.size() - row->second.size();
    row->second = std::string(value);
  }
  void Delete(absl::string_view key) override {
    auto row = rows_.find(std::string(key));
    if (row == rows_.end()) return;
    bytes_ -= row->first.size() + row->second.size();
    rows_.erase(row);
  }

 private:
  Map& rows_;
  size_t& bytes_;
};

/// Rows that nobody changes any more, kept as long as an answer takes.
class PastRows final : public MapRows {
 public:
  explicit PastRows(std::shared_ptr<const Map> rows) : MapRows(*rows), kept_(std::move(rows)) {}

 private:
  const std::shared_ptr<const Map> kept_;
};

Past::Apply ByRules(Rules& rules) {
  return [&rules](state::Rows& rows, const std::string&, const record::v1::Record& record) {
    Draft event = rules.NewEvent();
    if (!event->ParseFromString(record.data()))
      return absl::DataLossError("the event cannot be decoded");
    if (InnerEvent(*event) == nullptr)
      return absl::UnimplementedError(absl::StrCat("this build does not know ", record.type()));
    rules.Apply(rows, *event, record);
    return absl::OkStatus();
  };
}

}  // namespace

Past::Past(std::vector<journal::Journal*> sources, Apply apply, size_t most_bytes)
    : sources_(std::move(sources)), apply_(std::move(apply)), most_bytes_(most_bytes) {}

Past::Past(journal::Journal& journal, Rules& rules) : Past({&journal}, ByRules(rules)) {}

Past::~Past() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_or_stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

int Past::folded() const {
  std::lock_guard lock(mutex_);
  return folded_;
}

std::vector<uint64_t> Past::Generations() const {
  std::vector<uint64_t> generations;
  for (const journal::Journal* source : sources_) generations.push_back(source->generation());
  return generations;
}

absl::StatusOr<bool> Past::HappenedSince(absl::Time moment) const {
  for (const journal::Journal* source : sources_) {
    absl::StatusOr<uint64_t> end = source->End();
    if (!end.ok()) return end.status();
    if (*end == 0) continue;
    record::v1::Record last;
    absl::Status read = source->Read(*end - 1, [&](uint64_t, absl::string_view bytes) {
      last.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
      return false;
    });
    if (!read.ok()) return read;
    if (FromProto(last.time()) > moment) return true;
  }
  return false;
}

absl::StatusOr<std::unique_ptr<state::Rows>> Past::At(absl::Time moment) {
  absl::StatusOr<bool> happened = HappenedSince(moment);
  if (!happened.ok()) return happened.status();
  if (!*happened) return nullptr;
  const std::vector<uint64_t> generations = Generations();
  std::unique_lock lock(mutex_);
  auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& one) {
    return one->moment == moment && one->generations == generations;
  });
  std::shared_ptr<Folding> folding;
  if (found != kept_.end()) {
    folding = *found;
    kept_.splice(kept_.begin(), kept_, found);
  } else if (!wanted_) {
    folding = std::make_shared<Folding>();
    folding->moment = moment;
    folding->generations = generations;
    kept_.push_front(folding);
    wanted_ = folding;
    if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
    wanted_or_stopping_.notify_all();
  }
  if (folding) done_.wait_for(lock, kWait, [&] { return folding->done; });
  if (!folding || !folding->done) {
    return TryLater(absl::StatusCode::kUnavailable, "FOLDING",
                    "the tables of that moment are being folded from the journal; ask again",
                    kFoldingRetryMs);
  }
  if (!folding->status.ok()) {
    kept_.remove(folding);  // told once; it may have passed when somebody asks again
    return folding->status;
  }
  return std::make_unique<PastRows>(folding->rows);
}

void Past::Run() {
  pthread_setname_np(pthread_self(), "past");
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_or_stopping_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    std::shared_ptr<Folding> folding = wanted_;
    ++folded_;
    lock.unlock();
    Folding folded;
    folded.moment = folding->moment;
    Fold(folded);
    lock.lock();
    folding->status = folded.status;
    folding->rows = std::move(folded.rows);
    folding->bytes = folded.bytes;
    folding->done = true;
    wanted_.reset();
    ForgetLocked();
    done_.notify_all();
  }
}

void Past::ForgetLocked() {
  auto bytes = [this] {
    size_t sum = 0;
    for (const auto& folding : kept_) sum += folding->bytes;
    return sum;
  };
  while (kept_.size() > kKept || (kept_.size() > 1 && bytes() > most_bytes_)) kept_.pop_back();
}

void Past::Fold(Folding& into) const {
  auto rows = std::make_shared<Map>();
  GrowingRows growing(*rows, into.bytes);
  for (const journal::Journal* source : sources_) {
    into.status = FoldSource(growing, *source, into.moment, into.bytes);
    if (!into.status.ok()) return;
  }
  into.rows = std::move(rows);
}

absl::Status Past::FoldSource(state::Rows& rows, const journal::Journal& source, absl::Time moment,
                              const size_t& bytes) const {
  absl::StatusOr<uint64_t> end = source.End();
  if (!end.ok()) return end.status();
  record::v1::Record record;
  uint64_t folded_to = 0;
  bool is_there = false;
  while (!is_there && folded_to < *end) {
    absl::Status failure;
    int left = kRecordsAPiece;
    const uint64_t before = folded_to;
    absl::Status read = source.Read(folded_to, [&](uint64_t offset, absl::string_view value) {
      if (!record.ParseFromArray(value.data(), static_cast<int>(value.size())))
        failure = absl::DataLossError("the record cannot be decoded");
      is_there = failure.ok() && (FromProto(record.time()) > moment || offset > *end);
      if (is_there) return false;
      if (failure.ok()) failure = apply_(rows, source.topic(), record);
      if (!failure.ok()) {
        failure = absl::Status(failure.code(), absl::StrCat(source.topic(), " offset ", offset,
                                                            ": ", failure.message()));
      } else if (bytes > most_bytes_) {
        failure = Refuse(absl::StatusCode::kFailedPrecondition, "TOO_MUCH_TO_FOLD",
                         absl::StrCat("the tables of that moment are larger than the ", most_bytes_,
                                      " bytes that are kept of the past"));
      }
      folded_to = offset;
      return failure.ok() && --left > 0;
    });
    if (!failure.ok()) return failure;
    if (!read.ok()) return read;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return absl::CancelledError("the process ends");
    }
    if (folded_to == before) break;
  }
  return absl::OkStatus();
}

}  // namespace ccfa::engine
