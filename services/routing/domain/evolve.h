#pragma once

#include "ccfa/routing/v1/events.pb.h"
#include "common/engine/command.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// What each event means for the tables. Never refuses; once an event has landed, its meaning is
/// frozen (golden/).
void Evolve(Tables& tables, const v1::Event& event, const engine::Record& record);

}  // namespace ccfa::routing
