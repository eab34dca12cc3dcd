#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/core/since_boot.h"
#include "common/journal/journal.h"

namespace ccfa::journal {

/// A journal whose appends are timed, until they are durable.
class TimedJournal final : public Journal {
 public:
  using Took = std::function<void(absl::Duration)>;

  TimedJournal(std::unique_ptr<Journal> journal, Took took)
      : journal_(std::move(journal)), took_(std::move(took)) {}

  const std::string& topic() const override { return journal_->topic(); }
  int partition() const override { return journal_->partition(); }
  absl::Status Health() const override { return journal_->Health(); }
  absl::Status IsCurrent() const override { return journal_->IsCurrent(); }
  void AskEnd(ThenEnd then) override { journal_->AskEnd(std::move(then)); }
  uint64_t generation() const override { return journal_->generation(); }
  uint64_t epoch() const override { return journal_->epoch(); }
  absl::Status Append(const std::vector<Sealed>& records, Durability durability) override {
    const absl::Duration start = SinceBoot();
    absl::Status appended = journal_->Append(records, durability);
    took_(SinceBoot() - start);
    return appended;
  }
  absl::StatusOr<uint64_t> End() const override { return journal_->End(); }
  absl::Status Read(uint64_t after, const Visit& visit) const override {
    return journal_->Read(after, visit);
  }
  void OnAppend(Ring ring) override { journal_->OnAppend(std::move(ring)); }

 private:
  const std::unique_ptr<Journal> journal_;
  const Took took_;
};

}  // namespace ccfa::journal
