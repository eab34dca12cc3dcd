#include "services/scrutiny/domain/evolve_case_reviews.h"

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/row.h"

namespace ccfa::scrutiny {

using engine::Record;
using v1::CaseReview;

void On(Tables& tables, const v1::CaseReviewOpened& opened, const Record& record) {
  Update(tables.case_reviews, opened.name(), record, [&](CaseReview& review) {
    review.set_name(opened.name());
    *review.mutable_application() = opened.application();
    *review.mutable_finding() = opened.finding();
    review.set_state(v1::CASE_REVIEW_STATE_OPEN);
    *review.mutable_open_time() = record.time();
  });
  tables.numbering.Use("caseReviews", opened.name());
  tables.clocks.StartAll(opened.clocks());
}

void On(Tables& tables, const v1::CaseReviewAcknowledged& acknowledged, const Record& record) {
  Update(tables.case_reviews, acknowledged.name(), record,
         [&](CaseReview& review) { *review.mutable_acknowledge_time() = record.time(); });
  tables.clocks.Stop(acknowledged.name(), kCaseReviewAcknowledgeClock);
}

void On(Tables& tables, const v1::ApplicantAsked& asked, const Record& record) {
  Update(tables.case_reviews, asked.name(), record, [&](CaseReview& review) {
    review.set_state(v1::CASE_REVIEW_STATE_INFORMATION_AWAITED);
    review.add_questions()->set_question(asked.question());
  });
  if (asked.has_paused()) tables.clocks.Start(asked.paused());
}

void On(Tables& tables, const v1::ApplicantAnswered& answered, const Record& record) {
  Update(tables.case_reviews, answered.name(), record, [&](CaseReview& review) {
    review.set_state(review.has_appeal() ? v1::CASE_REVIEW_STATE_APPEALED
                                         : v1::CASE_REVIEW_STATE_OPEN);
    review.mutable_questions()->rbegin()->set_answer(answered.answer());
    review.mutable_application()->mutable_complaints()->MergeFrom(answered.complaints());
    review.mutable_application()->set_people(answered.people());
    *review.mutable_finding() = answered.finding();
  });
  tables.clocks.StartAll(answered.clocks());
}

void On(Tables& tables, const v1::CaseReviewDecided& decided, const Record& record) {
  Update(tables.case_reviews, decided.name(), record, [&](CaseReview& review) {
    review.set_state(decided.decision().met() ? v1::CASE_REVIEW_STATE_THRESHOLD_MET
                                              : v1::CASE_REVIEW_STATE_THRESHOLD_NOT_MET);
    *review.add_decisions() = decided.decision();
  });
  tables.clocks.Stop(decided.name(), kCaseReviewDecideClock);
}

void On(Tables& tables, const v1::CaseReviewHeld& held, const Record& record) {
  Update(tables.case_reviews, held.name(), record, [&](CaseReview& review) {
    review.set_state(v1::CASE_REVIEW_STATE_HELD);
    *review.mutable_hearing() = held.hearing();
  });
  tables.clocks.StopAll(held.name());
}

void On(Tables& tables, const v1::CaseReviewAppealed& appealed, const Record& record) {
  Update(tables.case_reviews, appealed.name(), record, [&](CaseReview& review) {
    review.set_state(v1::CASE_REVIEW_STATE_APPEALED);
    *review.mutable_appeal() = appealed.appeal();
  });
  tables.clocks.StartAll(appealed.clocks());
}

void MarkCaseReviewOverdue(Tables& tables, const engine::Clock& clock, const Record& record) {
  Update(tables.case_reviews, clock.subject(), record, [&](CaseReview& review) {
    clock.kind() == kCaseReviewDecideClock ? review.set_decide_overdue(true)
                                           : review.set_acknowledge_overdue(true);
  });
}

}  // namespace ccfa::scrutiny
