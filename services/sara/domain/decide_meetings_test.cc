#include <gtest/gtest.h>

#include "services/sara/domain/agenda.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

using ::testing::ElementsAre;

constexpr char kMeeting[] = "councils/E1/teams/north/meetings/2026-07-10";
constexpr char kPresent[] =
    "present { agency: 'councils/E1/agencies/police' officer: 'reid' } "
    "present { councillor: 'councils/E1/councillors/okafor' } "
    "present { agency: 'councils/E1/agencies/watch' officer: 'guest' }";

template <class Request>
Request OfMeeting(const std::string& text = "", const std::string& name = kMeeting) {
  return FromText<Request>(absl::StrCat("name: '", name, "' ", text));
}

std::string Schedule(Given& given, const std::string& date, const std::string& who = kCoordinator) {
  return given.When(who, FromText<v1::ScheduleTeamMeetingRequest>(
                             absl::StrCat("name: 'councils/E1/teams/north' date: '", date, "'")));
}

/// A team of a chair, two officers, a vacancy and a seat whose term is over; two may decide.
Given ScheduledMeeting(Given given = ProblemInScanning()) {
  KnowTeam know;
  know.team = FromText<routing::v1::Team>(
      "name: 'councils/E1/teams/north' quorum: 2 chair: 'councils/E1/councillors/okafor' "
      "members { agency: 'councils/E1/agencies/police' officer: 'reid' } "
      "members { agency: 'councils/E1/agencies/fire' officer: 'ash' } "
      "members { agency: 'councils/E1/agencies/health' } "
      "members { agency: 'councils/E1/agencies/council' officer: 'moss' term_ends: '2026-06-30' }");
  EXPECT_EQ(given.When("system:sara", know), "TeamKnown");
  EXPECT_EQ(Schedule(given, "2026-07-10"), "TeamMeetingScheduled");
  return given;
}

Given QuorateMeeting() {
  Given given = ScheduledMeeting();
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordAttendanceRequest>(kPresent)),
            "AttendanceRecorded");
  return given;
}

v1::TeamMeeting MeetingIn(Given& given) {
  return given.tables().meetings.Get(kMeeting).value_or(v1::TeamMeeting());
}

// F31
TEST(ScheduleTeamMeeting, IsOnceForADay) {
  Given given = ScheduledMeeting();
  EXPECT_EQ(MeetingIn(given).state(), v1::MEETING_STATE_SCHEDULED);
  EXPECT_EQ(Schedule(given, "2026-07-10"), "nothing");
  EXPECT_EQ(Schedule(given, "2026-06-30"), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(Schedule(given, "Friday"), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(Schedule(given, "2026-07-11", kOfficer), "PERMISSION_DENIED MAY_NOT_MINUTE");
  Given unknown;
  EXPECT_EQ(Schedule(unknown, "2026-07-10"), "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(given.When(kCoordinator, FromText<v1::ScheduleTeamMeetingRequest>("name: 'north'")),
            "INVALID_ARGUMENT INVALID_FIELD name");
}

// F31, F23
TEST(RecordAttendance, CountsMembersAndNamesWhoIsMissing) {
  Given given = QuorateMeeting();
  EXPECT_EQ(MeetingIn(given).present_size(), 3);
  EXPECT_EQ(MeetingIn(given).members_present(), 2);
  EXPECT_THAT(MeetingIn(given).missing(), ElementsAre("ash of councils/E1/agencies/fire"));
}

// F31
TEST(RecordAttendance, Refuses) {
  Given given = ScheduledMeeting();
  auto when = [&](const std::string& text) {
    return given.When(kCoordinator, OfMeeting<v1::RecordAttendanceRequest>(text));
  };
  EXPECT_EQ(when("present { officer: 'reid' }"), "INVALID_ARGUMENT INVALID_FIELD present");
  EXPECT_EQ(when("present { agency: 'councils/E1/agencies/police' }"),
            "INVALID_ARGUMENT INVALID_FIELD present");
  EXPECT_EQ(when("present { councillor: 'okafor' }"), "INVALID_ARGUMENT INVALID_FIELD present");
  EXPECT_EQ(when("etag: '1'"), "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kOfficer, OfMeeting<v1::RecordAttendanceRequest>(kPresent)),
            "PERMISSION_DENIED MAY_NOT_MINUTE");
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordAttendanceRequest>(
                                         kPresent, "councils/E1/teams/north/meetings/2026-07-11")),
            "NOT_FOUND NOT_FOUND name");
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordAttendanceRequest>(kPresent, "today")),
            "INVALID_ARGUMENT INVALID_FIELD name");
}

// F31
TEST(RecordDecision, NeedsTheQuorum) {
  auto decide = OfMeeting<v1::RecordDecisionRequest>(
      absl::StrCat("text: 'the walk comes first' problem: '", kProblem, "'"));
  EXPECT_EQ(ScheduledMeeting().When(kCoordinator, decide), "FAILED_PRECONDITION NOT_QUORATE");
  Given alone = ScheduledMeeting();
  alone.When(kCoordinator, OfMeeting<v1::RecordAttendanceRequest>(
                               "present { councillor: 'councils/E1/councillors/okafor' }"));
  EXPECT_EQ(alone.When(kCoordinator, decide), "FAILED_PRECONDITION NOT_QUORATE");
  Given given = QuorateMeeting();
  EXPECT_EQ(given.When(kCoordinator, decide), "DecisionRecorded");
  ASSERT_EQ(MeetingIn(given).decisions_size(), 1);
  EXPECT_EQ(MeetingIn(given).decisions(0).number(), 1);
  EXPECT_EQ(MeetingIn(given).decisions(0).problem(), kProblem);
}

