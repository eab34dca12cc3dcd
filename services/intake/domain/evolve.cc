#include "services/intake/domain/evolve.h"

#include "absl/strings/str_cat.h"
#include "common/config/configured.h"
#include "services/intake/domain/evolve_personal.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using engine::Record;
using v1::Call;

/// Changes the call an event is about and stamps it with the event's version.
template <class Change>
void Update(Tables& tables, const Record& record, Change change) {
  tables.calls.Update(record.subject(), [&](Call& call) {
    change(call);
    *call.mutable_update_time() = record.time();
    call.set_etag(absl::StrCat(record.seq()));
  });
}

/// Those of a call's clocks that run until somebody has decided whether it is taken on.
void StopScreening(Tables& tables, const std::string& call) {
  tables.clocks.Stop(call, kAcknowledgeClock);
  tables.clocks.Stop(call, kScreenClock);
}

/// A decision on a call: its state, who took it and why. Only the councillor's duty to answer runs
/// on, where the call does.
void Settle(Tables& tables, const Record& record, v1::CallState state, const std::string& reason) {
  Update(tables, record, [&](Call& call) {
    call.set_state(state);
    call.set_decided_by(record.actor());
    call.set_reason(reason);
  });
  bool goes_on = state == v1::CALL_STATE_ACCEPTED || state == v1::CALL_STATE_JOINED;
  goes_on ? StopScreening(tables, record.subject()) : tables.clocks.StopAll(record.subject());
}

void On(Tables& tables, const v1::CallLogged& logged, const Record& record) {
  Call call;
  call.set_name(logged.name());
  *call.mutable_details() = logged.details();
  call.set_state(v1::CALL_STATE_LOGGED);
  call.set_referred_from(logged.referred_from());
  if (logged.has_caller()) *call.mutable_caller() = logged.caller();
  *call.mutable_log_time() = record.time();
  *call.mutable_update_time() = record.time();
  call.set_etag(absl::StrCat(record.seq()));
  tables.calls.Put(logged.name(), call);
  tables.numbering.Use("calls", logged.name());
  tables.clocks.StartAll(logged.clocks());
}

void On(Tables& tables, const v1::CallAcknowledged&, const Record& record) {
  Update(tables, record, [&](Call& call) { *call.mutable_acknowledge_time() = record.time(); });
  tables.clocks.Stop(record.subject(), kAcknowledgeClock);
}

void On(Tables& tables, const v1::CallClassified& classified, const Record& record) {
  Update(tables, record,
         [&](Call& call) { call.mutable_details()->set_regime(classified.regime()); });
  if (classified.regime() == v1::REGIME_OTHER_MATTER)
    tables.clocks.Stop(record.subject(), kCouncillorAnswerClock);
  tables.clocks.StartAll(classified.clocks());
}

void On(Tables& tables, const v1::StandingRecorded& recorded, const Record& record) {
  Update(tables, record,
         [&](Call& call) { call.mutable_details()->set_standing(recorded.standing()); });
}

void On(Tables& tables, const v1::CallAccepted& accepted, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_ACCEPTED, accepted.reason());
  if (!accepted.has_multi_agency()) return;
  Update(tables, record,
         [&](Call& call) { *call.mutable_multi_agency() = accepted.multi_agency(); });
}

void On(Tables& tables, const v1::CallDeclined& declined, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_DECLINED, declined.reason());
  if (!declined.has_exclusion()) return;
  Update(tables, record, [&](Call& call) { *call.mutable_exclusion() = declined.exclusion(); });
}

// While a ruling is proposed the screening clock runs on: the second person is in time, or late.
void On(Tables& tables, const v1::RulingProposed& proposed, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(v1::CALL_STATE_RULING_PROPOSED);
    call.clear_ruling();
    call.mutable_ruling()->set_proposed_by(record.actor());
    call.mutable_ruling()->set_reason(proposed.reason());
    call.mutable_ruling()->set_evidence(proposed.evidence());
  });
}

