#include "services/gateway/console/commands.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/gateway/console/command_tables.h"
#include "services/gateway/routes.h"

namespace ccfa::gateway::console {
namespace {

/// "accept-call", of AcceptCall.
std::string KebabOf(absl::string_view name) {
  std::string kebab;
  for (char c : name) {
    if (absl::ascii_isupper(c) && !kebab.empty()) kebab += '-';
    kebab += absl::ascii_tolower(c);
  }
  return kebab;
}

void Add(absl::string_view service, std::vector<CommandRow> rows, std::vector<Command>& to) {
  for (CommandRow& row : rows) {
    const auto* found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        absl::StrCat(service, ".", row.rpc));
    to.push_back({.rpc = found,
                  .id = KebabOf(row.rpc),
                  .title = row.title,
                  .of = row.of,
                  .subject = row.subject,
                  .fields = std::move(row.fields),
                  .when = row.when,
                  .edits = row.edits});
  }
}

}  // namespace

std::string KindOf(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/', absl::SkipEmpty());
  if (parts.size() <= 2) return parts.empty() ? "" : std::string(parts[0]);
  std::string kind;
  for (size_t i = 2; i < parts.size(); i += 2) absl::StrAppend(&kind, i == 2 ? "" : "/", parts[i]);
  return kind;
}

const std::vector<Command>& EveryCommand() {
  static const std::vector<Command> commands = [] {
    std::vector<Command> made;
    // The services' descriptors are there once somebody has named them.
    EveryService();
    Add("ccfa.intake.v1.IntakeService", IntakeCommands(), made);
    Add("ccfa.routing.v1.RoutingService", RoutingCommands(), made);
    Add("ccfa.sara.v1.SaraService", SaraCommands(), made);
    Add("ccfa.scrutiny.v1.ScrutinyService", ScrutinyCommands(), made);
    Add("ccfa.identity.v1.IdentityService", IdentityCommands(), made);
    return made;
  }();
  return commands;
}

const Command* FindCommand(absl::string_view of, absl::string_view id) {
  for (const Command& command : EveryCommand()) {
    if (command.of == of && command.id == id) return &command;
  }
  return nullptr;
}

bool IsFor(const Command& command, absl::string_view state) {
  if (command.when.empty()) return true;
  for (absl::string_view allowed : absl::StrSplit(command.when, ' ')) {
    if (absl::EndsWith(state, absl::StrCat("_STATE_", allowed))) return true;
  }
  return false;
}

}  // namespace ccfa::gateway::console
