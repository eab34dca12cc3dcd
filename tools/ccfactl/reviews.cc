#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using scrutiny::v1::ScrutinyService;
using Stub = ScrutinyService::Stub;

namespace {

void AddRequests(CLI::App& reviews, Session& session) {
  AddStep<ScrutinyService>(reviews, session, "ask-information",
                           "Ask an agency for information by a date", &Stub::RequestInformation);
  AddStep<ScrutinyService>(reviews, session, "answer-information",
                           "Answer, as the agency's officer", &Stub::AnswerInformationRequest);
  AddStep<ScrutinyService>(reviews, session, "refuse-information",
                           "Refuse on one of the grounds, as the agency's officer",
                           &Stub::RefuseInformationRequest);
  AddStep<ScrutinyService>(reviews, session, "ask-attendance",
                           "Require an agency's officer to attend", &Stub::RequestAttendance);
  AddStep<ScrutinyService>(reviews, session, "answer-attendance",
                           "Say who attends or why nobody does, as the agency's officer",
                           &Stub::AnswerAttendanceRequest);
}

}  // namespace

void AddReviews(CLI::App& app, Session& session) {
  CLI::App* reviews = app.add_subcommand("reviews", "Reviews of referrals, to their reports")
                          ->require_subcommand(1);
  AddStep<ScrutinyService>(*reviews, session, "scope",
                           "Terms of reference, questions, panel and dates", &Stub::ScopeReview);
  AddStep<ScrutinyService>(*reviews, session, "declare-interest",
                           "Whether a member with an interest stays", &Stub::DeclareInterest);
  AddStep<ScrutinyService>(*reviews, session, "co-opt", "Add expertise without a vote",
                           &Stub::CoOptMember);
  AddStep<ScrutinyService>(*reviews, session, "join",
                           "Review jointly with another council's committee", &Stub::JoinCommittee);
  AddStep<ScrutinyService>(*reviews, session, "call-witness", "Call a witness", &Stub::CallWitness);
  AddRequests(*reviews, session);
  AddStep<ScrutinyService>(*reviews, session, "record-session", "What a session heard",
                           &Stub::RecordSession);
  AddStep<ScrutinyService>(*reviews, session, "add-evidence", "Add a piece of evidence",
                           &Stub::AddReviewEvidence);
  AddStep<ScrutinyService>(*reviews, session, "publish", "The report, an answer to each question",
                           &Stub::PublishReport);
  AddShow<ScrutinyService>(*reviews, session, "show", "One review", &Stub::GetReview);
  AddList<ScrutinyService>(*reviews, session, "list", "A council's reviews", &Stub::ListReviews,
                           [](const auto& reply) { return reply.reviews(); },
                           {"name", "scope.end_date", "report.publish_time", "referral"});
}

}  // namespace ccfa::ctl
