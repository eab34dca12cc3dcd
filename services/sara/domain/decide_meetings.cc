#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::LogItem;
using v1::TeamMeeting;

absl::Status CheckMayMinute(const Context& context) {
  if (context.actor.role == "coordinator" || context.actor.role == "administrator") {
    return absl::OkStatus();
  }
  return Forbidden(
      "MAY_NOT_MINUTE",
      absl::StrCat("a coordinator or an administrator keeps a team's minutes; you are ",
                   context.actor.ToString()));
}

/// The meeting a request names, when it goes on and the actor keeps its minutes.
template <class Request>
absl::StatusOr<TeamMeeting> FindMeeting(const Tables& tables, const Request& request,
                                        const Context& context) {
  if (absl::Status may = CheckMayMinute(context); !may.ok()) return may;
  absl::Status form = CheckName("name", request.name(), "councils/*/teams/*/meetings/*");
  if (!form.ok()) return form;
  auto meeting = tables.meetings.Get(request.name());
  if (!meeting) return NotFound("name", request.name());
  if (absl::Status current = CheckEtag(request.name(), request.etag(), meeting->etag());
      !current.ok()) {
    return current;
  }
  if (meeting->state() == v1::MEETING_STATE_SCHEDULED) return *std::move(meeting);
  return WrongState(absl::StrCat(request.name(), " is closed; its minutes stand as they are"));
}

absl::Status CheckAttendee(const v1::Attendee& attendee) {
  if (!attendee.councillor().empty()) {
    return CheckName("present", attendee.councillor(), "councils/*/councillors/*");
  }
  absl::Status agency = CheckName("present", attendee.agency(), "councils/*/agencies/*");
  if (!agency.ok() || IsId(attendee.officer())) return agency;
  return InvalidField("present", absl::StrCat("name the officer of ", attendee.agency()));
}

bool Sits(const routing::v1::Member& member, absl::string_view today) {
  bool over = !member.term_ends().empty() && member.term_ends() < today;
  return !member.officer().empty() && !over;
}

/// Counts the members among those present, and names the filled seats that are empty here.
void CountMembers(const routing::v1::Team& team, absl::string_view today,
                  v1::AttendanceRecorded& recorded) {
  auto there = [&](auto is_it) { return absl::c_any_of(recorded.present(), is_it); };
  int members = 0;
  auto seat = [&](bool is_there, const std::string& who) {
    is_there ? void(++members) : recorded.add_missing(who);
  };
  if (!team.chair().empty()) {
    seat(there([&](const v1::Attendee& a) { return a.councillor() == team.chair(); }),
         team.chair());
  }
  for (const routing::v1::Member& member : team.members()) {
    if (!Sits(member, today)) continue;
    seat(there([&](const v1::Attendee& a) {
           return a.agency() == member.agency() && a.officer() == member.officer();
         }),
         absl::StrCat(member.officer(), " of ", member.agency()));
  }
  recorded.set_members_present(members);
  recorded.set_quorum(team.quorum());
}

absl::Status CheckLogItem(const LogItem& item, const std::vector<LogItem>& carried) {
  if (item.number() != 0) {
    bool known = absl::c_any_of(
        carried, [&](const LogItem& each) { return each.number() == item.number(); });
    return known ? absl::OkStatus()
                 : NotFound("items", absl::StrCat("item ", item.number(), " carried forward"));
  }
  if (item.what().empty() || item.who().empty()) {
    return InvalidField("items", "a new item says what is to be done, and who does it");
  }
  if (item.by_date().empty()) return absl::OkStatus();
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(item.by_date());
  return day.ok() ? absl::OkStatus() : InvalidField("items", day.status().message());
}

