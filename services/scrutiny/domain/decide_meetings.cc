#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"

namespace ccfa::scrutiny {

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ScheduleMeetingRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(CheckName("parent", request.parent(), "councils/*"));
  status.Update(CheckDayAhead("date", request.date(), context));
  if (!status.ok()) return status;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  Event event;
  std::string name = absl::StrCat(request.parent(), "/meetings/", request.date());
  if (tables.meetings.Contains(name)) return event;
  v1::MeetingScheduled& scheduled = *event.mutable_meeting_scheduled();
  scheduled.set_name(name);
  scheduled.set_committee(request.committee());
  if (!tables.partnerships.Contains(request.parent())) {
    *scheduled.add_clocks() = PartnershipClock(tables, request.parent(), context.now, context);
  }
  absl::string_view council = CouncilOf(name);
  constexpr absl::string_view kEnd(&state::kPartEnd, 1);
  tables.referrals.ScanIndex(kReferralsByList,
                             absl::StrCat(ListOf(council, v1::REFERRAL_STATE_RECEIVED), kEnd), "",
                             [&](absl::string_view, const v1::Referral& waiting) {
                               scheduled.add_referrals(waiting.name());
                               return scheduled.referrals_size() < kMostOnAgenda;
                             });
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables,
                             const v1::RecordPartnershipConsideredRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("what", request.what()));
  if (!status.ok()) return status;
  absl::StatusOr<v1::Meeting> meeting = FindMeeting(tables, request.name(), request.etag());
  if (!meeting.ok()) return meeting.status();
  absl::CivilDay held = calendar::ParseDate(LastId(request.name())).value_or(absl::CivilDay());
  if (held > context.calendar.DayOf(context.now)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "MEETING_TO_COME",
                  absl::StrCat(request.name(), " is still to come; record it when it is held"),
                  "name");
  }
  std::string council = absl::StrCat("councils/", CouncilOf(request.name()));
  Event event;
  // Names of meetings sort by their days: one that was recorded before cannot set the clock back.
  auto duty = tables.partnerships.Get(council);
  if (duty && duty->meeting() >= request.name()) return event;
  v1::PartnershipConsidered& considered = *event.mutable_partnership_considered();
  considered.set_name(request.name());
  considered.set_what(request.what());
  considered.set_by(context.actor.ToString());
  // The year runs from the meeting, however late somebody records it. Noon is in its day anywhere.
  absl::Time noon = absl::FromCivil(held, absl::UTCTimeZone()) + absl::Hours(12);
  *considered.add_clocks() = PartnershipClock(tables, council, noon, context);
  return event;
}

}  // namespace ccfa::scrutiny
