#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using scrutiny::v1::ScrutinyService;
using ScrutinyStub = ScrutinyService::Stub;

namespace {

/// One answer holds all of it, so it is no list of pages.
void AddOverdue(CLI::App& group, Session& session) {
  CLI::App* command =
      group.add_subcommand("overdue", "What a council's scrutiny is owed, for everybody to read");
  auto request = std::make_shared<scrutiny::v1::ListOverdueRequest>();
  BindFields(*command, *request);
  command->callback([&session, request] {
    scrutiny::v1::ListOverdueResponse reply;
    session.outcome = session.Call<ScrutinyService>(&ScrutinyStub::ListOverdue, *request, reply);
    if (!session.outcome.ok()) return;
    Table table({"kind", "who", "due_date", "days_late", "name", "category", "ward"});
    for (const auto& item : reply.items()) {
      session.json ? void(std::cout << ToJson(item) << "\n") : table.Add(item);
    }
    if (!session.json) table.Print(std::cout);
  });
}

}  // namespace

void AddScrutiny(CLI::App& app, Session& session) {
  CLI::App* meetings =
      app.add_subcommand("meetings", "Meetings of the scrutiny committee")->require_subcommand(1);
  AddStep<ScrutinyService>(*meetings, session, "schedule",
                           "Set a meeting; waiting referrals go on its agenda",
                           &ScrutinyStub::ScheduleMeeting);
  AddShow<ScrutinyService>(*meetings, session, "agenda",
                           "What a meeting has before it, and what is overdue",
                           &ScrutinyStub::GetAgenda);
  AddStep<ScrutinyService>(*meetings, session, "consider-partnership",
                           "The committee considered the partnership at this meeting",
                           &ScrutinyStub::RecordPartnershipConsidered);
  AddList<ScrutinyService>(
      *meetings, session, "list", "A council's meetings and agendas", &ScrutinyStub::ListMeetings,
      [](const auto& reply) { return reply.meetings(); }, {"name", "committee", "referrals"});

  CLI::App* referrals =
      app.add_subcommand("referrals", "Referrals to overview and scrutiny")->require_subcommand(1);
  AddList<ScrutinyService>(*referrals, session, "list", "A council's referrals",
                           &ScrutinyStub::ListReferrals,
                           [](const auto& reply) { return reply.referrals(); },
                           {"name", "state", "problem", "meeting", "title"});
  AddShow<ScrutinyService>(*referrals, session, "show", "One referral with its exhaustion trail",
                           &ScrutinyStub::GetReferral);
  AddReferralsPack(*referrals, session);
  AddStep<ScrutinyService>(*referrals, session, "place", "Put it on a meeting's agenda",
                           &ScrutinyStub::PlaceOnAgenda);
  AddStep<ScrutinyService>(*referrals, session, "decide", "The committee's decision, with reasons",
                           &ScrutinyStub::DecideReferral, {"decided_by", "similar"});
  AddStep<ScrutinyService>(*referrals, session, "close", "End the review",
                           &ScrutinyStub::CloseReferral);

  CLI::App* recommendations =
      app.add_subcommand("recommendations", "Recommendations and their answers")
          ->require_subcommand(1);
  AddStep<ScrutinyService>(*recommendations, session, "make", "Recommend something to agencies",
                           &ScrutinyStub::MakeRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "respond",
                           "Answer, as the recipient's officer",
                           &ScrutinyStub::RespondToRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "chase",
                           "Remind a recipient whose answer or update is awaited",
                           &ScrutinyStub::ChaseRecipient);
  AddStep<ScrutinyService>(*recommendations, session, "update",
                           "Report progress: red, amber or green",
                           &ScrutinyStub::UpdateRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "complete", "It has been carried out",
                           &ScrutinyStub::CompleteRecommendation);
  AddShow<ScrutinyService>(*recommendations, session, "show", "One recommendation",
                           &ScrutinyStub::GetRecommendation);
  AddList<ScrutinyService>(
      *recommendations, session, "list", "A council's recommendations, or those overdue",
      &ScrutinyStub::ListRecommendations, [](const auto& reply) { return reply.recommendations(); },
      {"name", "state", "regime", "referral", "text"});
  AddOverdue(*recommendations, session);
}

}  // namespace ccfa::ctl
