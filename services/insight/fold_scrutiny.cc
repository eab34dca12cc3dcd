#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/insight/fold.h"

namespace ccfa::insight {
namespace {

using scrutiny::v1::Event;
using v1::ScrutinyPart;

/// Changes the scrutiny part of every call a referral is about.
template <class Change>
void UpdateAll(Tables& tables, const std::string& referral, const record::v1::Record& record,
               Change change) {
  v1::CallsOf about = tables.referrals.Get(referral).value_or(v1::CallsOf());
  for (const std::string& call : about.calls()) {
    UpdateStory(tables, call, record, [&](v1::StoryRow& row) { change(*row.mutable_scrutiny()); });
  }
}

/// What is late of a part of the referral is news to the same calls.
void TellOf(Tables& tables, const std::string& whole, const std::string& part) {
  tables.referrals.Put(part, tables.referrals.Get(whole).value_or(v1::CallsOf()));
}

void SetMeeting(Tables& tables, const std::string& referral, const std::string& meeting,
                const record::v1::Record& record) {
  UpdateAll(tables, referral, record, [&](ScrutinyPart& part) {
    part.set_state(scrutiny::v1::REFERRAL_STATE_ON_AGENDA);
    part.set_meeting(meeting);
  });
}

void On(Tables& tables, const scrutiny::v1::ReferralReceived& received,
        const record::v1::Record& record) {
  v1::CallsOf about;
  *about.mutable_calls() = received.calls();
  tables.referrals.Put(received.name(), about);
  Link(tables, received.problem(), received.name());
  UpdateAll(tables, received.name(), record, [&](ScrutinyPart& part) {
    part.Clear();
    part.set_referral(received.name());
    part.set_state(scrutiny::v1::REFERRAL_STATE_RECEIVED);
  });
  if (!received.meeting().empty()) SetMeeting(tables, received.name(), received.meeting(), record);
}

scrutiny::v1::ReferralState StateAfter(scrutiny::v1::DecisionKind kind) {
  switch (kind) {
    case scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW:
      return scrutiny::v1::REFERRAL_STATE_IN_REVIEW;
    case scrutiny::v1::DECISION_KIND_DECLINE:
      return scrutiny::v1::REFERRAL_STATE_DECLINED;
    case scrutiny::v1::DECISION_KIND_DEFER:
      return scrutiny::v1::REFERRAL_STATE_DEFERRED;
    case scrutiny::v1::DECISION_KIND_RETURN_TO_TEAM:
      return scrutiny::v1::REFERRAL_STATE_RETURNED_TO_TEAM;
    default:
      return scrutiny::v1::REFERRAL_STATE_UNSPECIFIED;
  }
}

}  // namespace

void FoldScrutiny(Tables& tables, const Event& event, const record::v1::Record& record) {
  const std::string& subject = record.subject();
  switch (event.event_case()) {
    case Event::kMeetingScheduled:
      for (const std::string& referral : event.meeting_scheduled().referrals()) {
        SetMeeting(tables, referral, subject, record);
        Link(tables, referral, subject);
      }
      return;
    case Event::kReferralReceived:
      return On(tables, event.referral_received(), record);
    case Event::kReferralPlacedOnAgenda:
      return SetMeeting(tables, subject, event.referral_placed_on_agenda().meeting(), record);
    case Event::kReferralDecided:
      return UpdateAll(tables, subject, record, [&](ScrutinyPart& part) {
        part.set_state(StateAfter(event.referral_decided().decision().kind()));
        part.set_reasons(event.referral_decided().decision().reasons());
      });
    case Event::kRecommendationMade: {
      const std::string& referral = event.recommendation_made().referral();
      Link(tables, referral, subject);
      return TellOf(tables, referral, subject);
    }
    case Event::kCaseReviewOpened:
      if (const auto& opened = event.case_review_opened(); !opened.application().problem().empty())
        Link(tables, opened.application().problem(), subject);
      return;
    case Event::kReviewScoped: {
      const std::string& referral = event.review_scoped().referral();
      Link(tables, referral, subject);
      return TellOf(tables, referral, subject);
    }
    case Event::kInformationRequested:
    case Event::kAttendanceRequested:
      return TellOf(tables, std::string(ParentOf(subject)), subject);
    case Event::kReferralClosed:
      return UpdateAll(tables, subject, record, [](ScrutinyPart& part) {
        part.set_state(scrutiny::v1::REFERRAL_STATE_CLOSED);
      });
    case Event::kClockExpired: {
      const auto& clock = event.clock_expired().clock();
      return UpdateAll(tables, clock.subject(), record, [&](ScrutinyPart& part) {
        // Nobody in particular is late for an agenda or an update.
        part.add_overdue(absl::StrCat(LastId(clock.owner()), clock.owner().empty() ? "" : " ",
                                      "to ", clock.kind()));
      });
    }
    case Event::kCouncilOpened:
    case Event::kAgencyAdmitted:
    case Event::kRecommendationAnswered:
    case Event::kRecommendationUpdated:
    case Event::kRecommendationCompleted:
    case Event::kRecipientChased:
    case Event::kPartnershipConsidered:
    case Event::kTeamLearned:
    case Event::kCaseReviewAcknowledged:
    case Event::kApplicantAsked:
    case Event::kApplicantAnswered:
    case Event::kCaseReviewDecided:
    case Event::kCaseReviewHeld:
    case Event::kCaseReviewAppealed:
    case Event::kInterestDeclared:
    case Event::kMemberCoOpted:
    case Event::kCommitteeJoined:
    case Event::kWitnessCalled:
    case Event::kInformationRequestAnswered:
    case Event::kInformationRequestRefused:
    case Event::kAttendanceRequestAnswered:
    case Event::kSessionRecorded:
    case Event::kReviewEvidenceAdded:
    case Event::kReportPublished:
    case Event::kClockWarned:
    case Event::kCouncilConfigured:
    case Event::kClockRecomputed:
    case Event::kReactionRefused:
    case Event::kActRecorded:
    case Event::EVENT_NOT_SET:
      return;
  }
}

}  // namespace ccfa::insight
