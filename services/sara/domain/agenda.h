#pragma once

#include <string>

#include "ccfa/sara/v1/teams.pb.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

/// What a meeting of a team is to go through, from how things stand (F31): what the meeting before
/// left to do, its priorities in their order, overdue actions, invitations, its other problems in
/// hand, the furthest first, and what waits to be taken up.
v1::Agenda AgendaOf(const Tables& tables, const std::string& meeting);

}  // namespace ccfa::sara
