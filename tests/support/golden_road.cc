#include "tests/support/golden_road.h"

#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/refusal.h"
#include "tests/support/calendar.h"
#include "tests/support/golden_callers.h"
#include "tests/support/golden_intake.h"
#include "tests/support/golden_routing.h"
#include "tests/support/golden_rules.h"
#include "tests/support/golden_sara.h"
#include "tests/support/golden_scrutiny.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// A call with everything a councillor can write down.
intake::v1::LogCallRequest FullCall() {
  intake::v1::LogCallRequest request = NewCall();
  intake::v1::CallDetails& details = *request.mutable_details();
  // Of a kind of its own: solved, it is watched, and no later call is to bring it back.
  details.set_category("bulky-waste");
  details.set_description("Bags, mattresses and paint tins, most of it on Sunday nights.");
  details.set_ward(kNorthWard);
  details.mutable_place()->set_text("On or near Osprey Walk");
  details.set_happened("2027-01-10");
  details.set_affected("the twelve flats above the shops");
  details.set_outcome_sought("a yard that stays clean");
  details.add_other_organisations("the landlord");
  intake::v1::Evidence& photo = *details.add_evidence();
  photo.set_title("the yard on Monday");
  photo.set_uri("https://council.example/photos/1");
  details.mutable_imported_from()->set_file("surgery.csv");
  details.mutable_imported_from()->set_row(7);
  request.set_request_id("surgery.csv/7");
  return request;
}

/// From the surgery to scrutiny and back, with one action declined and one done.
void GoTheWholeRoad(Town& town) {
  std::string call = town.Do(FullCall(), kCouncillor);
  auto acknowledge = About<intake::v1::AcknowledgeCallRequest>(call);
  acknowledge.set_message("your call is in hand");
  town.Do(acknowledge, kCouncillor);
  town.Do(Acceptance(call, "it persists"), kCoordinator);
  std::string problem = ProblemOf(town, call);
  NextDayAtNine(town);
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  AnalyseAndEnterResponse(town, problem);
  NextDayAtNine(town);
  DeclineAction(town, ProposeAction(town, problem, kPolice), kPoliceOfficer);
  std::string done = ProposeAction(town, problem, kHousing);
  AcceptAction(town, done, kHousingOfficer);
  CompleteAction(town, done, kHousingOfficer);
  NextDayAtNine(town);
  town.Do(Entry(problem, sara::v1::STAGE_ASSESSMENT), kCoordinator);
  town.Do(Assessment(problem, sara::v1::RESULT_NOT_ACHIEVED), kCoordinator);

  std::string referral = town.Story(call).referral();
  NextDayAtNine(town);
  ScheduleMeeting(town, 7);
  NextDayAtNine(town, 7);
  town.Do(Decision(referral, scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW), kScrutiny);
  std::string recommendation = town.Do(Recommendation(referral), kScrutiny);
  NextDayAtNine(town);
  town.Do(Yes(recommendation, kPolice), kPoliceOfficer);
  // Housing is warned, and late.
  NextDayAtNine(town, 30);
  town.Do(Yes(recommendation, kHousing), kHousingOfficer);
  auto update = About<scrutiny::v1::UpdateRecommendationRequest>(recommendation);
  update.set_rag(scrutiny::v1::RAG_AMBER);
  update.set_note("the gate is ordered");
  town.Do(update, kScrutiny);
  town.Do(Completion(recommendation), kScrutiny);
  town.Do(Closing(referral, /*resolved=*/true), kScrutiny);
}

/// A call that waits for an answer, runs out of time and is declined; another service's business.
void EndCallsAtTheDoor(Town& town) {
  std::string call = town.Do(NewCall(), kCouncillor);
  auto ask = About<intake::v1::AskForInformationRequest>(call);
  ask.set_question("which yard is it?");
  town.Do(ask, kCoordinator);
  NextDayAtNine(town);
  auto give = About<intake::v1::GiveInformationRequest>(call);
  give.set_answer("the one behind number 12");
  town.Do(give, kCouncillor);
  NextDayAtNine(town, 28);
  town.Do(WithReason<intake::v1::DeclineCallRequest>(call, "the service has it in hand"),
          kCoordinator);
  auto refer = WithReason<intake::v1::ReferCallToServiceRequest>(town.Do(NewCall(), kCouncillor),
                                                                 "one service's fault");
  refer.set_service("waste");
  town.Do(refer, kCoordinator);
}

/// A call that no ward takes, and its caller takes back.
void WithdrawACall(Town& town) {
  std::string call = LogAndAccept(town, NewCallFromNowhere());
  town.Do(WithReason<intake::v1::WithdrawCallRequest>(call, "it has stopped"), kCouncillor);
}

/// Two calls become one problem, and a third one's problem moves to another team.
void JoinAndMoveCalls(Town& town) {
  std::string problem = ProblemOf(town, LogAndAccept(town));
  auto attach = WithReason<sara::v1::AttachCallRequest>(problem, "the same yard");
  attach.set_call(LogAndAccept(town));
  town.Do(attach, kCoordinator);
  routing::v1::AssignCallRequest assign;
  assign.set_call(LogAndAccept(town));
  assign.set_team(kSouthTeam);
  assign.set_reason("the bags come from the south ward");
  town.Do(assign, kCoordinator);
}

