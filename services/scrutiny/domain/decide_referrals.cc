#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/words.h"

namespace ccfa::scrutiny {
namespace {

using v1::Referral;

absl::Status CheckDate(absl::string_view date, const Context& context) {
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(date);
  if (!day.ok()) return InvalidField("date", day.status().message());
  if (*day >= context.calendar.DayOf(context.now)) return absl::OkStatus();
  return InvalidField("date", "a meeting is scheduled for today or later");
}

bool IsPast(const v1::Meeting& meeting, const Context& context) {
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(LastId(meeting.name()));
  return day.ok() && *day < context.calendar.DayOf(context.now);
}

/// Whether the referral may go on this meeting's agenda.
absl::Status CheckAgenda(const Tables& tables, const Referral& referral,
                         const std::string& meeting_name, const Context& context) {
  absl::Status form = CheckName("meeting", meeting_name, "councils/*/meetings/*");
  if (!form.ok()) return form;
  auto meeting = tables.meetings.Get(meeting_name);
  if (!meeting || CouncilOf(meeting_name) != CouncilOf(referral.name())) {
    return NotFound("meeting", meeting_name);
  }
  if (IsPast(*meeting, context)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "MEETING_PAST",
                  absl::StrCat(meeting_name, " has been held; take one to come"), "meeting");
  }
  return CheckRoom("referrals on an agenda", meeting->referrals_size(), kMostOnAgenda);
}

/// Recommendations of the referral that still wait for their end.
std::vector<Missing> Unfinished(const Tables& tables, const Referral& referral) {
  std::vector<Missing> missing;
  if (referral.recommendations().empty()) {
    missing.push_back({"a recommendation", "the committee"});
  }
  for (const std::string& name : referral.recommendations()) {
    auto recommendation = tables.recommendations.Get(name);
    if (recommendation && recommendation->state() == v1::RECOMMENDATION_STATE_OPEN) {
      missing.push_back({absl::StrCat(name, " completed or rejected"), "its recipients"});
    }
  }
  return missing;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ScheduleMeetingRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(CheckName("parent", request.parent(), "councils/*"));
  status.Update(CheckDate(request.date(), context));
  if (!status.ok()) return status;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  Event event;
  std::string name = absl::StrCat(request.parent(), "/meetings/", request.date());
  if (tables.meetings.Contains(name)) return event;
  v1::MeetingScheduled& scheduled = *event.mutable_meeting_scheduled();
  scheduled.set_name(name);
  scheduled.set_committee(request.committee());
  absl::string_view council = CouncilOf(name);
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  tables.referrals.ScanIndex(kReferralsByList,
                             absl::StrCat(ListOf(council, v1::REFERRAL_STATE_RECEIVED), kEnd), "",
                             [&](absl::string_view, const Referral& waiting) {
                               scheduled.add_referrals(waiting.name());
                               return scheduled.referrals_size() < kMostOnAgenda;
                             });
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::PlaceOnAgendaRequest& request,
                             const Context& context) {
  if (absl::Status role = CheckScrutiny(context.actor); !role.ok()) return role;
  absl::StatusOr<Referral> referral =
      FindReferral(tables, "name", request.name(), request.etag(),
                   {v1::REFERRAL_STATE_RECEIVED, v1::REFERRAL_STATE_DEFERRED});
  if (!referral.ok()) return referral.status();
  absl::Status agenda = CheckAgenda(tables, *referral, request.meeting(), context);
  if (!agenda.ok()) return agenda;
  Event event;
  event.mutable_referral_placed_on_agenda()->set_name(request.name());
  event.mutable_referral_placed_on_agenda()->set_meeting(request.meeting());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DecideReferralRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  v1::DecisionKind kind = request.decision().kind();
  if (kind == v1::DECISION_KIND_UNSPECIFIED || !v1::DecisionKind_IsValid(kind)) {
    status.Update(InvalidField("decision.kind", "is required: what the committee decided"));
  }
  status.Update(Required("decision.reasons", request.decision().reasons()));
  if (!status.ok()) return status;
  absl::StatusOr<Referral> referral =
      FindReferral(tables, "name", request.name(), request.etag(), {v1::REFERRAL_STATE_ON_AGENDA});
  if (!referral.ok()) return referral.status();
  Event event;
  v1::ReferralDecided& decided = *event.mutable_referral_decided();
  decided.set_name(request.name());
  *decided.mutable_decision() = request.decision();
  decided.mutable_decision()->set_decided_by(context.actor.ToString());
  *decided.mutable_decision()->mutable_time() = ToProto(context.now);
  decided.set_problem(referral->problem());
  *decided.mutable_calls() = referral->calls();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CloseReferralRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("done", request.done()));
  status.Update(Required("why", request.why()));
  if (!status.ok()) return status;
  absl::StatusOr<Referral> referral =
      FindReferral(tables, "name", request.name(), request.etag(), {v1::REFERRAL_STATE_IN_REVIEW});
  if (!referral.ok()) return referral.status();
  std::vector<Missing> missing = Unfinished(tables, *referral);
  if (!missing.empty()) return GateNotMet("closing", missing);
  Event event;
  v1::ReferralClosed& closed = *event.mutable_referral_closed();
  closed.set_name(request.name());
  closed.mutable_closing()->set_resolved(request.resolved());
  closed.mutable_closing()->set_done(request.done());
  closed.mutable_closing()->set_by(context.actor.ToString());
  closed.mutable_closing()->set_why(request.why());
  closed.set_problem(referral->problem());
  *closed.mutable_calls() = referral->calls();
  return event;
}

}  // namespace ccfa::scrutiny
