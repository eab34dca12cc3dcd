#pragma once

#include <string>
#include <vector>

#include "ccfa/intake/v1/intake.pb.h"
#include "common/engine/command.h"
#include "services/intake/domain/policy.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

/// The parked calls that are one-offs no more beside a call of these details, which comes in or is
/// to be parked: of its category, near it and about its time, as many as make a pattern with it as
/// its council sees one (F10). None when they do not, at the cost of one look where nothing of the
/// kind is parked.
std::vector<std::string> PatternWith(const Tables& tables, const Policy& policy,
                                     absl::string_view council, const v1::CallDetails& details,
                                     absl::Time log_time, const engine::Context& context);

}  // namespace ccfa::intake
