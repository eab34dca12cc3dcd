#include "services/routing/domain/register.h"

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"

namespace ccfa::routing {

absl::Status CheckCouncil(const Tables& tables, absl::string_view field, absl::string_view name) {
  std::string council = absl::StrCat("councils/", CouncilOf(name));
  if (tables.councils.Contains(council)) return absl::OkStatus();
  return NotFound(field, absl::StrCat(council, "; register the council first"));
}

absl::Status CheckTitle(absl::string_view field, absl::string_view title) {
  return title.empty() || title.size() > 200
             ? InvalidField(field, "is required, at most 200 bytes: the name people know it by")
             : absl::OkStatus();
}

v1::AreaHit AreaHitOf(const Tables& tables, absl::string_view area) {
  v1::AreaHit hit;
  hit.set_name(std::string(area));
  if (auto known = tables.areas.Get(area)) {
    hit.set_title(known->title());
    hit.set_agency(known->agency());
  }
  return hit;
}

}  // namespace ccfa::routing
