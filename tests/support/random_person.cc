#include "tests/support/random_person.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

constexpr int kKnownOfEach = 2;

template <class Request>
Request WithReason(const std::string& name) {
  Request request = About<Request>(name);
  request.set_reason("so it was decided");
  return request;
}

}  // namespace

std::string RandomPerson::OneOf(const std::string& collection) {
  return absl::StrFormat("%s/%s/2027-%06d", kCouncil, collection, 1 + Below(kKnownOfEach));
}

std::string RandomPerson::AnyActor() {
  const char* actors[] = {kCouncillor,     kCoordinator, kPoliceOfficer,
                          kHousingOfficer, kScrutiny,    kAdministrator};
  return actors[Below(std::size(actors))];
}

std::string RandomPerson::AnyOfficer() {
  return Below(2) == 0 ? kPoliceOfficer : kHousingOfficer;
}

template <class Request>
std::string RandomPerson::Send(const Request& request, const std::string& rightful) {
  std::string actor = Below(4) == 0 ? AnyActor() : rightful;
  return absl::StrCat(actor, " ", request.GetTypeName(), " {", request.ShortDebugString(),
                      "}: ", town_.Refusal(request, actor));
}

std::string RandomPerson::DoSomething() {
  switch (Below(8)) {
    case 0:
      town_.LiveFor(absl::Hours(1 + Below(24 * 6)));
      return "time passes";
    case 1: {
      intake::v1::LogCallRequest call = Below(3) == 0 ? NewCallFromNowhere() : NewCall();
      if (Below(2) == 0) call.mutable_details()->clear_councillor();
      if (Below(3) == 0) call.mutable_details()->set_source(intake::v1::SOURCE_IMPORT);
      return Send(call, kCouncillor);
    }
    case 2:
      return DoAboutCall();
    case 3:
      return DoAboutProblem();
    case 4:
      return WorkOnProblem();
    case 5:
      return DoAboutAction();
    case 6:
      return DoInScrutiny();
    default:
      return DoAboutRecommendation();
  }
}

std::string RandomPerson::DoAboutCall() {
  std::string call = OneOf("calls");
  switch (Below(9)) {
    case 0:
      return Send(About<intake::v1::AcknowledgeCallRequest>(call), kCoordinator);
    case 1: {
      auto ask = About<intake::v1::AskForInformationRequest>(call);
      ask.set_question("where exactly?");
      return Send(ask, kCoordinator);
    }
    case 2: {
      auto give = About<intake::v1::GiveInformationRequest>(call);
      give.set_answer("behind the shops");
      return Send(give, kCoordinator);
    }
    case 3:
      return Send(WithReason<intake::v1::DeclineCallRequest>(call), kCoordinator);
    case 4:
      return Send(WithReason<intake::v1::WithdrawCallRequest>(call), kCoordinator);
    case 5: {
      routing::v1::AssignCallRequest assign;
      assign.set_call(call);
      assign.set_team(Below(2) == 0 ? kNorthTeam : kSouthTeam);
      assign.set_reason("it belongs there");
      return Send(assign, kCoordinator);
    }
    case 6:
      return ScreenCall(call);
    default:
      return Send(Acceptance(call, "it persists"), kCoordinator);
  }
}

std::string RandomPerson::ScreenCall(const std::string& call) {
  switch (Below(12)) {
    case 10:
      return Send(WithReason<intake::v1::ParkCallRequest>(call), kCoordinator);
    case 11:
      return Send(WithReason<intake::v1::RecallCallRequest>(call), kCoordinator);
    case 7:
      return Send(WithReason<intake::v1::ReportNotFixedRequest>(call), kCouncillor);
    case 8: {
      auto tell = About<intake::v1::TellCallerRequest>(call);
      tell.set_message("it is in hand");
      return Send(tell, kCoordinator);
    }
    case 9: {
      auto affected = About<intake::v1::SayAffectedRequest>(call);
      affected.set_request_id(absl::StrCat("neighbour ", Below(5)));
      return Send(affected, kCouncillor);
    }
    case 0: {
      auto classify = WithReason<intake::v1::ClassifyCallRequest>(call);
      classify.set_regime(static_cast<intake::v1::Regime>(Below(4)));
      return Send(classify, kCoordinator);
    }
    case 1: {
      auto record = About<intake::v1::RecordStandingRequest>(call);
      record.set_standing(static_cast<intake::v1::Standing>(Below(4)));
      return Send(record, kCouncillor);
    }
    case 2: {
      auto propose = WithReason<intake::v1::ProposeRulingRequest>(call);
      propose.set_evidence("the calls before it");
      return Send(propose, kCoordinator);
    }
    case 3:
      return Send(WithReason<intake::v1::ConfirmRulingRequest>(call), kScrutiny);
    case 4:
      return Send(WithReason<intake::v1::RejectRulingRequest>(call), kScrutiny);
    case 5: {
      auto appeal = About<intake::v1::AppealRulingRequest>(call);
      appeal.set_grounds("nobody looked");
      return Send(appeal, kCouncillor);
    }
    default: {
      auto decide = WithReason<intake::v1::DecideAppealRequest>(call);
      decide.set_upheld(Below(2) == 0);
      return Send(decide, kAdministrator);
    }
  }
}

