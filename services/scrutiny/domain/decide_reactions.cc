#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"

namespace ccfa::scrutiny {
namespace {

bool HasOpenReferral(const Tables& tables, absl::string_view problem) {
  bool open = false;
  tables.referrals.ScanIndex(kReferralsByProblem,
                             absl::StrCat(problem, absl::string_view(&state::kPartEnd, 1)), "",
                             [&](absl::string_view, const v1::Referral& referral) {
                               open = IsOpen(referral);
                               return !open;
                             });
  return open;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const OpenCouncil& council,
                             const Context& context) {
  Event event;
  if (tables.known.Contains(council.name)) return event;
  v1::CouncilOpened& opened = *event.mutable_council_opened();
  opened.set_name(council.name);
  *opened.add_clocks() = PartnershipClock(tables, council.name, context.now, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const AdmitAgency& agency, const Context&) {
  Event event;
  if (!tables.known.Contains(agency.name)) event.mutable_agency_admitted()->set_name(agency.name);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const LearnTeam& team, const Context&) {
  Event event;
  v1::Roster roster = team.roster;
  int most = kMostSeats;
  if (roster.seats_size() > most) {
    roster.mutable_seats()->DeleteSubrange(most, roster.seats_size() - most);
  }
  auto known = tables.teams.Get(roster.team());
  if (known && known->SerializeAsString() == roster.SerializeAsString()) return event;
  event.mutable_team_learned()->set_name(roster.team());
  *event.mutable_team_learned()->mutable_roster() = std::move(roster);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ReceiveReferral& receive,
                             const Context& context) {
  Event event;
  if (HasOpenReferral(tables, receive.problem)) return event;
  absl::string_view council = CouncilOf(receive.problem);
  auto year = static_cast<int>(context.calendar.DayOf(context.now).year());
  v1::ReferralReceived& received = *event.mutable_referral_received();
  received.set_name(tables.numbering.Next(council, "referrals", year));
  received.set_problem(receive.problem);
  received.set_title(receive.title);
  received.set_category(receive.category);
  received.set_team(receive.team);
  received.set_ward(receive.ward);
  received.mutable_calls()->Add(receive.calls.begin(), receive.calls.end());
  received.set_reason(receive.reason);
  received.mutable_trail()->Add(receive.trail.begin(), receive.trail.end());
  received.set_regime(receive.regime);
  received.set_meeting(NextMeeting(tables, council, context));
  if (received.meeting().empty()) {
    *received.add_clocks() =
        NewClock(received.name(), kAgendaClock, PolicyOf(tables, council)->agenda(), context);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const ConfigureCouncil& configure,
                             const Context&) {
  return config::Configured<Event>(tables.rules, configure, config::Defaults().scrutiny());
}

absl::StatusOr<Event> Decide(const Tables& tables, const engine::ClockDue& due,
                             const Context& context) {
  return engine::DecideDue<Event>(tables, due, context, [&](const engine::Clock& clock) {
    const auto policy = PolicyOf(tables, CouncilOf(clock.subject()));
    if (clock.kind() == kAgendaClock) return config::RuleOf(policy->agenda());
    if (clock.kind() == kUpdateClock) return config::RuleOf(policy->update());
    if (clock.kind() == kPartnershipClock) return config::RuleOf(policy->consider_partnership());
    auto recommendation = tables.recommendations.Get(clock.subject());
    return config::RuleOf(
        RespondRule(*policy, recommendation ? recommendation->regime() : v1::REGIME_UNSPECIFIED));
  });
}

}  // namespace ccfa::scrutiny
