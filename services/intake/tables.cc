#include "services/intake/tables.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"

namespace ccfa::intake {

std::vector<std::string> WardKeys(const v1::CouncillorKnown& councillor) {
  return {absl::StrCat(CouncilOf(councillor.name()), "/", councillor.ward())};
}

std::vector<std::string> AgencyKeys(const v1::AgreementKnown& agreement) {
  return {agreement.agency()};
}

}  // namespace ccfa::intake
