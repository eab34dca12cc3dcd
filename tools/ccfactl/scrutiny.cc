#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using scrutiny::v1::ScrutinyService;
using Stub = ScrutinyService::Stub;

void AddScrutiny(CLI::App& app, Session& session) {
  CLI::App* meetings =
      app.add_subcommand("meetings", "Meetings of the scrutiny committee")->require_subcommand(1);
  AddStep<ScrutinyService>(*meetings, session, "schedule",
                           "Set a meeting; waiting referrals go on its agenda",
                           &Stub::ScheduleMeeting);
  AddList<ScrutinyService>(*meetings, session, "list", "A council's meetings and agendas",
                           &Stub::ListMeetings, [](const auto& reply) { return reply.meetings(); },
                           {"name", "committee", "referrals"});

  CLI::App* referrals =
      app.add_subcommand("referrals", "Referrals to overview and scrutiny")->require_subcommand(1);
  AddList<ScrutinyService>(*referrals, session, "list", "A council's referrals",
                           &Stub::ListReferrals,
                           [](const auto& reply) { return reply.referrals(); },
                           {"name", "state", "problem", "meeting", "title"});
  AddShow<ScrutinyService>(*referrals, session, "show", "One referral with its exhaustion trail",
                           &Stub::GetReferral);
  AddStep<ScrutinyService>(*referrals, session, "place", "Put it on a meeting's agenda",
                           &Stub::PlaceOnAgenda);
  AddStep<ScrutinyService>(*referrals, session, "decide", "The committee's decision, with reasons",
                           &Stub::DecideReferral, {"decided_by"});
  AddStep<ScrutinyService>(*referrals, session, "close", "End the review", &Stub::CloseReferral);

  CLI::App* recommendations =
      app.add_subcommand("recommendations", "Recommendations and their answers")
          ->require_subcommand(1);
  AddStep<ScrutinyService>(*recommendations, session, "make", "Recommend something to agencies",
                           &Stub::MakeRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "respond",
                           "Answer, as the recipient's officer", &Stub::RespondToRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "update",
                           "Report progress: red, amber or green", &Stub::UpdateRecommendation);
  AddStep<ScrutinyService>(*recommendations, session, "complete", "It has been carried out",
                           &Stub::CompleteRecommendation);
  AddShow<ScrutinyService>(*recommendations, session, "show", "One recommendation",
                           &Stub::GetRecommendation);
  AddList<ScrutinyService>(
      *recommendations, session, "list", "A council's recommendations, or those overdue",
      &Stub::ListRecommendations, [](const auto& reply) { return reply.recommendations(); },
      {"name", "state", "regime", "referral", "text"});
}

}  // namespace ccfa::ctl
