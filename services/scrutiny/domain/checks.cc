#include "services/scrutiny/domain/checks.h"

#include <array>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "common/config/clock_rule.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/words.h"

namespace ccfa::scrutiny {
namespace {

template <class Resource, class State>
absl::Status NotNow(const Resource& resource, std::initializer_list<State> allowed) {
  return WrongState(absl::StrCat(
      resource.name(), " is ", Words(resource.state()), "; this step is taken when it is ",
      absl::StrJoin(allowed, " or ",
                    [](std::string* out, State state) { absl::StrAppend(out, Words(state)); })));
}

}  // namespace

absl::Status CheckEtag(absl::string_view name, absl::string_view etag, absl::string_view now) {
  if (etag.empty() || etag == now) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, "ETAG_MOVED",
                absl::StrCat(name, " has changed since; read it again"), "etag");
}

absl::StatusOr<v1::Referral> FindReferral(const Tables& tables, absl::string_view field,
                                          absl::string_view name, absl::string_view etag,
                                          std::initializer_list<v1::ReferralState> allowed) {
  if (absl::Status form = CheckName(field, name, "councils/*/referrals/*"); !form.ok()) return form;
  auto referral = tables.referrals.Get(name);
  if (!referral) return NotFound(field, name);
  if (absl::Status same = CheckEtag(name, etag, referral->etag()); !same.ok()) return same;
  if (absl::c_linear_search(allowed, referral->state())) return *std::move(referral);
  return NotNow(*referral, allowed);
}

absl::StatusOr<v1::Meeting> FindMeeting(const Tables& tables, absl::string_view name,
                                        absl::string_view etag) {
  absl::Status form = CheckName("name", name, "councils/*/meetings/*");
  if (!form.ok()) return form;
  auto meeting = tables.meetings.Get(name);
  if (!meeting) return NotFound("name", name);
  if (absl::Status same = CheckEtag(name, etag, meeting->etag()); !same.ok()) return same;
  return *std::move(meeting);
}

absl::StatusOr<v1::Recommendation> FindRecommendation(const Tables& tables, absl::string_view name,
                                                      absl::string_view etag) {
  absl::Status form = CheckName("name", name, "councils/*/recommendations/*");
  if (!form.ok()) return form;
  auto recommendation = tables.recommendations.Get(name);
  if (!recommendation) return NotFound("name", name);
  if (absl::Status same = CheckEtag(name, etag, recommendation->etag()); !same.ok()) return same;
  if (recommendation->state() == v1::RECOMMENDATION_STATE_OPEN) return *std::move(recommendation);
  return NotNow(*recommendation, {v1::RECOMMENDATION_STATE_OPEN});
}

absl::Status CheckScrutiny(const Actor& actor) {
  if (actor.role == "scrutiny" || actor.role == "committee" || actor.role == "administrator") {
    return absl::OkStatus();
  }
  return Forbidden("NOT_SCRUTINY",
                   absl::StrCat("this is for scrutiny, a committee or an administrator; you are ",
                                actor.ToString()));
}

bool IsOfficerOf(const Actor& actor, absl::string_view agency) {
  return actor.role == "officer" && actor.agency == LastId(agency);
}

absl::Status Required(absl::string_view field, absl::string_view text) {
  return text.empty() ? InvalidField(field, "is required, in plain words") : absl::OkStatus();
}

absl::Status CheckRoom(absl::string_view things, int held, int most) {
  if (held < most) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "TOO_MANY",
                absl::StrCat("there are at most ", most, " ", things));
}

std::string NextMeeting(const Tables& tables, absl::string_view council,
                        const engine::Context& context) {
  std::string prefix = absl::StrCat("councils/", council, "/meetings/");
  absl::CivilDay yesterday = context.calendar.DayOf(context.now) - 1;
  std::string next;
  tables.meetings.Scan(prefix, absl::StrCat(prefix, absl::FormatCivilTime(yesterday)),
                       [&](absl::string_view name, const v1::Meeting& meeting) {
                         if (meeting.referrals_size() < kMostOnAgenda) {
                           next = std::string(name);
                         }
                         return next.empty();
                       });
  return next;
}

bool IsOpen(const v1::Referral& referral) {
  constexpr std::array kOpen = {v1::REFERRAL_STATE_RECEIVED, v1::REFERRAL_STATE_ON_AGENDA,
                                v1::REFERRAL_STATE_IN_REVIEW, v1::REFERRAL_STATE_DEFERRED};
  return absl::c_linear_search(kOpen, referral.state());
}

absl::StatusOr<absl::CivilDay> DayIn(absl::string_view field, absl::string_view date) {
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(date);
  if (!day.ok()) return InvalidField(field, day.status().message());
  return day;
}

absl::Status CheckDayAhead(absl::string_view field, absl::string_view date,
                           const engine::Context& context) {
  absl::StatusOr<absl::CivilDay> day = DayIn(field, date);
  if (!day.ok()) return day.status();
  if (*day >= context.calendar.DayOf(context.now)) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("expected today or later, got ", date));
}

engine::Clock PartnershipClock(const Tables& tables, absl::string_view council, absl::Time since,
                               const engine::Context& context) {
  const auto policy = PolicyOf(tables, LastId(council));
  return engine::NewClock(council, kPartnershipClock, since,
                          config::RuleOf(policy->consider_partnership()), context.calendar);
}

engine::Clock NewClock(absl::string_view subject, absl::string_view kind,
                       const config::v1::ClockRule& rule, const engine::Context& context) {
  return engine::NewClock(subject, kind, context.now, config::RuleOf(rule), context.calendar);
}

}  // namespace ccfa::scrutiny