// F31
TEST(RecordDecision, Refuses) {
  Given given = QuorateMeeting();
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordDecisionRequest>()),
            "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordDecisionRequest>(
                                         "text: 'x' problem: 'councils/E1/problems/9'")),
            "NOT_FOUND NOT_FOUND problem");
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::CloseTeamMeetingRequest>()),
            "TeamMeetingClosed");
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::RecordDecisionRequest>("text: 'x'")),
            "FAILED_PRECONDITION WRONG_STATE");
}

std::vector<std::string> LogOf(const v1::TeamMeeting& meeting) {
  std::vector<std::string> log;
  for (const v1::LogItem& item : meeting.action_log()) {
    log.push_back(absl::StrCat(item.number(), " ", item.what(), item.done() ? ", done" : ""));
  }
  return log;
}

// F31
TEST(CloseTeamMeeting, CarriesTheActionLogForward) {
  Given given = QuorateMeeting();
  EXPECT_EQ(given.When(kCoordinator,
                       OfMeeting<v1::CloseTeamMeetingRequest>(
                           "items { what: 'walk the walk' who: 'reid' by_date: '2026-07-20' } "
                           "items { what: 'ask the landlord' who: 'okafor' }")),
            "TeamMeetingClosed");
  EXPECT_THAT(LogOf(MeetingIn(given)), ElementsAre("1 walk the walk", "2 ask the landlord"));
  EXPECT_EQ(Schedule(given, "2026-08-07"), "TeamMeetingScheduled");
  std::string next = "councils/E1/teams/north/meetings/2026-08-07";
  EXPECT_EQ(given.When(kCoordinator, OfMeeting<v1::CloseTeamMeetingRequest>(
                                         "items { number: 1 done: true } "
                                         "items { what: 'write to all' who: 'lee' }",
                                         next)),
            "TeamMeetingClosed");
  EXPECT_THAT(LogOf(*given.tables().meetings.Get(next)),
              ElementsAre("1 walk the walk, done", "2 ask the landlord", "3 write to all"));
  EXPECT_EQ(given.tables().meetings.Get(next)->action_log(1).since(), kMeeting);
  v1::TeamRow row = *given.tables().teams.Get("councils/E1/teams/north");
  ASSERT_EQ(row.carried_size(), 2);
  EXPECT_EQ(row.carried(0).what(), "ask the landlord");
  EXPECT_EQ(row.carried(0).number(), 1);
}

// F31
TEST(CloseTeamMeeting, Refuses) {
  Given given = QuorateMeeting();
  auto when = [&](const std::string& text) {
    return given.When(kCoordinator, OfMeeting<v1::CloseTeamMeetingRequest>(text));
  };
  EXPECT_EQ(when("items { number: 1 done: true }"), "NOT_FOUND NOT_FOUND items");
  EXPECT_EQ(when("items { what: 'x' }"), "INVALID_ARGUMENT INVALID_FIELD items");
  EXPECT_EQ(when("items { what: 'x' who: 'y' by_date: 'soon' }"),
            "INVALID_ARGUMENT INVALID_FIELD items");
}

// F31, F24, F28
TEST(GetAgenda, IsBuiltFromHowThingsStand) {
  Given given = ScheduledMeeting(AcceptedAction());
  for (int i = 2; i <= 4; ++i) given.WhenRouted(absl::StrCat("councils/E1/calls/2026-00000", i));
  auto take_up = FromText<v1::TakeUpProblemRequest>("name: 'councils/E1/problems/2026-000002'");
  given.When(kCoordinator, take_up);
  given.When(kCoordinator, FromText<v1::SetPrioritiesRequest>(
                               "name: 'councils/E1/teams/north' review_date: '2026-10-01' "
                               "selected { problem: 'councils/E1/problems/2026-000003' "
                               "rationale: 'it harms most' }"));
  given.When(kCoordinator,
             OfMeeting<v1::CloseTeamMeetingRequest>("items { what: 'walk' who: 'reid' }"));
  KnowTeam south;
  south.team.set_name("councils/E1/teams/south");
  given.When("system:sara", south);
  given.When(kCoordinator,
             About<v1::InviteTeamRequest>("team: 'councils/E1/teams/south' reason: 'half theirs'"));
  EXPECT_EQ(AgendaOf(given.tables(), "councils/E1/teams/south/meetings/2026-07-10").items_size(),
            1);
  given.WhenItIs("2026-07-20T23:00:00Z");
  std::vector<std::string> items;
  const v1::Agenda agenda = AgendaOf(given.tables(), kMeeting);
  for (const v1::AgendaItem& item : agenda.items()) {
    items.push_back(
        absl::StrCat(v1::AgendaKind_Name(item.kind()).substr(sizeof("AGENDA_KIND_") - 1), " ",
                     LastId(item.subject())));
  }
  EXPECT_THAT(items, ElementsAre("ACTION_LOG 1", "PRIORITY 2026-000003", "OVERDUE_ACTION 1",
                                 "INVITATION 2026-000001", "PROBLEM 2026-000001",
                                 "PROBLEM 2026-000002", "QUEUED 2026-000004"));
}

}  // namespace
}  // namespace ccfa::sara
