#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/engine/command.h"
#include "common/engine/interests.h"

namespace ccfa::engine {

/// What a service gives the engine: what its events mean, and what it does about others' events and
/// about clocks. Called by the service's one writer only.
class Rules {
 public:
  virtual ~Rules() = default;

  /// Raised whenever tables or their indexes hold other than before: tables of another edition are
  /// folded again at the start.
  virtual uint64_t edition() const { return 1; }

  /// A service's Event message, empty.
  virtual Draft NewEvent() const = 0;

  /// What the event means for the tables. Never refuses.
  virtual void Apply(state::Rows& rows, const google::protobuf::Message& event,
                     const Record& record) = 0;

  /// Whether events of this type may lead to commands.
  virtual Interest InterestIn(absl::string_view /*type*/) const { return Interest::kReacts; }

  /// The commands an event of some topic leads to, in order; a pure function of the event. An event
  /// this build does not know is UNIMPLEMENTED: the topic is not read on, never skipped.
  virtual absl::StatusOr<std::vector<Command>> React(absl::string_view topic,
                                                     const Record& record) = 0;

  /// The event that says a reaction was refused.
  virtual Draft Refused(const record::v1::ReactionRefused& refused) const = 0;

  /// The event that says what somebody administers outside of the rules.
  virtual Draft Acted(const record::v1::ActRecorded& act) const = 0;

  /// The commands of the clocks that are due at `now`, at most `limit`.
  virtual std::vector<Command> DueClocks(state::Rows& rows, absl::Time now, int limit) = 0;

  /// When the next clock is due; InfiniteFuture when none runs.
  virtual absl::Time NextDue(state::Rows& rows) = 0;

  /// What whoever asked should be told at once about this event.
  virtual std::string Advice(const google::protobuf::Message&) const { return ""; }
};

}  // namespace ccfa::engine
