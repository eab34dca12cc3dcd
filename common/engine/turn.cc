#include "common/engine/turn.h"

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/engine/event.h"
#include "common/engine/receipt.h"

namespace ccfa::engine {
namespace {

// Trying again may succeed by itself: such a refusal is not an outcome to be remembered.
bool IsTransient(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status) ||
         absl::IsDeadlineExceeded(status) || absl::IsInternal(status) || absl::IsDataLoss(status);
}

absl::Status OutcomeUnknown(const absl::Status& why) {
  return TryLater(absl::StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
                  absl::StrCat("the record could not be made durable (", why.message(),
                               "); whether it was kept is not known: repeat the request with the "
                               "same request_id"),
                  1000);
}

}  // namespace

void Fold(Rules& rules, state::Rows& rows, const google::protobuf::Message& event,
          const Record& record, uint64_t offset, absl::string_view bytes) {
  Books books(rows);
  books.SetApplied(offset);
  books.SetChainHead(record.council(), Digest(bytes));
  if (!record.request_id().empty()) {
    books.RememberRequest(record.council(), record.request_id(), {record.request_hash(), offset});
  }
  if (record.has_cause()) {
    books.SetCursor(Books::SourceOf(record.cause()),
                    {record.cause().offset(), record.cause().ordinal()});
  }
  rules.Apply(rows, event, record);
}

Turn::Turn(Rules& rules, journal::Journal& journal, std::shared_ptr<state::OpenDatabase> database,
           const std::string& tables, uint64_t next_seq)
    : rules_(rules),
      journal_(journal),
      staged_(std::move(database), tables),
      books_(staged_),
      first_seq_(next_seq),
      next_seq_(next_seq) {}

void Turn::Decide(Command command, absl::Time now, const calendar::Calendar& calendar) {
  if (command.done) durability_ = journal::Durability::kNow;
  if (command.deadline <= now) {
    answers_.push_back(
        {std::move(command.done), Refuse(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                                         "the deadline passed before the command was decided")});
    return;
  }
  Context context{now, command.actor, calendar};
  staged_.SetSavePoint();
  absl::StatusOr<Receipt> outcome = Run(command, context);
  // What could not be read looks absent: no refusal rests on that.
  if (!staged_.status().ok()) outcome = staged_.status();
  if (!outcome.ok() && command.cause) {
    if (IsTransient(outcome.status())) {
      // Nobody would ask again: the turn fails, and its causes are read again.
      finished_.Update(outcome.status());
      return staged_.RollBack();
    }
    staged_.RollBack();
    staged_.SetSavePoint();
    record::v1::ReactionRefused refused;
    refused.set_name(command.subject);
    refused.set_command(command.what);
    refused.set_reason(ReasonOf(outcome.status()));
    refused.set_message(std::string(outcome.status().message()));
    outcome = Write(command, context, rules_.Refused(refused));
  }
  outcome.ok() ? staged_.DropSavePoint() : staged_.RollBack();
  answers_.push_back({std::move(command.done), std::move(outcome)});
}

absl::StatusOr<Receipt> Turn::Run(Command& command, const Context& context) {
  if (!command.request_id.empty()) {
    if (auto first = books_.FindRequest(command.council, command.request_id)) {
      return FirstAnswer(*first, command);
    }
  }
  absl::StatusOr<Draft> event = command.decide(staged_, context);
  if (!event.ok()) return event.status();
  if (*event == nullptr) {
    Receipt nothing_to_do;
    nothing_to_do.set_name(command.subject);
    return nothing_to_do;
  }
  return Write(command, context, *std::move(event));
}

absl::StatusOr<Receipt> Turn::Write(Command& command, const Context& context, Draft event) {
  const google::protobuf::Message* inner = InnerEvent(*event);
  if (inner == nullptr) return absl::InternalError("a rule yielded an event that is not set");
  Record record;
  record.set_type(inner->GetDescriptor()->full_name());
  record.set_subject(SubjectOf(*inner));
  *record.mutable_time() = ToProto(context.now);
  record.set_council(command.council);
  record.set_actor(command.actor.ToString());
  if (command.cause) *record.mutable_cause() = *command.cause;
  record.set_request_id(command.request_id);
  record.set_request_hash(command.request_hash);
  record.set_traceparent(command.traceparent);
  record.set_epoch(journal_.epoch());
  record.set_seq(next_seq_);
  record.set_previous_hash(books_.ChainHead(command.council));
  event->SerializeToString(record.mutable_data());

  std::string bytes = record.SerializeAsString();
  Fold(rules_, staged_, *event, record, next_seq_, bytes);
  if (!staged_.status().ok()) return staged_.status();
  records_.push_back({next_seq_++, std::move(bytes)});
  return ReceiptOf(record, journal_.topic(), rules_.Advice(*event));
}

absl::StatusOr<Receipt> Turn::FirstAnswer(const Books::Request& first, const Command& command) {
  if (first.hash != command.request_hash) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "REQUEST_ID_REUSED",
                  "this id was used before with another body; take a new one", "request_id");
  }
  absl::StatusOr<std::string> bytes = BytesAt(first.offset);
  if (!bytes.ok()) return bytes.status();
  Record record;
  Draft event = rules_.NewEvent();
  if (!record.ParseFromString(*bytes) || !event->ParseFromString(record.data())) {
    return absl::DataLossError(absl::StrCat("record ", first.offset, " is damaged"));
  }
  Receipt receipt = ReceiptOf(record, journal_.topic(), rules_.Advice(*event));
  receipt.set_repeated(true);
  return receipt;
}

absl::StatusOr<std::string> Turn::BytesAt(uint64_t offset) const {
  if (offset >= first_seq_) return records_[offset - first_seq_].bytes;
  std::string found;
  absl::Status read = journal_.Read(offset - 1, [&](uint64_t, absl::string_view bytes) {
    found = std::string(bytes);
    return false;
  });
  if (!read.ok()) return read;
  return found;
}

void Turn::Advance(absl::string_view source, uint64_t offset) {
  books_.SetCursor(source, {offset, Books::kWholeCause});
}

absl::Status Turn::Finish() {
  if (finished_.ok() && !records_.empty()) finished_ = journal_.Append(records_, durability_);
  if (finished_.ok()) finished_ = staged_.Commit();
  return finished_;
}

std::vector<absl::AnyInvocable<void()>> Turn::TakeAnswers() {
  std::vector<absl::AnyInvocable<void()>> answers;
  for (Answer& answer : answers_) {
    if (!answer.done) continue;
    if (!finished_.ok()) answer.outcome = OutcomeUnknown(finished_);
    answers.push_back(
        [done = std::move(answer.done), outcome = std::move(answer.outcome)]() mutable {
          done(std::move(outcome));
        });
  }
  return answers;
}

}  // namespace ccfa::engine
