#include "services/scrutiny/domain/evolve.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/config/configured.h"
#include "common/core/names.h"
#include "services/scrutiny/domain/evolve_case_reviews.h"
#include "services/scrutiny/domain/evolve_reviews.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/row.h"

namespace ccfa::scrutiny {
namespace {

using engine::Record;
using v1::Recommendation;
using v1::Referral;
using Clocks = google::protobuf::RepeatedPtrField<engine::Clock>;

void PlaceOnAgenda(Tables& tables, const std::string& referral, const std::string& meeting,
                   const Record& record) {
  Update(tables.referrals, referral, record, [&](Referral& placed) {
    placed.set_state(v1::REFERRAL_STATE_ON_AGENDA);
    placed.set_meeting(meeting);
  });
  tables.clocks.Stop(referral, kAgendaClock);
  v1::Meeting agenda = tables.meetings.Get(meeting).value_or(v1::Meeting());
  if (!absl::c_linear_search(agenda.referrals(), referral)) agenda.add_referrals(referral);
  agenda.set_etag(absl::StrCat(record.seq()));
  tables.meetings.Put(meeting, agenda);
}

/// From now on the committee is to consider the partnership in time.
void StartDuty(Tables& tables, const std::string& council, const Clocks& clocks) {
  if (clocks.empty()) return;
  tables.clocks.StartAll(clocks);
  tables.partnerships.Update(council, [&](v1::Partnership& partnership) {
    partnership.set_name(council);
    *partnership.mutable_due_time() = clocks[0].due_time();
    partnership.set_overdue(false);
  });
}

void On(Tables& tables, const v1::CouncilOpened& opened) {
  tables.known.Add(opened.name());
  StartDuty(tables, opened.name(), opened.clocks());
}

void On(Tables& tables, const v1::PartnershipConsidered& considered, const Record& record) {
  std::string council = absl::StrCat("councils/", CouncilOf(considered.name()));
  StartDuty(tables, council, considered.clocks());
  tables.partnerships.Update(council, [&](v1::Partnership& partnership) {
    partnership.set_meeting(considered.name());
    *partnership.mutable_consider_time() = record.time();
    partnership.set_what(considered.what());
    partnership.set_by(considered.by());
  });
  tables.meetings.Update(considered.name(), [&](v1::Meeting& meeting) {
    meeting.set_etag(absl::StrCat(record.seq()));
  });
}

void On(Tables& tables, const v1::MeetingScheduled& scheduled, const Record& record) {
  v1::Meeting meeting;
  meeting.set_name(scheduled.name());
  meeting.set_committee(scheduled.committee());
  meeting.set_etag(absl::StrCat(record.seq()));
  tables.meetings.Put(scheduled.name(), meeting);
  StartDuty(tables, absl::StrCat("councils/", CouncilOf(scheduled.name())), scheduled.clocks());
  for (const std::string& referral : scheduled.referrals()) {
    PlaceOnAgenda(tables, referral, scheduled.name(), record);
  }
}

void On(Tables& tables, const v1::ReferralReceived& received, const Record& record) {
  Update(tables.referrals, received.name(), record, [&](Referral& referral) {
    referral.set_name(received.name());
    referral.set_problem(received.problem());
    referral.set_title(received.title());
    referral.set_category(received.category());
    referral.set_team(received.team());
    referral.set_ward(received.ward());
    *referral.mutable_calls() = received.calls();
    referral.set_reason(received.reason());
    *referral.mutable_trail() = received.trail();
    referral.set_regime(received.regime());
    referral.set_state(v1::REFERRAL_STATE_RECEIVED);
    *referral.mutable_receive_time() = record.time();
  });
  tables.numbering.Use("referrals", received.name());
  tables.clocks.StartAll(received.clocks());
  if (!received.meeting().empty()) {
    PlaceOnAgenda(tables, received.name(), received.meeting(), record);
  }
}

v1::ReferralState StateAfter(v1::DecisionKind kind) {
  switch (kind) {
    case v1::DECISION_KIND_ACCEPT_FOR_REVIEW:
      return v1::REFERRAL_STATE_IN_REVIEW;
    case v1::DECISION_KIND_DECLINE:
      return v1::REFERRAL_STATE_DECLINED;
    case v1::DECISION_KIND_DEFER:
      return v1::REFERRAL_STATE_DEFERRED;
    default:
      return v1::REFERRAL_STATE_RETURNED_TO_TEAM;
  }
}

void On(Tables& tables, const v1::ReferralDecided& decided, const Record& record) {
  Update(tables.referrals, decided.name(), record, [&](Referral& referral) {
    referral.set_state(StateAfter(decided.decision().kind()));
    *referral.mutable_decision() = decided.decision();
  });
}

void On(Tables& tables, const v1::RecommendationMade& made, const Record& record) {
  Update(tables.recommendations, made.name(), record, [&](Recommendation& recommendation) {
    recommendation.set_name(made.name());
    recommendation.set_referral(made.referral());
    recommendation.set_text(made.text());
    recommendation.set_regime(made.regime());
    recommendation.set_review(made.review());
    recommendation.set_state(v1::RECOMMENDATION_STATE_OPEN);
    *recommendation.mutable_issue_time() = record.time();
    for (const engine::Clock& clock : made.clocks()) {
      v1::Response& awaited = *recommendation.add_responses();
      awaited.set_recipient(clock.owner());
      *awaited.mutable_due_time() = clock.due_time();
    }
  });
  Update(tables.referrals, made.referral(), record,
         [&](Referral& referral) { referral.add_recommendations(made.name()); });
  tables.numbering.Use("recommendations", made.name());
  tables.clocks.StartAll(made.clocks());
}

void On(Tables& tables, const v1::RecommendationAnswered& answered, const Record& record) {
  Update(tables.recommendations, answered.name(), record, [&](Recommendation& recommendation) {
    bool rejected_by_all = true;
    for (v1::Response& response : *recommendation.mutable_responses()) {
      if (response.recipient() == answered.response().recipient()) response = answered.response();
      rejected_by_all = rejected_by_all && response.answer() == v1::ANSWER_REJECTED;
    }
    if (rejected_by_all) recommendation.set_state(v1::RECOMMENDATION_STATE_REJECTED);
  });
  tables.clocks.Stop(answered.name(), kRespondClock, answered.response().recipient());
  tables.clocks.StartAll(answered.clocks());
}

void On(Tables& tables, const v1::RecommendationUpdated& updated, const Record& record) {
  Update(tables.recommendations, updated.name(), record, [&](Recommendation& recommendation) {
    *recommendation.add_updates() = updated.update();
    recommendation.set_update_overdue(false);
    recommendation.clear_update_due_time();
  });
  tables.clocks.StartAll(updated.clocks());
}

void On(Tables& tables, const v1::RecipientChased& chased, const Record& record) {
  Update(tables.recommendations, chased.name(), record,
         [&](Recommendation& recommendation) { *recommendation.add_chases() = chased.chase(); });
}

void On(Tables& tables, const v1::RecommendationCompleted& completed, const Record& record) {
  Update(tables.recommendations, completed.name(), record, [&](Recommendation& recommendation) {
    recommendation.set_state(v1::RECOMMENDATION_STATE_COMPLETED);
    recommendation.set_outcome(completed.outcome());
  });
  tables.clocks.StopAll(completed.name());
}

void On(Tables& tables, const v1::ReferralClosed& closed, const Record& record) {
  Update(tables.referrals, closed.name(), record, [&](Referral& referral) {
    referral.set_state(v1::REFERRAL_STATE_CLOSED);
    *referral.mutable_closing() = closed.closing();
  });
  StopReview(tables, closed.name());
}

void On(Tables& tables, const v1::ClockExpired& expired, const Record& record) {
  const engine::Clock& clock = expired.clock();
  tables.clocks.Stop(clock);
  if (clock.kind() == kAgendaClock) {
    Update(tables.referrals, clock.subject(), record,
           [](Referral& referral) { referral.set_agenda_overdue(true); });
    return;
  }
  if (clock.kind() == kInformationClock || clock.kind() == kAttendanceClock) {
    return MarkRequestOverdue(tables, clock, record);
  }
  if (clock.kind() == kCaseReviewAcknowledgeClock || clock.kind() == kCaseReviewDecideClock) {
    return MarkCaseReviewOverdue(tables, clock, record);
  }
  if (clock.kind() == kPartnershipClock) {
    return tables.partnerships.Update(
        clock.subject(), [](v1::Partnership& partnership) { partnership.set_overdue(true); });
  }
  Update(tables.recommendations, clock.subject(), record, [&](Recommendation& recommendation) {
    if (clock.kind() == kUpdateClock) {
      recommendation.set_update_overdue(true);
      *recommendation.mutable_update_due_time() = clock.due_time();
    }
    for (v1::Response& response : *recommendation.mutable_responses()) {
      if (clock.kind() == kRespondClock && response.recipient() == clock.owner()) {
        response.set_overdue(true);
      }
    }
  });
}

void On(Tables& tables, const v1::CouncilConfigured& configured) {
  tables.rules.Put(configured.name(), configured.rules());
  for (const std::string& rule : configured.clocks()) {
    // Both laws' answers are timed by one kind of clock.
    std::string kind =
        absl::StartsWith(rule, "respond_") ? std::string(kRespondClock) : config::KindOf(rule);
    tables.clocks.MarkStale(CouncilOf(configured.name()), kind);
    // A clock on the council itself is not one of its things.
    if (auto own = tables.clocks.Find(configured.name(), kind)) {
      own->set_stale(true);
      tables.clocks.Start(*own);
    }
  }
}

void On(Tables& tables, const v1::ClockRecomputed& recomputed, const Record& record) {
  const engine::Clock& clock = recomputed.clock();
  tables.clocks.Start(clock);
  if (clock.kind() == kPartnershipClock) {
    return tables.partnerships.Update(clock.subject(), [&](v1::Partnership& partnership) {
      *partnership.mutable_due_time() = clock.due_time();
    });
  }
  if (clock.kind() != kRespondClock) return;
  Update(tables.recommendations, clock.subject(), record, [&](Recommendation& recommendation) {
    for (v1::Response& response : *recommendation.mutable_responses()) {
      if (response.recipient() == clock.owner()) *response.mutable_due_time() = clock.due_time();
    }
  });
}

}  // namespace

void Evolve(Tables& tables, const v1::Event& event, const Record& record) {
  switch (event.event_case()) {
    case v1::Event::kCouncilOpened:
      return On(tables, event.council_opened());
    case v1::Event::kAgencyAdmitted:
      return tables.known.Add(event.agency_admitted().name());
    case v1::Event::kMeetingScheduled:
      return On(tables, event.meeting_scheduled(), record);
    case v1::Event::kReferralReceived:
      return On(tables, event.referral_received(), record);
    case v1::Event::kReferralPlacedOnAgenda:
      return PlaceOnAgenda(tables, event.referral_placed_on_agenda().name(),
                           event.referral_placed_on_agenda().meeting(), record);
    case v1::Event::kReferralDecided:
      return On(tables, event.referral_decided(), record);
    case v1::Event::kRecommendationMade:
      return On(tables, event.recommendation_made(), record);
    case v1::Event::kRecommendationAnswered:
      return On(tables, event.recommendation_answered(), record);
    case v1::Event::kRecommendationUpdated:
      return On(tables, event.recommendation_updated(), record);
    case v1::Event::kRecommendationCompleted:
      return On(tables, event.recommendation_completed(), record);
    case v1::Event::kReferralClosed:
      return On(tables, event.referral_closed(), record);
    case v1::Event::kRecipientChased:
      return On(tables, event.recipient_chased(), record);
    case v1::Event::kPartnershipConsidered:
      return On(tables, event.partnership_considered(), record);
    case v1::Event::kTeamLearned:
      return tables.teams.Put(event.team_learned().name(), event.team_learned().roster());
    case v1::Event::kReviewScoped:
      return On(tables, event.review_scoped(), record);
    case v1::Event::kInterestDeclared:
      return On(tables, event.interest_declared(), record);
    case v1::Event::kMemberCoOpted:
      return On(tables, event.member_co_opted(), record);
    case v1::Event::kCommitteeJoined:
      return On(tables, event.committee_joined(), record);
    case v1::Event::kWitnessCalled:
      return On(tables, event.witness_called(), record);
    case v1::Event::kInformationRequested:
      return On(tables, event.information_requested(), record);
    case v1::Event::kInformationRequestAnswered:
      return On(tables, event.information_request_answered(), record);
    case v1::Event::kInformationRequestRefused:
      return On(tables, event.information_request_refused(), record);
    case v1::Event::kAttendanceRequested:
      return On(tables, event.attendance_requested(), record);
    case v1::Event::kAttendanceRequestAnswered:
      return On(tables, event.attendance_request_answered(), record);
    case v1::Event::kSessionRecorded:
      return On(tables, event.session_recorded(), record);
    case v1::Event::kReviewEvidenceAdded:
      return On(tables, event.review_evidence_added(), record);
    case v1::Event::kReportPublished:
      return On(tables, event.report_published(), record);
    case v1::Event::kCaseReviewOpened:
      return On(tables, event.case_review_opened(), record);
    case v1::Event::kCaseReviewAcknowledged:
      return On(tables, event.case_review_acknowledged(), record);
    case v1::Event::kApplicantAsked:
      return On(tables, event.applicant_asked(), record);
    case v1::Event::kApplicantAnswered:
      return On(tables, event.applicant_answered(), record);
    case v1::Event::kCaseReviewDecided:
      return On(tables, event.case_review_decided(), record);
    case v1::Event::kCaseReviewHeld:
      return On(tables, event.case_review_held(), record);
    case v1::Event::kCaseReviewAppealed:
      return On(tables, event.case_review_appealed(), record);
    case v1::Event::kClockWarned:
      return tables.clocks.MarkWarned(event.clock_warned().clock());
    case v1::Event::kClockExpired:
      return On(tables, event.clock_expired(), record);
    case v1::Event::kCouncilConfigured:
      return On(tables, event.council_configured());
    case v1::Event::kClockRecomputed:
      return On(tables, event.clock_recomputed(), record);
    case v1::Event::kReactionRefused:
    case v1::Event::kActRecorded:
      return;
    case v1::Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::scrutiny