void Judge(v1::Ruling& ruling, const Record& record, const std::string& reason, bool confirmed) {
  ruling.set_decided_by(record.actor());
  ruling.set_decision_reason(reason);
  ruling.set_confirmed(confirmed);
}

void On(Tables& tables, const v1::RulingConfirmed& confirmed, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_DECLINED, confirmed.reason());
  Update(tables, record, [&](Call& call) {
    Judge(*call.mutable_ruling(), record, confirmed.reason(), true);
    *call.mutable_exclusion() = confirmed.exclusion();
  });
  tables.clocks.StartAll(confirmed.clocks());
}

void On(Tables& tables, const v1::RulingRejected& rejected, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(v1::CALL_STATE_LOGGED);
    Judge(*call.mutable_ruling(), record, rejected.reason(), false);
  });
}

void On(Tables& tables, const v1::RulingAppealed& appealed, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(v1::CALL_STATE_APPEALED);
    call.mutable_ruling()->set_appealed_by(record.actor());
    call.mutable_ruling()->set_grounds(appealed.grounds());
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(appealed.clocks());
}

void On(Tables& tables, const v1::AppealDecided& decided, const Record& record) {
  Settle(tables, record, decided.upheld() ? v1::CALL_STATE_LOGGED : v1::CALL_STATE_DECLINED,
         decided.reason());
  Update(tables, record, [&](Call& call) {
    call.mutable_ruling()->set_appeal_decided_by(record.actor());
    call.mutable_ruling()->set_appeal_reason(decided.reason());
    call.mutable_ruling()->set_upheld(decided.upheld());
    if (decided.upheld()) call.clear_exclusion();
  });
  tables.clocks.StartAll(decided.clocks());
}

void On(Tables& tables, const v1::CallReferredToService& referred, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_REFERRED_TO_SERVICE, referred.reason());
  Update(tables, record, [&](Call& call) { call.set_service(referred.service()); });
}

void On(Tables& tables, const v1::InformationAsked& asked, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(v1::CALL_STATE_MORE_INFORMATION_NEEDED);
    call.set_screening_days_left(asked.screening_days_left());
    call.add_exchanges()->set_question(asked.question());
  });
  asked.has_paused() ? tables.clocks.Start(asked.paused())
                     : tables.clocks.Stop(asked.name(), kScreenClock);
}

void On(Tables& tables, const v1::InformationGiven& given, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(v1::CALL_STATE_LOGGED);
    call.set_screening_days_left(0);
    if (call.exchanges_size() == 0) call.add_exchanges();
    call.mutable_exchanges(call.exchanges_size() - 1)->set_answer(given.answer());
  });
  tables.clocks.StartAll(given.clocks());
}

void On(Tables& tables, const v1::CallParked& parked, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_PARKED, parked.reason());
  Update(tables, record, [&](Call& call) {
    call.set_screening_days_left(0);
    tables.parked.Add(call);
  });
}

void On(Tables& tables, const v1::CallRecalled& recalled, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_LOGGED, recalled.reason());
  Update(tables, record, [&](Call& call) { tables.parked.Remove(call); });
  tables.clocks.StartAll(recalled.clocks());
}

void On(Tables& tables, const v1::CallWithdrawn& withdrawn, const Record& record) {
  auto call = tables.calls.Get(record.subject());
  if (call && call->state() == v1::CALL_STATE_PARKED) tables.parked.Remove(*call);
  Settle(tables, record, v1::CALL_STATE_WITHDRAWN, withdrawn.reason());
}

void On(Tables& tables, const v1::CallJoined& joined, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_JOINED, joined.reason());
  Update(tables, record, [&](Call& call) { call.set_joined_to(joined.problem()); });
}

