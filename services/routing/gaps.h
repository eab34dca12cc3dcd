#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "services/routing/tables.h"

namespace ccfa::routing {

/// What a council's teams lack on a day: uncovered wards, vacancies, terms that ended (F23).
std::vector<v1::Gap> GapsOf(const Tables& tables, absl::string_view council, absl::CivilDay today);

}  // namespace ccfa::routing
