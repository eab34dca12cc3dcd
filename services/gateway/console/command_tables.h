#pragma once

#include <vector>

#include "services/gateway/console/commands.h"

namespace ccfa::gateway::console {

/// A row: the RPC's name, then what a Command has. One table a service.
struct CommandRow {
  const char* rpc;
  const char* title;
  const char* of;
  const char* subject;
  const char* when;
  std::vector<Field> fields;
  const char* edits = "";
};

std::vector<CommandRow> IntakeCommands();
std::vector<CommandRow> RoutingCommands();
std::vector<CommandRow> SaraCommands();
std::vector<CommandRow> ScrutinyCommands();
std::vector<CommandRow> IdentityCommands();

}  // namespace ccfa::gateway::console
