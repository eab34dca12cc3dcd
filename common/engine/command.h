#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/record/v1/receipt.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/calendar/calendar.h"
#include "common/core/actor.h"
#include "common/state/rows.h"
#include "google/protobuf/message.h"

namespace ccfa::engine {

using record::v1::Receipt;
using record::v1::Record;

/// What a decision may know beside the tables and the request. Everything that depends on time or
/// chance is in here.
struct Context {
  absl::Time now;
  Actor actor;
  const calendar::Calendar& calendar;
};

/// A service's Event message with its oneof set; null when everything already is as asked.
using Draft = std::unique_ptr<google::protobuf::Message>;

/// Something to be decided by a service's one writer.
struct Command {
  /// In words, "LogCall": for logs, metrics and refused reactions.
  std::string what;
  std::string council;
  Actor actor;
  /// Empty: the command is not to be remembered.
  std::string request_id;
  uint64_t request_hash = 0;
  std::string traceparent;
  /// Not worth deciding after this; nobody waits.
  absl::Time deadline = absl::InfiniteFuture();
  /// The event this reacts to.
  std::optional<record::v1::Cause> cause;
  /// The resource it is about, as far as it is known before it is decided.
  std::string subject;

  /// The rule: no I/O, clock, chance or threads. Called once.
  absl::AnyInvocable<absl::StatusOr<Draft>(state::Rows&, const Context&)> decide;
  /// Called once, by the writer, when the outcome is durable. May be empty.
  absl::AnyInvocable<void(absl::StatusOr<Receipt>)> done;
};

}  // namespace ccfa::engine