/// What was carried here, as it stands now, and what is new.
std::vector<LogItem> ActionLog(std::vector<LogItem> log,
                               const v1::CloseTeamMeetingRequest& request) {
  for (const LogItem& item : request.items()) {
    if (item.number() == 0) {
      log.push_back(item);
      log.back().set_since(request.name());
      continue;
    }
    auto known =
        absl::c_find_if(log, [&](const LogItem& each) { return each.number() == item.number(); });
    known->set_done(item.done());
    if (!item.what().empty()) known->set_what(item.what());
    if (!item.who().empty()) known->set_who(item.who());
    if (!item.by_date().empty()) known->set_by_date(item.by_date());
  }
  for (size_t i = 0; i < log.size(); ++i) log[i].set_number(static_cast<int>(i) + 1);
  return log;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ScheduleTeamMeetingRequest& request,
                             const Context& context) {
  if (absl::Status may = CheckMayMinute(context); !may.ok()) return may;
  absl::Status form = CheckName("name", request.name(), "councils/*/teams/*");
  if (!form.ok()) return form;
  absl::StatusOr<absl::CivilDay> day = calendar::ParseDate(request.date());
  if (!day.ok()) return InvalidField("date", day.status().message());
  if (*day < context.calendar.DayOf(context.now)) {
    return InvalidField("date", "must not be in the past");
  }
  if (!tables.teams.Contains(request.name())) return NotFound("name", request.name());
  Event event;
  std::string name = absl::StrCat(request.name(), "/meetings/", request.date());
  if (!tables.meetings.Contains(name)) event.mutable_team_meeting_scheduled()->set_name(name);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordAttendanceRequest& request,
                             const Context& context) {
  absl::StatusOr<TeamMeeting> meeting = FindMeeting(tables, request, context);
  if (!meeting.ok()) return meeting.status();
  absl::Status status = CheckRoom("attendees", request.present_size() - 1, kMostAttendees);
  for (const v1::Attendee& attendee : request.present()) status.Update(CheckAttendee(attendee));
  if (!status.ok()) return status;
  Event event;
  v1::AttendanceRecorded& recorded = *event.mutable_attendance_recorded();
  recorded.set_name(request.name());
  *recorded.mutable_present() = request.present();
  v1::TeamRow row = tables.teams.Get(ParentOf(request.name())).value_or(v1::TeamRow());
  CountMembers(row.team(), LastId(request.name()), recorded);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordDecisionRequest& request,
                             const Context& context) {
  if (absl::Status text = Required("text", request.text()); !text.ok()) return text;
  absl::StatusOr<TeamMeeting> meeting = FindMeeting(tables, request, context);
  if (!meeting.ok()) return meeting.status();
  if (!request.problem().empty() && !tables.problems.Contains(request.problem())) {
    return NotFound("problem", request.problem());
  }
  if (meeting->present().empty() || meeting->members_present() < meeting->quorum()) {
    return Refuse(
        absl::StatusCode::kFailedPrecondition, "NOT_QUORATE",
        absl::StrCat("the quorum is ", meeting->quorum(), ", members present are ",
                     meeting->members_present(), "; missing: ",
                     meeting->present().empty() ? "record who is there first"
                                                : absl::StrJoin(meeting->missing(), ", ")));
  }
  absl::Status room = CheckRoom("decisions", meeting->decisions_size(), kMostDecisions);
  if (!room.ok()) return room;
  Event event;
  event.mutable_decision_recorded()->set_name(request.name());
  v1::TeamDecision& decision = *event.mutable_decision_recorded()->mutable_decision();
  decision.set_number(meeting->decisions_size() + 1);
  decision.set_text(request.text());
  decision.set_problem(request.problem());
  decision.set_by(context.actor.ToString());
  *decision.mutable_time() = ToProto(context.now);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CloseTeamMeetingRequest& request,
                             const Context& context) {
  absl::StatusOr<TeamMeeting> meeting = FindMeeting(tables, request, context);
  if (!meeting.ok()) return meeting.status();
  v1::TeamRow row = tables.teams.Get(ParentOf(request.name())).value_or(v1::TeamRow());
  const std::vector<LogItem> carried(row.carried().begin(), row.carried().end());
  for (const LogItem& item : request.items()) {
    if (absl::Status one = CheckLogItem(item, carried); !one.ok()) return one;
  }
  std::vector<LogItem> log = ActionLog(carried, request);
  absl::Status room = CheckRoom("items", static_cast<int>(log.size()) - 1, kMostLogItems);
  if (!room.ok()) return room;
  Event event;
  event.mutable_team_meeting_closed()->set_name(request.name());
  for (LogItem& item : log)
    *event.mutable_team_meeting_closed()->add_action_log() = std::move(item);
  return event;
}

}  // namespace ccfa::sara
