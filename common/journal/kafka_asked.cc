// Who asks where the journal ends, and waits until it has been read so far.

#include <utility>

#include "common/core/refusal.h"
#include "common/journal/kafka.h"

namespace ccfa::journal {
namespace {

absl::Status Ending() {
  return NotNow("RELEASED", "the process is ending");
}

}  // namespace

void KafkaJournal::AskEnd(ThenEnd then) {
  Lock lock(mutex_);
  bool known = !halted_.ok() || (IsWriter() && IsCurrentLocked().ok());
  if (known || closed_) {
    absl::StatusOr<uint64_t> end = closed_ ? Ending() : absl::StatusOr<uint64_t>(end_.load());
    if (!halted_.ok()) end = halted_;
    lock.unlock();
    return then(end);
  }
  asked_.push_back({std::move(then), std::nullopt, false});
  lock.unlock();
  ring_asked_();
}

bool KafkaJournal::IsAsked() {
  Lock lock(mutex_);
  bool asked = false;
  for (Asked& one : asked_) {
    one.in_question |= !one.until;
    asked |= one.in_question;
  }
  return asked;
}

void KafkaJournal::TellEnd(int64_t end) {
  std::vector<ThenEnd> answered, unanswered;
  {
    Lock lock(mutex_);
    std::vector<Asked> still;
    for (Asked& one : asked_) {
      if (one.in_question) {
        one.in_question = false;
        if (end < 0) {
          unanswered.push_back(std::move(one.then));
          continue;
        }
        one.until = end;
        must_read_ |= place_.next_offset() < end;
      }
      still.push_back(std::move(one));
    }
    asked_ = std::move(still);
    answered = TakeAnsweredLocked();
  }
  for (ThenEnd& then : answered) then(End());
  for (ThenEnd& then : unanswered) {
    then(NotNow("BROKER_SILENT", "the broker did not say where the journal ends"));
  }
}

std::vector<Journal::ThenEnd> KafkaJournal::TakeAnsweredLocked() {
  std::vector<ThenEnd> answered;
  if (asked_.empty() || load_again_) return answered;
  std::vector<Asked> still;
  for (Asked& one : asked_) {
    bool reached = !halted_.ok() || (one.until && place_.next_offset() >= *one.until);
    reached ? answered.push_back(std::move(one.then)) : still.push_back(std::move(one));
  }
  asked_ = std::move(still);
  return answered;
}

void KafkaJournal::Close() {
  std::vector<Asked> asked;
  {
    Lock lock(mutex_);
    closed_ = true;
    asked = std::move(asked_);
  }
  for (Asked& one : asked) one.then(Ending());
  std::lock_guard lock(rings_mutex_);
  rings_.clear();
}

}  // namespace ccfa::journal
