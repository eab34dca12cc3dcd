#pragma once

#include "ccfa/intake/v1/events.pb.h"
#include "common/engine/command.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// What the events about callers, agreements and keys mean: the part of Evolve that knows personal
/// data, as far as anything here does: sealed.
void EvolvePersonal(Tables& tables, const v1::Event& event, const engine::Record& record);

}  // namespace ccfa::intake
