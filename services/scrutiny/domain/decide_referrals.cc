#include <vector>

#include "absl/algorithm/container.h"
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

absl::Status CheckDecision(const v1::Decision& decision) {
  absl::Status status;
  if (decision.kind() == v1::DECISION_KIND_UNSPECIFIED ||
      !v1::DecisionKind_IsValid(decision.kind())) {
    status.Update(InvalidField("decision.kind", "is required: what the committee decided"));
  }
  status.Update(Required("decision.reasons", decision.reasons()));
  if (decision.kind() != v1::DECISION_KIND_ACCEPT_FOR_REVIEW) {
    status.Update(Required("decision.reasons_to_caller", decision.reasons_to_caller()));
  }
  return status;
}

/// The criteria that the council asks for and the decision does not answer (F48).
std::vector<Missing> Unanswered(const v1::Criteria& criteria, const Policy& policy) {
  const struct {
    std::string name;
    const std::string& answer;
  } kCriteria[] = {{"attempts_made", criteria.attempts_made()},
                   {"similar_issue_recently", criteria.similar_issue_recently()},
                   {"partner_informed_and_given_time", criteria.partner_informed_and_given_time()},
                   {"is_a_complaint", criteria.is_a_complaint()},
                   {"already_in_scrutiny", criteria.already_in_scrutiny()}};
  std::vector<Missing> missing;
  for (const auto& criterion : kCriteria) {
    if (criterion.answer.empty() &&
        absl::c_linear_search(policy.criteria_asked(), criterion.name)) {
      missing.push_back({absl::StrCat("decision.criteria.", criterion.name), "the committee"});
    }
  }
  return missing;
}

/// What the tables say of "similar issue recently" and "already in scrutiny": open ones first, then
/// the newest.
void SetSimilar(const Tables& tables, const Referral& referral, const Context& context,
                v1::Decision& decision) {
  decision.clear_similar();
  if (referral.category().empty() || referral.ward().empty()) return;
  absl::string_view council = CouncilOf(referral.name());
  const calendar::Length recent = config::LengthOf(PolicyOf(tables, council)->similar_within());
  std::vector<Referral> similar;
  tables.referrals.ScanIndex(
      kReferralsByPlace, PlaceOf(council, referral.category(), referral.ward()) + state::kPartEnd,
      "", [&](absl::string_view, Referral& other) {
        absl::Time received = FromProto(other.receive_time());
        if (other.name() != referral.name() &&
            context.calendar.Due(received, recent) > context.now) {
          similar.push_back(std::move(other));
        }
        return true;
      });
  absl::c_sort(similar, [](const Referral& a, const Referral& b) {
    return IsOpen(a) != IsOpen(b) ? IsOpen(a) : b.name() < a.name();
  });
  for (const Referral& other : similar) {
    if (decision.similar_size() == kMostSimilar) return;
    v1::SimilarReferral& shown = *decision.add_similar();
    shown.set_name(other.name());
    shown.set_title(other.title());
    shown.set_state(other.state());
    *shown.mutable_receive_time() = other.receive_time();
  }
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
  status.Update(CheckDecision(request.decision()));
  if (!status.ok()) return status;
  absl::StatusOr<Referral> referral =
      FindReferral(tables, "name", request.name(), request.etag(), {v1::REFERRAL_STATE_ON_AGENDA});
  if (!referral.ok()) return referral.status();
  std::vector<Missing> missing =
      Unanswered(request.decision().criteria(), *PolicyOf(tables, CouncilOf(request.name())));
  if (!missing.empty()) return GateNotMet("deciding", missing);
  Event event;
  v1::ReferralDecided& decided = *event.mutable_referral_decided();
  decided.set_name(request.name());
  *decided.mutable_decision() = request.decision();
  decided.mutable_decision()->set_decided_by(context.actor.ToString());
  *decided.mutable_decision()->mutable_time() = ToProto(context.now);
  SetSimilar(tables, *referral, context, *decided.mutable_decision());
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
