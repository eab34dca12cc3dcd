#include "services/insight/fold.h"

namespace ccfa::insight {

void FoldRouting(Tables& tables, const routing::v1::Event& event,
                 const record::v1::Record& record) {
  using routing::v1::Event;
  auto place = [&](const routing::v1::Placement& placement) {
    UpdateStory(tables, record.subject(), record, [&](v1::StoryRow& row) {
      *row.mutable_routing()->mutable_placement() = placement;
    });
  };
  switch (event.event_case()) {
    case Event::kCallRouted:
      return place(event.call_routed().placement());
    case Event::kCallTriaged:
      return place(event.call_triaged().placement());
    case Event::kCouncilConfigured:
      return tables.configs.Put(event.council_configured().name(),
                                event.council_configured().config());
    case Event::kWardRegistered: {
      v1::WardRow ward;
      ward.set_title(event.ward_registered().ward().title());
      return tables.wards.Put(event.ward_registered().name(), ward);
    }
    case Event::kAgreementRecorded:
    case Event::kCallReleased:
    case Event::kCouncilRegistered:
    case Event::kAgencyRegistered:
    case Event::kCouncillorRegistered:
    case Event::kTeamCreated:
    case Event::kTeamChanged:
    case Event::kWardRetired:
    case Event::kAreaRegistered:
    case Event::kPostcodesRegistered:
    case Event::kCallEnded:
    case Event::kCallResumed:
    case Event::kReactionRefused:
    case Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::insight
