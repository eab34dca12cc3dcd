#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordExportRequest& request,
                             const Context&) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  const std::string& purpose = request.purpose();
  if (purpose.empty() || purpose.size() > kPurposeBytes || absl::StrContains(purpose, '\n')) {
    return InvalidField("purpose", absl::StrCat("is required: one line of at most ", kPurposeBytes,
                                                " bytes on what the calls are exported for"));
  }
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  Event event;
  record::v1::ActRecorded& act = *event.mutable_act_recorded();
  act.set_name(request.parent());
  act.set_act(record::v1::ACT_CALLS_EXPORTED);
  act.set_reason(purpose);
  return event;
}

}  // namespace ccfa::intake