std::string RandomPerson::DoAboutProblem() {
  std::string problem = OneOf("problems");
  switch (Below(10)) {
    case 6:
      return Send(WithReason<sara::v1::ParkProblemRequest>(problem), kCoordinator);
    case 7: {
      auto refer = WithReason<sara::v1::ReferProblemRequest>(problem);
      refer.set_service("waste");
      return Send(refer, kCoordinator);
    }
    case 8: {
      auto send_back = About<sara::v1::SendBackProblemRequest>(problem);
      send_back.set_instruction("ask the landlord first");
      return Send(send_back, kTasking);
    }
    case 9: {
      auto check = About<sara::v1::RecordSustainCheckRequest>(problem);
      check.set_holds(Below(2) == 0);
      check.set_note("a walk on Monday");
      return Send(check, kCoordinator);
    }
    case 0: {
      auto attach = About<sara::v1::AttachCallRequest>(problem);
      attach.set_call(OneOf("calls"));
      return Send(attach, kCoordinator);
    }
    case 1: {
      auto raise = WithReason<sara::v1::RaiseProblemRequest>(problem);
      raise.set_to(static_cast<sara::v1::Rung>(Below(4)));
      return Send(raise, kCoordinator);
    }
    case 2: {
      auto close = About<sara::v1::CloseProblemRequest>(problem);
      close.set_done("a gate");
      close.set_why("nobody complains");
      return Send(close, kCoordinator);
    }
    case 3:
      return Send(Assessment(problem, static_cast<sara::v1::Result>(Below(6))), kCoordinator);
    default:
      return Send(About<sara::v1::TakeUpProblemRequest>(problem), kCoordinator);
  }
}

std::string RandomPerson::WorkOnProblem() {
  std::string problem = OneOf("problems");
  std::string done;
  for (const std::string& step :
       {Send(FullScan(problem), kCoordinator),
        Send(Source(problem, Below(2) == 0 ? "survey" : "calls"), kCoordinator),
        Send(FullAnalysis(problem), kCoordinator), Send(Hypothesis(problem), kCoordinator),
        Send(Objective(problem, DayAhead(town_, 30)), kCoordinator),
        Send(Plan(problem), kCoordinator),
        Send(Entry(problem, static_cast<sara::v1::Stage>(Below(5))), kCoordinator)}) {
    absl::StrAppend(&done, step, "\n");
  }
  return done;
}

std::string RandomPerson::DoAboutAction() {
  std::string problem = OneOf("problems");
  std::string action = absl::StrCat(problem, "/actions/", 1 + Below(2));
  switch (Below(5)) {
    case 4: {
      auto reassign = WithReason<sara::v1::ReassignActionRequest>(action);
      reassign.set_agency(Below(2) == 0 ? kPolice : kHousing);
      reassign.set_officer("shah");
      reassign.set_due_date(DayAhead(town_, 7));
      return Send(reassign, kCoordinator);
    }
    case 0:
      return Send(About<sara::v1::AcceptActionRequest>(action), AnyOfficer());
    case 1:
      return Send(WithReason<sara::v1::DeclineActionRequest>(action), AnyOfficer());
    case 2: {
      auto complete = About<sara::v1::CompleteActionRequest>(action);
      complete.set_result("done");
      return Send(complete, AnyOfficer());
    }
    default:
      return Send(Proposal(problem, Below(2) == 0 ? kPolice : kHousing, DayAhead(town_, 7)),
                  kCoordinator);
  }
}

std::string RandomPerson::DoInScrutiny() {
  std::string referral = OneOf("referrals");
  switch (Below(5)) {
    case 0:
      return Send(Meeting(kCouncil, DayAhead(town_, Below(20))), kScrutiny);
    case 1: {
      auto place = About<scrutiny::v1::PlaceOnAgendaRequest>(referral);
      place.set_meeting(absl::StrCat(kCouncil, "/meetings/", DayAhead(town_, Below(20))));
      return Send(place, kScrutiny);
    }
    case 2:
      return Send(Closing(referral, Below(2) == 0), kScrutiny);
    default:
      return Send(Decision(referral, static_cast<scrutiny::v1::DecisionKind>(Below(5))), kScrutiny);
  }
}

std::string RandomPerson::DoAboutRecommendation() {
  std::string recommendation = OneOf("recommendations");
  switch (Below(4)) {
    case 0:
      return Send(Recommendation(OneOf("referrals")), kScrutiny);
    case 1: {
      auto update = About<scrutiny::v1::UpdateRecommendationRequest>(recommendation);
      update.set_rag(scrutiny::v1::RAG_AMBER);
      return Send(update, kScrutiny);
    }
    case 2:
      return Send(Completion(recommendation), kScrutiny);
    default:
      return Below(2) == 0 ? Send(Yes(recommendation, kPolice), kPoliceOfficer)
                           : Send(Yes(recommendation, kHousing), kHousingOfficer);
  }
}

}  // namespace ccfa::test_support
