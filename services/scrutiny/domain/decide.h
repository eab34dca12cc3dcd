#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/config/configured.h"
#include "common/engine/command.h"
#include "common/engine/service_rules.h"
#include "services/scrutiny/tables.h"

namespace ccfa::scrutiny {

using engine::Context;
using v1::Event;

/// Who may do what in scrutiny, and when (DOMAIN 6). Pure: the tables, the request and the context
/// go in, an event or a refusal comes out; an Event that is not set means that all is as asked
/// already. The refusals of each command stand in proto/ccfa/scrutiny/v1/scrutiny.proto.

// Meetings: decide_meetings.cc. What becomes of referrals: decide_referrals.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::ScheduleMeetingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordPartnershipConsideredRequest&,
                             const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::PlaceOnAgendaRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DecideReferralRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CloseReferralRequest&, const Context&);

// What is recommended and answered: decide_recommendations.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::MakeRecommendationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RespondToRecommendationRequest&,
                             const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ChaseRecipientRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::UpdateRecommendationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CompleteRecommendationRequest&,
                             const Context&);

// A review: its scope, panel and report: decide_reviews.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::ScopeReviewRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DeclareInterestRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CoOptMemberRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::JoinCommitteeRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::PublishReportRequest&, const Context&);

// What a review hears and gathers: decide_hearings.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::CallWitnessRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordSessionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AddReviewEvidenceRequest&, const Context&);

// What a review asks of agencies: decide_requests.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::RequestInformationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AnswerInformationRequestRequest&,
                             const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RefuseInformationRequestRequest&,
                             const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RequestAttendanceRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AnswerAttendanceRequestRequest&,
                             const Context&);

/// What other services' events ask of scrutiny.
using ConfigureCouncil = config::Configure<config::v1::ScrutinyRules>;
struct OpenCouncil {
  std::string name;
};
struct AdmitAgency {
  std::string name;
};
/// Nothing to do when it is known already.
struct LearnTeam {
  v1::Roster roster;
};
/// Nothing to do while a referral of the same problem is open.
struct ReceiveReferral {
  std::string problem;
  std::string title;
  std::string category;
  std::string team;
  std::string ward;
  std::vector<std::string> calls;
  std::string reason;
  std::vector<v1::TrailEntry> trail;
  v1::Regime regime = v1::REGIME_UNSPECIFIED;
};

absl::StatusOr<Event> Decide(const Tables&, const ConfigureCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const OpenCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const AdmitAgency&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const LearnTeam&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ReceiveReferral&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&);

}  // namespace ccfa::scrutiny
