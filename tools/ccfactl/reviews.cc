#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using scrutiny::v1::ScrutinyService;
using ScrutinyStub = ScrutinyService::Stub;

namespace {

void AddRequests(CLI::App& reviews, Session& session) {
  AddStep<ScrutinyService>(reviews, session, "ask-information",
                           "Ask an agency for information by a date",
                           &ScrutinyStub::RequestInformation);
  AddStep<ScrutinyService>(reviews, session, "answer-information",
                           "Answer, as the agency's officer",
                           &ScrutinyStub::AnswerInformationRequest);
  AddStep<ScrutinyService>(reviews, session, "refuse-information",
                           "Refuse on one of the grounds, as the agency's officer",
                           &ScrutinyStub::RefuseInformationRequest);
  AddStep<ScrutinyService>(reviews, session, "ask-attendance",
                           "Require an agency's officer to attend",
                           &ScrutinyStub::RequestAttendance);
  AddStep<ScrutinyService>(reviews, session, "answer-attendance",
                           "Say who attends or why nobody does, as the agency's officer",
                           &ScrutinyStub::AnswerAttendanceRequest);
}

}  // namespace

void AddReviews(CLI::App& app, Session& session) {
  CLI::App* reviews = app.add_subcommand("reviews", "Reviews of referrals, to their reports")
                          ->require_subcommand(1);
  AddStep<ScrutinyService>(*reviews, session, "scope",
                           "Terms of reference, questions, panel and dates",
                           &ScrutinyStub::ScopeReview);
  AddStep<ScrutinyService>(*reviews, session, "declare-interest",
                           "Whether a member with an interest stays",
                           &ScrutinyStub::DeclareInterest);
  AddStep<ScrutinyService>(*reviews, session, "co-opt", "Add expertise without a vote",
                           &ScrutinyStub::CoOptMember);
  AddStep<ScrutinyService>(*reviews, session, "join",
                           "Review jointly with another council's committee",
                           &ScrutinyStub::JoinCommittee);
  AddStep<ScrutinyService>(*reviews, session, "call-witness", "Call a witness",
                           &ScrutinyStub::CallWitness);
  AddRequests(*reviews, session);
  AddStep<ScrutinyService>(*reviews, session, "record-session", "What a session heard",
                           &ScrutinyStub::RecordSession);
  AddStep<ScrutinyService>(*reviews, session, "add-evidence", "Add a piece of evidence",
                           &ScrutinyStub::AddReviewEvidence);
  AddStep<ScrutinyService>(*reviews, session, "publish", "The report, an answer to each question",
                           &ScrutinyStub::PublishReport);
  AddShow<ScrutinyService>(*reviews, session, "show", "One review", &ScrutinyStub::GetReview);
  AddList<ScrutinyService>(*reviews, session, "list", "A council's reviews",
                           &ScrutinyStub::ListReviews,
                           [](const auto& reply) { return reply.reviews(); },
                           {"name", "scope.end_date", "report.publish_time", "referral"});
}

}  // namespace ccfa::ctl
