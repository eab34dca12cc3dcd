#pragma once

#include "ccfa/sara/v1/events.pb.h"
#include "common/engine/command.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// What each event means for the tables. Never refuses; once an event has landed, its meaning is
/// frozen (golden/).
void Evolve(Tables& tables, const v1::Event& event, const engine::Record& record);

}  // namespace ccfa::sara
