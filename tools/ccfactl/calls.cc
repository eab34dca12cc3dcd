#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using insight::v1::InsightService;
using intake::v1::IntakeService;
using IntakeStub = IntakeService::Stub;

namespace {

template <class Request, class Response>
void AddDuplicates(CLI::App& calls, Session& session, const std::string& verb,
                   const std::string& help,
                   grpc::Status (InsightService::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                             Response*)) {
  CLI::App* command = calls.add_subcommand(verb, help);
  auto request = std::make_shared<Request>();
  BindFields(*command, *request, {"audience"});
  command->add_option_function<std::string>(
      "--for",
      [request](const std::string& word) {
        absl::StatusOr<int> number = EnumNumber(*insight::v1::Audience_descriptor(), word);
        if (!number.ok())
          throw CLI::ValidationError("--for", std::string(number.status().message()));
        request->set_audience(static_cast<insight::v1::Audience>(*number));
      },
      "Whom they are shown to: public or staff");
  command->callback([&session, request, rpc] {
    Prune(*request);
    Response reply;
    session.outcome = session.Call<InsightService>(rpc, *request, reply);
    if (!session.outcome.ok()) return;
    if (session.json) return session.Print(reply);
    Table table({"call.name", "distance_m", "days_apart", "likeness", "call.details.summary"});
    for (const auto& duplicate : reply.duplicates()) table.Add(duplicate);
    table.Print(std::cout);
  });
}

/// The fourth exclusion takes two people, and a third on appeal.
void AddRulings(CLI::App& calls, Session& session) {
  AddStep<IntakeService>(calls, session, "propose-ruling",
                         "Propose that it is vexatious, discriminatory or not reasonable",
                         &IntakeStub::ProposeRuling);
  AddStep<IntakeService>(calls, session, "confirm-ruling",
                         "Confirm another person's ruling: it is declined",
                         &IntakeStub::ConfirmRuling);
  AddStep<IntakeService>(calls, session, "reject-ruling",
                         "Reject another person's ruling: it is screened on",
                         &IntakeStub::RejectRuling);
  AddStep<IntakeService>(calls, session, "appeal", "Ask that a ruling is looked at again",
                         &IntakeStub::AppealRuling);
  AddStep<IntakeService>(calls, session, "decide-appeal",
                         "Decide an appeal, as somebody who took no part",
                         &IntakeStub::DecideAppeal);
}

/// What is said to a caller and by them, before and after it ends.
void AddTalk(CLI::App& calls, Session& session) {
  AddStep<IntakeService>(calls, session, "respond",
                         "Tell the caller, as their councillor, what you will do",
                         &IntakeStub::AnswerCaller);
  AddStep<IntakeService>(calls, session, "tell", "Tell the caller something",
                         &IntakeStub::TellCaller);
  AddStep<IntakeService>(calls, session, "reply", "Note what the caller said, without names",
                         &IntakeStub::NoteReply);
  AddStep<IntakeService>(calls, session, "not-fixed", "Report that a closed one is not fixed",
                         &IntakeStub::ReportNotFixed);
  AddStep<IntakeService>(calls, session, "affected", "Say that it affects somebody else too",
                         &IntakeStub::SayAffected);
  AddStep<IntakeService>(calls, session, "harm", "Assess how bad it is for whom, in five parts",
                         &IntakeStub::AssessHarm);
}

}  // namespace

void AddCalls(CLI::App& app, Session& session) {
  CLI::App* calls =
      app.add_subcommand("calls", "Community calls: log, screen, follow")->require_subcommand(1);
  AddCallsLog(*calls, session);
  AddStep<IntakeService>(*calls, session, "acknowledge", "Tell the caller it was received",
                         &IntakeStub::AcknowledgeCall);
  AddStep<IntakeService>(*calls, session, "classify", "Say which law it falls under, and why",
                         &IntakeStub::ClassifyCall);
  AddStep<IntakeService>(*calls, session, "standing",
                         "Record whether the caller lives or works there",
                         &IntakeStub::RecordStanding);
  AddStep<IntakeService>(*calls, session, "accept",
                         "Accept it, naming the services it needs: it goes on to a team",
                         &IntakeStub::AcceptCall);
  AddStep<IntakeService>(
      *calls, session, "decline",
      "Decline it, with reasons; --limb where an exclusion of the law keeps it out",
      &IntakeStub::DeclineCall);
  AddStep<IntakeService>(*calls, session, "park", "Park a one-off, until others make a pattern",
                         &IntakeStub::ParkCall);
  AddStep<IntakeService>(*calls, session, "recall", "Take a parked one up again",
                         &IntakeStub::RecallCall);
  AddRulings(*calls, session);
  AddTalk(*calls, session);
  AddStep<IntakeService>(*calls, session, "refer-to-council",
                         "Refer it to another council, such as the county; their answer comes back",
                         &IntakeStub::ReferCallToCouncil);
  AddStep<IntakeService>(*calls, session, "refer", "Refer a single service's fault to that service",
                         &IntakeStub::ReferCallToService);
  AddStep<IntakeService>(*calls, session, "ask",
                         "Ask for more information; the screening clock pauses",
                         &IntakeStub::AskForInformation);
  AddStep<IntakeService>(*calls, session, "answer", "Give the information that was asked for",
                         &IntakeStub::GiveInformation);
  AddStep<IntakeService>(*calls, session, "withdraw", "Withdraw it", &IntakeStub::WithdrawCall);
  AddShow<InsightService>(*calls, session, "show", "Where it stands, who has it, what is next",
                          &InsightService::Stub::GetCallStory);
  AddShow<InsightService>(*calls, session, "public", "What anybody may know who has its number",
                          &InsightService::Stub::GetPublicCall);
  AddList<InsightService>(*calls, session, "list", "A council's calls",
                          &InsightService::Stub::ListCalls,
                          [](const auto& reply) { return reply.calls(); },
                          {"name", "state", "details.category", "details.summary", "team"});
  AddDuplicates(*calls, session, "duplicates",
                "Open calls of the same category near a call, nearest and most alike first",
                &InsightService::Stub::SuggestDuplicates);
  AddDuplicates(*calls, session, "look",
                "Whether it has been called about already, before you log it: the same of no call",
                &InsightService::Stub::LookForDuplicates);
  AddCallsExport(*calls, session);
  AddCallsImport(*calls, session);
}

}  // namespace ccfa::ctl
