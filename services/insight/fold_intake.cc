#include "absl/strings/str_cat.h"
#include "services/insight/disclosures.h"
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

void AddToThread(Tables& tables, const record::v1::Record& record, const std::string& text,
                 bool from_caller) {
  Update(tables, record, [&](IntakePart& part) {
    intake::v1::ThreadEntry& entry = *part.add_thread();
    *entry.mutable_time() = record.time();
    entry.set_by(record.actor());
    entry.set_from_caller(from_caller);
    entry.set_text(text);
  });
}

/// What is late when a clock of this kind runs out; empty when only a right has ended.
std::string LateWords(const std::string& kind) {
  if (kind == "appeal") return "";
  if (kind == "decide-appeal") return "to decide the appeal";
  if (kind == "councillor-answer") return "to tell the caller what will be done";
  return absl::StrCat("to ", kind);
}

void FoldRuling(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record) {
  using intake::v1::Event;
  auto settle = [&](intake::v1::CallState state, const std::string& reason, auto change) {
    Update(tables, record, [&](IntakePart& part) {
      part.set_state(state);
      part.set_reason(reason);
      change(*part.mutable_ruling());
    });
  };
  auto decide = [&](const std::string& reason, bool confirmed) {
    return [&record, &reason, confirmed](intake::v1::Ruling& ruling) {
      ruling.set_decided_by(record.actor());
      ruling.set_decision_reason(reason);
      ruling.set_confirmed(confirmed);
    };
  };
  if (event.has_ruling_proposed()) {
    const auto& proposed = event.ruling_proposed();
    settle(intake::v1::CALL_STATE_RULING_PROPOSED, proposed.reason(), [&](auto& ruling) {
      ruling.Clear();
      ruling.set_proposed_by(record.actor());
      ruling.set_reason(proposed.reason());
      ruling.set_evidence(proposed.evidence());
    });
  } else if (event.has_ruling_confirmed()) {
    const auto& confirmed = event.ruling_confirmed();
    settle(intake::v1::CALL_STATE_DECLINED, confirmed.reason(), decide(confirmed.reason(), true));
    Update(tables, record,
           [&](IntakePart& part) { *part.mutable_exclusion() = confirmed.exclusion(); });
  } else if (event.has_ruling_rejected()) {
    const std::string& reason = event.ruling_rejected().reason();
    settle(intake::v1::CALL_STATE_LOGGED, reason, decide(reason, false));
  } else if (event.has_ruling_appealed()) {
    settle(intake::v1::CALL_STATE_APPEALED, event.ruling_appealed().grounds(), [&](auto& ruling) {
      ruling.set_appealed_by(record.actor());
      ruling.set_grounds(event.ruling_appealed().grounds());
    });
  } else if (event.has_appeal_decided()) {
    const auto& decided = event.appeal_decided();
    settle(decided.upheld() ? intake::v1::CALL_STATE_LOGGED : intake::v1::CALL_STATE_DECLINED,
           decided.reason(), [&](auto& ruling) {
             ruling.set_appeal_decided_by(record.actor());
             ruling.set_appeal_reason(decided.reason());
             ruling.set_upheld(decided.upheld());
           });
    if (decided.upheld()) Update(tables, record, [](IntakePart& part) { part.clear_exclusion(); });
  }
}

/// Whether it is taken on, by what law and on what grounds.
void FoldScreening(Tables& tables, const intake::v1::Event& event,
                   const record::v1::Record& record) {
  if (event.has_call_accepted()) {
    Settle(tables, record, intake::v1::CALL_STATE_ACCEPTED, event.call_accepted().reason());
    if (!event.call_accepted().has_multi_agency()) return;
    Update(tables, record, [&](IntakePart& part) {
      *part.mutable_multi_agency() = event.call_accepted().multi_agency();
    });
  } else if (event.has_call_declined()) {
    Settle(tables, record, intake::v1::CALL_STATE_DECLINED, event.call_declined().reason());
    if (!event.call_declined().has_exclusion()) return;
    Update(tables, record, [&](IntakePart& part) {
      *part.mutable_exclusion() = event.call_declined().exclusion();
    });
  } else if (event.has_call_classified()) {
    Update(tables, record, [&](IntakePart& part) {
      part.mutable_details()->set_regime(event.call_classified().regime());
    });
  } else if (event.has_standing_recorded()) {
    Update(tables, record, [&](IntakePart& part) {
      part.mutable_details()->set_standing(event.standing_recorded().standing());
    });
  } else if (event.has_call_referred_to_service()) {
    const auto& referred = event.call_referred_to_service();
    Settle(tables, record, intake::v1::CALL_STATE_REFERRED_TO_SERVICE,
           absl::StrCat("to ", referred.service(), ": ", referred.reason()));
  } else if (event.has_call_referred_to_council()) {
    const auto& referred = event.call_referred_to_council();
    Settle(tables, record, intake::v1::CALL_STATE_REFERRED_TO_COUNCIL, referred.reason());
    Update(tables, record, [&](IntakePart& part) { part.set_referred_to(referred.council()); });
  } else if (event.has_council_answer_received()) {
    const auto& received = event.council_answer_received();
    const auto& closing = received.closing();
    Settle(tables, record,
           received.taken() ? intake::v1::CALL_STATE_CLOSED : intake::v1::CALL_STATE_LOGGED,
           absl::StrCat(closing.done(), ". ", closing.why()));
    Update(tables, record, [&](IntakePart& part) {
      part.set_referred_to(received.taken() ? received.from() : "");
      part.set_resolved(closing.resolved());
    });
  } else if (event.has_call_parked()) {
    Settle(tables, record, intake::v1::CALL_STATE_PARKED, event.call_parked().reason());
  } else if (event.has_call_recalled()) {
    Settle(tables, record, intake::v1::CALL_STATE_LOGGED, event.call_recalled().reason());
  }
}

