#pragma once

#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/engine/command.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

/// What each event means for the tables. Never refuses; once an event has landed, its meaning is
/// frozen (golden/).
void Evolve(Tables& tables, const v1::Event& event, const engine::Record& record);

}  // namespace ccfa::scrutiny