/// An action nobody answers for, a referral that no meeting takes, is deferred, and returned.
void RunOutOfTimeAndReturn(Town& town) {
  std::string problem = ProblemInResponse(town);
  ProposeAction(town, problem, kPolice);
  NextDayAtNine(town, 14);
  RaiseToScrutiny(town, problem);
  std::string referral = town.Story(town.ProblemNamed(problem).calls(0)).referral();
  NextDayAtNine(town, 35);
  ScheduleMeeting(town, 0);
  town.Do(Decision(referral, scrutiny::v1::DECISION_KIND_DEFER), kScrutiny);
  auto place = About<scrutiny::v1::PlaceOnAgendaRequest>(referral);
  place.set_meeting(ScheduleMeeting(town, 7));
  town.Do(place, kScrutiny);
  NextDayAtNine(town, 7);
  town.Do(Decision(referral, scrutiny::v1::DECISION_KIND_RETURN_TO_TEAM), kScrutiny);
}

/// No rule of today refuses a reaction of the other services, so one is made up.
void RefuseAReaction(engine::Engine& engine, const std::string& what) {
  engine::Command command;
  command.what = what;
  command.subject = absl::StrCat(kCouncil, "/calls/2027-999999");
  command.council = std::string(CouncilOf(kCouncil));
  command.actor = {"system", engine.service(), ""};
  command.cause.emplace();
  command.cause->set_topic("ccfa.golden.v1");
  command.cause->set_offset(1);
  command.cause->set_ordinal(1);
  command.decide = [](state::Rows&, const engine::Context&) -> absl::StatusOr<engine::Draft> {
    return NotFound("name", absl::StrCat(kCouncil, "/calls/2027-999999"));
  };
  engine.Submit(std::move(command));
}

void RefuseReactions(Town& town) {
  // Screened by those who recorded it, and taken back before it could be accepted.
  intake::v1::LogCallRequest imported = NewCall();
  imported.mutable_details()->set_source(intake::v1::SOURCE_IMPORT);
  std::string last = town.Do(imported, kCouncillor);
  int number = 0;
  EXPECT_TRUE(absl::SimpleAtoi(last.substr(last.size() - 6), &number));
  town.Send(imported, kCouncillor);
  town.Send(WithReason<intake::v1::WithdrawCallRequest>(
                absl::StrFormat("%s/calls/2027-%06d", kCouncil, number + 1), "logged twice"),
            kCouncillor);
  RefuseAReaction(town.host().engine("routing"), "PlaceCall");
  RefuseAReaction(town.host().engine("sara"), "OpenProblem");
  RefuseAReaction(town.host().engine("scrutiny"), "ReceiveReferral");
  town.Settle();
}

/// What is administered outside of the rules is written down in whichever topic it is about.
void RecordAnExport(engine::Engine& engine) {
  engine::Command command;
  command.what = "RecordAct";
  command.council = std::string(CouncilOf(kCouncil));
  command.actor = {"administrator", "root", ""};
  command.decide = [&engine](state::Rows&,
                             const engine::Context&) -> absl::StatusOr<engine::Draft> {
    record::v1::ActRecorded act;
    act.set_name(kCouncil);
    act.set_act(record::v1::ACT_JOURNAL_EXPORTED);
    act.set_on(engine.topic());
    act.set_reason("a signed head");
    return engine.rules().Acted(act);
  };
  engine.Submit(std::move(command));
}

void RecordExports(Town& town) {
  intake::v1::RecordExportRequest calls;
  calls.set_parent(kCouncil);
  calls.set_purpose("the yearly report");
  town.Do(calls, kAdministrator);
  for (const char* service : {"routing", "sara", "scrutiny"})
    RecordAnExport(town.host().engine(service));
  town.Settle();
}

}  // namespace

void GoEveryWay(Town& town) {
  Found(town);
  GoTheWholeRoad(town);
  NextDayAtNine(town);
  EndCallsAtTheDoor(town);
  NextDayAtNine(town);
  WithdrawACall(town);
  NextDayAtNine(town);
  JoinAndMoveCalls(town);
  NextDayAtNine(town);
  RunOutOfTimeAndReturn(town);
  NextDayAtNine(town);
  RefuseReactions(town);
  NextDayAtNine(town);
  ChangeTheRules(town);
  NextDayAtNine(town);
  GoThroughSara(town);
  NextDayAtNine(town);
  GoEveryWayOfScrutiny(town);
  NextDayAtNine(town);
  GoEveryWayOfIntake(town);
  NextDayAtNine(town);
  RedrawTheMap(town);
  NextDayAtNine(town);
  KnowCallersAndForgetThem(town);
  NextDayAtNine(town);
  RecordExports(town);
}

}  // namespace ccfa::test_support