void On(Tables& tables, const v1::CallClosed& closed, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_CLOSED, closed.closing().why());
  Update(tables, record, [&](Call& call) {
    *call.mutable_closing() = closed.closing();
    if (!closed.problem().empty()) call.set_problem(closed.problem());
    if (closed.has_not_fixed_until()) {
      *call.mutable_not_fixed_until() = closed.not_fixed_until();
    } else {
      call.clear_not_fixed_until();
    }
  });
}

void AddToThread(Tables& tables, const Record& record, const std::string& text, bool from_caller) {
  Update(tables, record, [&](Call& call) {
    v1::ThreadEntry& entry = *call.add_thread();
    *entry.mutable_time() = record.time();
    entry.set_by(record.actor());
    entry.set_from_caller(from_caller);
    entry.set_text(text);
  });
}

void On(Tables& tables, const v1::CallerAnswered& answered, const Record& record) {
  AddToThread(tables, record, answered.answer(), /*from_caller=*/false);
  Update(tables, record, [&](Call& call) { *call.mutable_answer_time() = record.time(); });
  tables.clocks.Stop(record.subject(), kCouncillorAnswerClock);
}

void On(Tables& tables, const v1::HarmAssessed& assessed, const Record& record) {
  Update(tables, record, [&](Call& call) {
    *call.mutable_harm() = assessed.harm();
    call.mutable_harm()->set_assessed_by(record.actor());
    *call.mutable_harm()->mutable_assess_time() = record.time();
  });
}

void On(Tables& tables, const v1::CallReopened& reopened, const Record& record) {
  Update(tables, record, [&](Call& call) {
    call.set_state(call.joined_to().empty() ? v1::CALL_STATE_ACCEPTED : v1::CALL_STATE_JOINED);
    call.set_decided_by(record.actor());
    call.set_reason(reopened.reason());
    call.clear_closing();
    call.clear_not_fixed_until();
    call.set_times_reopened(call.times_reopened() + 1);
  });
  tables.clocks.Stop(record.subject(), kRetentionClock);
}

void On(Tables& tables, const v1::AffectedSaid& said, const Record& record) {
  Update(tables, record, [&](Call& call) { call.set_affected_too(said.count()); });
}

void On(Tables& tables, const v1::CouncilConfigured& configured) {
  tables.rules.Put(configured.name(), configured.rules());
  for (const std::string& rule : configured.clocks())
    tables.clocks.MarkStale(CouncilOf(configured.name()), config::KindOf(rule));
}

/// The fourth exclusion, by two people, and a third on appeal.
void EvolveRuling(Tables& tables, const v1::Event& event, const Record& record) {
  if (event.has_ruling_proposed()) return On(tables, event.ruling_proposed(), record);
  if (event.has_ruling_confirmed()) return On(tables, event.ruling_confirmed(), record);
  if (event.has_ruling_rejected()) return On(tables, event.ruling_rejected(), record);
  if (event.has_ruling_appealed()) return On(tables, event.ruling_appealed(), record);
  On(tables, event.appeal_decided(), record);
}

/// What is said to a caller, by them, and of what it does to them and others.
void EvolveCaller(Tables& tables, const v1::Event& event, const Record& record) {
  if (event.has_caller_answered()) return On(tables, event.caller_answered(), record);
  if (event.has_caller_told())
    return AddToThread(tables, record, event.caller_told().message(), /*from_caller=*/false);
  if (event.has_reply_noted())
    return AddToThread(tables, record, event.reply_noted().reply(), /*from_caller=*/true);
  if (event.has_harm_assessed()) return On(tables, event.harm_assessed(), record);
  On(tables, event.affected_said(), record);
}

void On(Tables& tables, const v1::CallReferredToCouncil& referred, const Record& record) {
  Settle(tables, record, v1::CALL_STATE_REFERRED_TO_COUNCIL, referred.reason());
  Update(tables, record, [&](Call& call) { call.set_referred_to(referred.council()); });
}

