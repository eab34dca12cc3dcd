#include "services/intake/tables.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"

namespace ccfa::intake {

std::vector<std::string> WardKeys(const v1::CouncillorKnown& councillor) {
  return {absl::StrCat(CouncilOf(councillor.name()), "/", councillor.ward())};
}

}  // namespace ccfa::intake
