#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::gateway::console {

/// One field of a command's form.
struct Field {
  enum class Kind {
    kLine,
    kText,
    kNumber,
    /// YYYY-MM-DD
    kDate,
    /// The values of the field's enum, or yes and no.
    kChoice,
    /// One of the council's own, by resource name.
    kAgency,
    kTeam,
    kCouncillor,
    /// By its code alone.
    kWard,
    kCategory,
    /// Any council.
    kCouncil,
    /// A text a line.
    kLines,
    /// The id of something new; `hint` is its collection: "agencies".
    kNewId,
    kPassword,
    /// What the form does not ask: `hint` is its value.
    kFixed,
  };
  /// A path into the request: "reason", "scan.harm", "parts[0].level".
  std::string path = {};
  std::string label = {};
  Kind kind = Kind::kLine;
  std::string hint = {};
};

/// What can be done to a thing, as a form: the RPC's request is made of its fields.
struct Command {
  const google::protobuf::MethodDescriptor* rpc = nullptr;
  /// "accept-call", of AcceptCall.
  std::string id = {};
  /// "Accept the call"
  std::string title = {};
  /// The kind of thing it is done to, as KindOf has it.
  std::string of = {};
  /// The field of the request that is the thing's name.
  std::string subject = {};
  std::vector<Field> fields = {};
  /// The states of the thing in which it can be done, by the enum's names without prefix and apart
  /// by blanks; empty: in any, as far as the page knows.
  std::string when = {};
  /// The field of the request that is the thing itself: the form begins with it as it is, and what
  /// the form does not ask stays. Empty: the command says what is done, not how the thing is.
  std::string edits = {};
};

/// The collections that a resource name goes through within its council: "calls",
/// "problems/actions". "councils" of a council itself; empty of the system.
std::string KindOf(absl::string_view name);

/// Every command of the console: the tables in commands_*.cc.
const std::vector<Command>& EveryCommand();
/// Null where there is none.
const Command* FindCommand(absl::string_view of, absl::string_view id);

/// Whether the thing's state lets it be done: the name of the state's enum value.
bool IsFor(const Command& command, absl::string_view state);

}  // namespace ccfa::gateway::console
