#include "absl/strings/str_cat.h"
#include "services/insight/fold.h"

namespace ccfa::insight {
namespace {

using v1::IntakePart;

/// Changes the intake part of the call the record is about.
template <class Change>
void Update(Tables& tables, const record::v1::Record& record, Change change) {
  UpdateStory(tables, record.subject(), record, [&](v1::StoryRow& row) {
    change(*row.mutable_intake());
    row.mutable_intake()->set_etag(absl::StrCat(record.seq()));
  });
}

void Settle(Tables& tables, const record::v1::Record& record, intake::v1::CallState state,
            const std::string& reason) {
  Update(tables, record, [&](IntakePart& part) {
    part.set_state(state);
    part.set_reason(reason);
  });
}

}  // namespace

void FoldIntake(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record) {
  using intake::v1::Event;
  switch (event.event_case()) {
    case Event::kCallLogged:
      return Update(tables, record, [&](IntakePart& part) {
        *part.mutable_details() = event.call_logged().details();
        part.set_state(intake::v1::CALL_STATE_LOGGED);
        *part.mutable_log_time() = record.time();
      });
    case Event::kCallAcknowledged:
      return Update(tables, record, [](IntakePart& part) { part.set_acknowledged(true); });
    case Event::kCallAccepted:
      return Settle(tables, record, intake::v1::CALL_STATE_ACCEPTED,
                    event.call_accepted().reason());
    case Event::kCallDeclined:
      return Settle(tables, record, intake::v1::CALL_STATE_DECLINED,
                    event.call_declined().reason());
    case Event::kCallReferredToService:
      return Settle(tables, record, intake::v1::CALL_STATE_REFERRED_TO_SERVICE,
                    absl::StrCat("to ", event.call_referred_to_service().service(), ": ",
                                 event.call_referred_to_service().reason()));
    case Event::kInformationAsked:
      return Update(tables, record, [&](IntakePart& part) {
        part.set_state(intake::v1::CALL_STATE_MORE_INFORMATION_NEEDED);
        part.set_question(event.information_asked().question());
      });
    case Event::kInformationGiven:
      return Update(tables, record, [](IntakePart& part) {
        part.set_state(intake::v1::CALL_STATE_LOGGED);
        part.clear_question();
      });
    case Event::kCallWithdrawn:
      return Settle(tables, record, intake::v1::CALL_STATE_WITHDRAWN,
                    event.call_withdrawn().reason());
    case Event::kCallJoined:
      return Settle(tables, record, intake::v1::CALL_STATE_JOINED, event.call_joined().reason());
    case Event::kCallClosed: {
      const auto& closing = event.call_closed().closing();
      Settle(tables, record, intake::v1::CALL_STATE_CLOSED,
             absl::StrCat(closing.done(), ". ", closing.why()));
      return Update(tables, record,
                    [&](IntakePart& part) { part.set_resolved(closing.resolved()); });
    }
    case Event::kClockExpired:
      return Update(tables, record, [&](IntakePart& part) {
        part.add_overdue(absl::StrCat("to ", event.clock_expired().clock().kind()));
      });
    case Event::kClockWarned:
    case Event::kCouncilOpened:
    case Event::kWardOpened:
    case Event::kCouncilConfigured:
    case Event::kClockRecomputed:
    case Event::kReactionRefused:
    case Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::insight
