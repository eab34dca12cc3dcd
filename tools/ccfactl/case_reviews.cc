#include "ccfa/scrutiny/v1/scrutiny.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using scrutiny::v1::ScrutinyService;
using ScrutinyStub = ScrutinyService::Stub;

void AddCaseReviews(CLI::App& app, Session& session) {
  CLI::App* reviews = app.add_subcommand("case-reviews", "ASB case reviews that victims ask for")
                          ->require_subcommand(1);
  AddStep<ScrutinyService>(*reviews, session, "apply",
                           "Apply, as the victim or for them; the threshold is found by rule",
                           &ScrutinyStub::ApplyForCaseReview);
  AddStep<ScrutinyService>(*reviews, session, "acknowledge",
                           "The applicant was told that it was received",
                           &ScrutinyStub::AcknowledgeCaseReview);
  AddStep<ScrutinyService>(*reviews, session, "ask", "Ask the applicant; the clock stands still",
                           &ScrutinyStub::AskApplicant);
  AddStep<ScrutinyService>(*reviews, session, "answer", "The applicant's answer",
                           &ScrutinyStub::AnswerForApplicant);
  AddStep<ScrutinyService>(*reviews, session, "decide", "Threshold met or not, with reasons",
                           &ScrutinyStub::DecideCaseReview);
  AddStep<ScrutinyService>(*reviews, session, "hold", "The review and its result",
                           &ScrutinyStub::HoldCaseReview);
  AddStep<ScrutinyService>(*reviews, session, "appeal", "Appeal against decision or result",
                           &ScrutinyStub::AppealCaseReview);
  AddShow<ScrutinyService>(*reviews, session, "show", "One case review",
                           &ScrutinyStub::GetCaseReview);
  AddList<ScrutinyService>(*reviews, session, "list", "A council's case reviews",
                           &ScrutinyStub::ListCaseReviews,
                           [](const auto& reply) { return reply.case_reviews(); },
                           {"name", "state", "application.applicant", "finding.met", "open_time"});
  AddShow<ScrutinyService>(*reviews, session, "counts", "The counts to publish of a year",
                           &ScrutinyStub::GetCaseReviewCounts);
}

}  // namespace ccfa::ctl
