#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/review.h"

namespace ccfa::scrutiny {

using v1::Review;

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CallWitnessRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("who", request.who()));
  status.Update(Required("why", request.why()));
  if (!request.date().empty()) status.Update(CheckDayAhead("date", request.date(), context));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  status = CheckRoom("witnesses of a review", review->witnesses_size(), kMostWitnesses);
  if (!status.ok()) return status;
  Event event;
  event.mutable_witness_called()->set_name(request.name());
  v1::Witness& witness = *event.mutable_witness_called()->mutable_witness();
  witness.set_number(review->witnesses_size() + 1);
  witness.set_who(request.who());
  witness.set_organisation(request.organisation());
  witness.set_why(request.why());
  witness.set_date(request.date());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordSessionRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("heard", request.heard()));
  absl::StatusOr<absl::CivilDay> held = DayIn("date", request.date());
  status.Update(held.status());
  if (request.attended().empty()) {
    status.Update(InvalidField("attended", "is required: who was there, as roles"));
  }
  if (!status.ok()) return status;
  if (*held > context.calendar.DayOf(context.now)) {
    return InvalidField("date", "expected a day that has come: a session is recorded when held");
  }
  if (request.attended_size() > kMostAttending) {
    return InvalidField(
        "attended", absl::StrCat("at most ", kMostAttending, ", got ", request.attended_size()));
  }
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  std::vector<Missing> missing = UndeclaredInterests(*review);
  if (!missing.empty()) return GateNotMet("recording a session", missing);
  status = CheckRoom("sessions of a review", review->sessions_size(), kMostSessions);
  if (!status.ok()) return status;
  Event event;
  event.mutable_session_recorded()->set_name(request.name());
  v1::Session& session = *event.mutable_session_recorded()->mutable_session();
  session.set_number(review->sessions_size() + 1);
  session.set_date(request.date());
  *session.mutable_attended() = request.attended();
  session.set_heard(request.heard());
  session.set_recorded_by(context.actor.ToString());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AddReviewEvidenceRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("title", request.title()));
  status.Update(Required("shows", request.shows()));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  status = CheckRoom("pieces of evidence of a review", review->evidence_size(), kMostEvidence);
  if (!status.ok()) return status;
  Event event;
  event.mutable_review_evidence_added()->set_name(request.name());
  v1::ReviewEvidence& evidence = *event.mutable_review_evidence_added()->mutable_evidence();
  evidence.set_number(review->evidence_size() + 1);
  evidence.set_title(request.title());
  evidence.set_uri(request.uri());
  evidence.set_shows(request.shows());
  evidence.set_by(context.actor.ToString());
  return event;
}

}  // namespace ccfa::scrutiny