/// What is said to a caller, by them, and of what it does to them and others.
void FoldCaller(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record) {
  if (event.has_caller_answered()) {
    AddToThread(tables, record, event.caller_answered().answer(), /*from_caller=*/false);
  } else if (event.has_caller_told()) {
    AddToThread(tables, record, event.caller_told().message(), /*from_caller=*/false);
  } else if (event.has_reply_noted()) {
    AddToThread(tables, record, event.reply_noted().reply(), /*from_caller=*/true);
  } else if (event.has_harm_assessed()) {
    Update(tables, record, [&](IntakePart& part) {
      *part.mutable_harm() = event.harm_assessed().harm();
      part.mutable_harm()->set_assessed_by(record.actor());
      *part.mutable_harm()->mutable_assess_time() = record.time();
    });
  } else if (event.has_affected_said()) {
    Update(tables, record,
           [&](IntakePart& part) { part.set_affected_too(event.affected_said().count()); });
  }
}

/// Where an accepted call went, how it ended, and that it came back.
void FoldCourse(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record) {
  if (event.has_call_withdrawn()) {
    Settle(tables, record, intake::v1::CALL_STATE_WITHDRAWN, event.call_withdrawn().reason());
  } else if (event.has_call_joined()) {
    Settle(tables, record, intake::v1::CALL_STATE_JOINED, event.call_joined().reason());
    Update(tables, record, [](IntakePart& part) { part.set_joined(true); });
  } else if (event.has_call_closed()) {
    const auto& closing = event.call_closed().closing();
    Settle(tables, record, intake::v1::CALL_STATE_CLOSED,
           absl::StrCat(closing.done(), ". ", closing.why()));
    Update(tables, record, [&](IntakePart& part) { part.set_resolved(closing.resolved()); });
  } else if (event.has_call_reopened()) {
    Update(tables, record, [&](IntakePart& part) {
      part.set_state(part.joined() ? intake::v1::CALL_STATE_JOINED
                                   : intake::v1::CALL_STATE_ACCEPTED);
      part.set_reason(absl::StrCat("not fixed: ", event.call_reopened().reason()));
      part.set_resolved(false);
    });
  }
}

}  // namespace

void FoldIntake(Tables& tables, const intake::v1::Event& event, const record::v1::Record& record) {
  using intake::v1::Event;
  switch (event.event_case()) {
    case Event::kCallLogged:
      return Update(tables, record, [&](IntakePart& part) {
        *part.mutable_details() = event.call_logged().details();
        part.set_referred_from(event.call_logged().referred_from());
        part.set_caller(CallerWords(event.call_logged().caller()));
        part.set_state(intake::v1::CALL_STATE_LOGGED);
        *part.mutable_log_time() = record.time();
      });
    case Event::kCallAcknowledged:
      return Update(tables, record, [](IntakePart& part) { part.set_acknowledged(true); });
    case Event::kCallAccepted:
    case Event::kCallDeclined:
    case Event::kCallClassified:
    case Event::kStandingRecorded:
    case Event::kCallReferredToService:
    case Event::kCallParked:
    case Event::kCallRecalled:
    case Event::kCallReferredToCouncil:
    case Event::kCouncilAnswerReceived:
      return FoldScreening(tables, event, record);
    case Event::kRulingProposed:
    case Event::kRulingConfirmed:
    case Event::kRulingRejected:
    case Event::kRulingAppealed:
    case Event::kAppealDecided:
      return FoldRuling(tables, event, record);
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
    case Event::kCallJoined:
    case Event::kCallClosed:
    case Event::kCallReopened:
      return FoldCourse(tables, event, record);
    case Event::kCallerAnswered:
    case Event::kCallerTold:
    case Event::kReplyNoted:
    case Event::kHarmAssessed:
    case Event::kAffectedSaid:
      return FoldCaller(tables, event, record);
    case Event::kClockExpired:
      return Update(tables, record, [&](IntakePart& part) {
        std::string late = LateWords(event.clock_expired().clock().kind());
        if (!late.empty()) part.add_overdue(late);
      });
    case Event::kCallerChanged:
    case Event::kConsentRecorded:
    case Event::kConsentWithdrawn:
    case Event::kCallerOpened:
    case Event::kCallerErased:
      return FoldPersonal(tables, event, record);
    case Event::kAgreementKnown:
    case Event::kKeysRotated:
    case Event::kRetentionStarted:
    case Event::kRetentionLifted:
    case Event::kCouncilAnswered:
    case Event::kClockWarned:
    case Event::kCouncilOpened:
    case Event::kWardOpened:
    case Event::kCouncillorKnown:
    case Event::kCouncilConfigured:
    case Event::kClockRecomputed:
    case Event::kReactionRefused:
    case Event::kActRecorded:
    case Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::insight
