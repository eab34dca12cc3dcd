#include "services/insight/tables.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/insight/near.h"
#include "services/insight/story.h"

namespace ccfa::insight {

std::vector<std::string> WardKeys(const v1::StoryRow& row) {
  if (!row.has_intake()) return {};
  return {absl::StrCat(CouncilOf(row.name()), "/", WardOf(row))};
}

std::vector<std::string> StateKeys(const v1::StoryRow& row) {
  if (!row.has_intake()) return {};
  return {absl::StrCat(CouncilOf(row.name()), "/", static_cast<int>(StateOf(row)))};
}

std::vector<std::string> CellKeys(const v1::StoryRow& row) {
  if (!row.intake().details().place().has_point()) return {};
  const auto& details = row.intake().details();
  return {CellKey(CouncilOf(row.name()), details.category(), CellOf(details.place().point()))};
}

}  // namespace ccfa::insight
