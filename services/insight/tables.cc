#include "services/insight/tables.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
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
  const auto& point = details.place().point();
  return {
      CellKey(CouncilOf(row.name()), details.category(), geo::CellOf({point.lat(), point.lon()}))};
}

std::string CellKey(absl::string_view council, absl::string_view category, geo::Cell cell) {
  return absl::StrCat(council, "/", category, "/", cell.lat, "/", cell.lon);
}

}  // namespace ccfa::insight
