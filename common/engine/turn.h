#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/engine/books.h"
#include "common/engine/command.h"
#include "common/engine/rules.h"
#include "common/journal/journal.h"
#include "common/state/staged.h"

namespace ccfa::engine {

/// One turn of a writer: commands decided on the tables plus what this turn already staged, their
/// records appended in one write, the tables committed, and only then everybody answered, success
/// and refusal alike: a refusal may rest on an event that is not durable before the append is.
class Turn {
 public:
  Turn(Rules& rules, journal::Journal& journal, std::shared_ptr<state::OpenDatabase> database,
       const std::string& tables, uint64_t next_seq);

  /// Decides one command. Its answer waits for `Finish`, which fails when a reaction could not be
  /// decided for now.
  void Decide(Command command, absl::Time now, const calendar::Calendar& calendar);

  /// A topic has been read up to here, whatever came of it.
  void Advance(absl::string_view source, uint64_t offset);

  state::Staged& rows() { return staged_; }
  size_t records() const { return records_.size(); }
  size_t commands() const { return answers_.size(); }
  /// A record of this turn by its seq. Valid until the next is decided.
  absl::string_view RecordAt(uint64_t seq) const { return records_[seq - first_seq_].bytes; }
  /// The first seq that this turn did not use.
  uint64_t next_seq() const { return next_seq_; }

  /// Appends and commits. On an error everybody is to be told that the outcome is unknown, and the
  /// tables must be read again from the journal.
  absl::Status Finish();

  /// What is to be said to whom after `Finish`; each is to be called once.
  std::vector<absl::AnyInvocable<void()>> TakeAnswers();

 private:
  struct Answer {
    absl::AnyInvocable<void(absl::StatusOr<Receipt>)> done;
    absl::StatusOr<Receipt> outcome;
  };

  absl::StatusOr<Receipt> Run(Command& command, const Context& context);
  absl::StatusOr<Receipt> FirstAnswer(const Books::Request& first, const Command& command);
  absl::StatusOr<Receipt> Write(Command& command, const Context& context, Draft event);
  absl::StatusOr<std::string> BytesAt(uint64_t offset) const;

  Rules& rules_;
  journal::Journal& journal_;
  state::Staged staged_;
  Books books_;
  const uint64_t first_seq_;
  uint64_t next_seq_;
  journal::Durability durability_ = journal::Durability::kWithNext;
  std::vector<journal::Sealed> records_;
  std::vector<Answer> answers_;
  absl::Status finished_;
};

/// Folds one record into the tables and the books: live and in replay alike.
void Fold(Rules& rules, state::Rows& rows, const google::protobuf::Message& event,
          const Record& record, uint64_t offset, absl::string_view bytes);

}  // namespace ccfa::engine