void On(Tables& tables, const v1::CouncilAnswerReceived& received, const Record& record) {
  Settle(tables, record, received.taken() ? v1::CALL_STATE_CLOSED : v1::CALL_STATE_LOGGED,
         received.closing().why());
  Update(tables, record, [&](Call& call) {
    received.taken() ? call.set_referred_to(received.from()) : call.clear_referred_to();
    if (received.taken()) *call.mutable_closing() = received.closing();
  });
  tables.clocks.StartAll(received.clocks());
}

}  // namespace

void Evolve(Tables& tables, const v1::Event& event, const Record& record) {
  switch (event.event_case()) {
    case v1::Event::kCouncilOpened:
      return tables.known.Add(event.council_opened().name());
    case v1::Event::kWardOpened:
      return tables.known.Add(event.ward_opened().name());
    case v1::Event::kCallLogged:
      return On(tables, event.call_logged(), record);
    case v1::Event::kCallAcknowledged:
      return On(tables, event.call_acknowledged(), record);
    case v1::Event::kCallAccepted:
      return On(tables, event.call_accepted(), record);
    case v1::Event::kCallDeclined:
      return On(tables, event.call_declined(), record);
    case v1::Event::kCallReferredToService:
      return On(tables, event.call_referred_to_service(), record);
    case v1::Event::kInformationAsked:
      return On(tables, event.information_asked(), record);
    case v1::Event::kInformationGiven:
      return On(tables, event.information_given(), record);
    case v1::Event::kCallWithdrawn:
      return On(tables, event.call_withdrawn(), record);
    case v1::Event::kCallJoined:
      return On(tables, event.call_joined(), record);
    case v1::Event::kCallClosed:
      return On(tables, event.call_closed(), record);
    case v1::Event::kClockWarned:
      return tables.clocks.MarkWarned(event.clock_warned().clock());
    case v1::Event::kClockExpired:
      return tables.clocks.Stop(event.clock_expired().clock());
    case v1::Event::kCouncilConfigured:
      return On(tables, event.council_configured());
    case v1::Event::kClockRecomputed:
      return tables.clocks.Start(event.clock_recomputed().clock());
    case v1::Event::kCallReferredToCouncil:
      return On(tables, event.call_referred_to_council(), record);
    case v1::Event::kCouncilAnswered:
      return;  // the answer stands with whoever asked
    case v1::Event::kCouncilAnswerReceived:
      return On(tables, event.council_answer_received(), record);
    case v1::Event::kReactionRefused:
    case v1::Event::kActRecorded:
      return;
    case v1::Event::kCallClassified:
      return On(tables, event.call_classified(), record);
    case v1::Event::kCouncillorKnown:
      return tables.councillors.Put(event.councillor_known().name(), event.councillor_known());
    case v1::Event::kStandingRecorded:
      return On(tables, event.standing_recorded(), record);
    case v1::Event::kRulingProposed:
    case v1::Event::kRulingConfirmed:
    case v1::Event::kRulingRejected:
    case v1::Event::kRulingAppealed:
    case v1::Event::kAppealDecided:
      return EvolveRuling(tables, event, record);
    case v1::Event::kCallerAnswered:
    case v1::Event::kCallerTold:
    case v1::Event::kReplyNoted:
    case v1::Event::kHarmAssessed:
    case v1::Event::kAffectedSaid:
      return EvolveCaller(tables, event, record);
    case v1::Event::kCallReopened:
      return On(tables, event.call_reopened(), record);
    case v1::Event::kCallParked:
      return On(tables, event.call_parked(), record);
    case v1::Event::kCallRecalled:
      return On(tables, event.call_recalled(), record);
    case v1::Event::kCallerChanged:
    case v1::Event::kConsentRecorded:
    case v1::Event::kConsentWithdrawn:
    case v1::Event::kCallerOpened:
    case v1::Event::kCallerErased:
    case v1::Event::kAgreementKnown:
    case v1::Event::kKeysRotated:
    case v1::Event::kRetentionStarted:
    case v1::Event::kRetentionLifted:
      return EvolvePersonal(tables, event, record);
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::intake
