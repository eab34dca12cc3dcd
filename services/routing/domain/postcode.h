#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// "rv1 2ab" as "RV12AB"; empty when it has not the form of a postcode of the United Kingdom.
std::string PlainPostcode(absl::string_view postcode);

/// Where a postcode lies: as `council` says, or where it does not, as another council does.
std::optional<intake::v1::Point> PointOf(const Tables& tables, absl::string_view council,
                                         absl::string_view postcode);

}  // namespace ccfa::routing
