#include <array>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/threshold.h"
#include "services/scrutiny/domain/words.h"

namespace ccfa::scrutiny {
namespace {

using v1::CaseReview;
using Complaints = google::protobuf::RepeatedPtrField<v1::Complaint>;

absl::StatusOr<CaseReview> FindCaseReview(const Tables& tables, absl::string_view name,
                                          absl::string_view etag,
                                          std::initializer_list<v1::CaseReviewState> allowed) {
  absl::Status form = CheckName("name", name, "councils/*/caseReviews/*");
  if (!form.ok()) return form;
  auto review = tables.case_reviews.Get(name);
  if (!review) return NotFound("name", name);
  if (absl::Status same = CheckEtag(name, etag, review->etag()); !same.ok()) return same;
  if (absl::c_linear_search(allowed, review->state())) return *std::move(review);
  return WrongState(
      absl::StrCat(name, " is ", Words(review->state()), "; this step is not taken then"));
}

/// Who takes applications, and who may make them.
absl::Status CheckApplying(const Actor& actor) {
  constexpr std::array<absl::string_view, 6> kRoles = {"scrutiny",   "committee",   "administrator",
                                                       "councillor", "coordinator", "public"};
  if (absl::c_linear_search(kRoles, absl::string_view(actor.role))) return absl::OkStatus();
  return Forbidden(
      "MAY_NOT_APPLY",
      absl::StrCat("a victim, a councillor, or staff who take it down apply for a case "
                   "review; you are ",
                   actor.ToString()));
}

absl::Status CheckComplaints(const Complaints& complaints, int held) {
  for (int i = 0; i < complaints.size(); ++i) {
    std::string field = absl::StrCat("complaints[", i, "].");
    absl::Status status = DayIn(field + "behaviour_date", complaints[i].behaviour_date()).status();
    status.Update(DayIn(field + "complaint_date", complaints[i].complaint_date()).status());
    status.Update(Required(field + "to", complaints[i].to()));
    if (!status.ok()) return status;
  }
  if (held + complaints.size() <= kMostComplaints) return absl::OkStatus();
  return InvalidField("complaints", absl::StrCat("at most ", kMostComplaints, " in all, got ",
                                                 held + complaints.size()));
}

absl::Status CheckApplication(const v1::ApplyForCaseReviewRequest& request, const Actor& actor) {
  absl::Status status = CheckApplying(actor);
  if (!v1::Applicant_IsValid(request.applicant()) ||
      request.applicant() == v1::APPLICANT_UNSPECIFIED ||
      request.applicant() == v1::APPLICANT_DATA) {
    status.Update(InvalidField("applicant", "is required: victim, councillor or mp"));
  } else if (actor.role == "councillor" && request.applicant() != v1::APPLICANT_COUNCILLOR) {
    status.Update(InvalidField("applicant", "expected councillor: you apply for the victim"));
  }
  if (!IsId(request.reference())) {
    status.Update(
        InvalidField("reference",
                     "is required: letters, digits, - _ . by which the council finds the victim; "
                     "never a name"));
  }
  if (request.applicant() != v1::APPLICANT_VICTIM) {
    status.Update(Required("consent", request.consent()));
  }
  if (request.people() < 0) status.Update(InvalidField("people", "expected 0 or more"));
  status.Update(CheckComplaints(request.complaints(), 0));
  return status;
}

engine::Clock CaseReviewClock(const Tables& tables, absl::string_view name, absl::string_view kind,
                              const Context& context) {
  const auto policy = PolicyOf(tables, CouncilOf(name));
  return NewClock(name, kind,
                  kind == kCaseReviewAcknowledgeClock ? policy->case_review_acknowledge()
                                                      : policy->case_review_decide(),
                  context);
}

/// A new case review of the application, with its clocks.
v1::CaseReviewOpened Opened(const Tables& tables, absl::string_view council,
                            const v1::CaseReviewApplication& application, const Context& context) {
  v1::CaseReviewOpened opened;
  auto year = static_cast<int>(context.calendar.DayOf(context.now).year());
  opened.set_name(tables.numbering.Next(council, "caseReviews", year));
  *opened.mutable_application() = application;
  *opened.add_clocks() =
      CaseReviewClock(tables, opened.name(), kCaseReviewAcknowledgeClock, context);
  *opened.add_clocks() = CaseReviewClock(tables, opened.name(), kCaseReviewDecideClock, context);
  return opened;
}

/// The last day on which the decision, or the result of the review, may be appealed against.
absl::CivilDay LastDayToAppeal(const Tables& tables, const CaseReview& review,
                               const Context& context) {
  const auto policy = PolicyOf(tables, CouncilOf(review.name()));
  const google::protobuf::Timestamp& since = review.decisions().rbegin()->time();
  absl::Time from = FromProto(since);
  if (absl::StatusOr<absl::CivilDay> held = calendar::ParseDate(review.hearing().date());
      held.ok()) {
    from = std::max(from, absl::FromCivil(*held, absl::UTCTimeZone()) + absl::Hours(12));
  }
  calendar::Length within = config::LengthOf(policy->case_review_appeal_within());
  return context.calendar.DayOf(context.calendar.Due(from, within)) - 1;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ApplyForCaseReviewRequest& request,
                             const Context& context) {
  absl::Status status = CheckName("parent", request.parent(), "councils/*");
  status.Update(CheckApplication(request, context.actor));
  if (!status.ok()) return status;
  if (!tables.known.Contains(request.parent())) return NotFound("parent", request.parent());
  v1::CaseReviewApplication application;
  application.set_applicant(request.applicant());
  application.set_reference(request.reference());
  application.set_consent(request.consent());
  *application.mutable_complaints() = request.complaints();
  application.set_people(request.people());
  absl::string_view council = CouncilOf(request.parent());
  Event event;
  v1::CaseReviewOpened& opened = *event.mutable_case_review_opened();
  opened = Opened(tables, council, application, context);
  *opened.mutable_finding() = ThresholdOf(application, context.calendar.DayOf(context.now),
                                          *PolicyOf(tables, council), context.calendar);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const OpenCaseReview& met,
                             const Context& context) {
  Event event;
  bool open = false;
  tables.case_reviews.ScanIndex(kCaseReviewsByProblem,
                                absl::StrCat(met.problem, absl::string_view(&state::kPartEnd, 1)),
                                "", [&](absl::string_view, const CaseReview&) {
                                  open = true;
                                  return false;
                                });
  if (open) return event;
  v1::CaseReviewApplication application;
  application.set_applicant(v1::APPLICANT_DATA);
  application.set_problem(met.problem);
  int most = std::min<int>(kMostComplaints, static_cast<int>(met.calls.size()));
  application.mutable_calls()->Add(met.calls.begin(), met.calls.begin() + most);
  v1::CaseReviewOpened& opened = *event.mutable_case_review_opened();
  opened = Opened(tables, CouncilOf(met.problem), application, context);
  opened.mutable_finding()->set_met(true);
  opened.mutable_finding()->set_qualifying(met.complaints);
  opened.mutable_finding()->add_reasons(
      absl::StrCat(met.complaints, " calls about ", met.problem, " qualify"));
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcknowledgeCaseReviewRequest& request,
                             const Context& context) {
  if (absl::Status role = CheckScrutiny(context.actor); !role.ok()) return role;
  absl::StatusOr<CaseReview> review =
      FindCaseReview(tables, request.name(), request.etag(),
                     {v1::CASE_REVIEW_STATE_OPEN, v1::CASE_REVIEW_STATE_INFORMATION_AWAITED,
                      v1::CASE_REVIEW_STATE_THRESHOLD_MET, v1::CASE_REVIEW_STATE_THRESHOLD_NOT_MET,
                      v1::CASE_REVIEW_STATE_APPEALED});
  if (!review.ok()) return review.status();
  Event event;
  if (!review->has_acknowledge_time()) {
    event.mutable_case_review_acknowledged()->set_name(request.name());
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AskApplicantRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("question", request.question()));
  if (!status.ok()) return status;
  absl::StatusOr<CaseReview> review =
      FindCaseReview(tables, request.name(), request.etag(),
                     {v1::CASE_REVIEW_STATE_OPEN, v1::CASE_REVIEW_STATE_APPEALED});
  if (!review.ok()) return review.status();
  status = CheckRoom("questions to an applicant", review->questions_size(), kMostQuestions);
  if (!status.ok()) return status;
  Event event;
  v1::ApplicantAsked& asked = *event.mutable_applicant_asked();
  asked.set_name(request.name());
  asked.set_question(request.question());
  if (auto clock = tables.clocks.Find(request.name(), kCaseReviewDecideClock)) {
    const auto policy = PolicyOf(tables, CouncilOf(request.name()));
    *asked.mutable_paused() = engine::Paused(
        *clock, context.now, config::RuleOf(policy->case_review_decide()), context.calendar);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AnswerForApplicantRequest& request,
                             const Context& context) {
  absl::Status status = CheckApplying(context.actor);
  status.Update(Required("answer", request.answer()));
  if (request.people() < 0) status.Update(InvalidField("people", "expected 0 or more"));
  if (!status.ok()) return status;
  absl::StatusOr<CaseReview> review = FindCaseReview(tables, request.name(), request.etag(),
                                                     {v1::CASE_REVIEW_STATE_INFORMATION_AWAITED});
  if (!review.ok()) return review.status();
  status = CheckComplaints(request.complaints(), review->application().complaints_size());
  if (!status.ok()) return status;
  const auto policy = PolicyOf(tables, CouncilOf(request.name()));
  Event event;
  v1::ApplicantAnswered& answered = *event.mutable_applicant_answered();
  answered.set_name(request.name());
  answered.set_answer(request.answer());
  *answered.mutable_complaints() = request.complaints();
  answered.set_people(request.people() > 0 ? request.people() : review->application().people());
  v1::CaseReviewApplication known = review->application();
  known.mutable_complaints()->MergeFrom(request.complaints());
  known.set_people(answered.people());
  *answered.mutable_finding() =
      known.applicant() == v1::APPLICANT_DATA
          ? review->finding()
          : ThresholdOf(known, context.calendar.DayOf(FromProto(review->open_time())), *policy,
                        context.calendar);
  if (auto clock = tables.clocks.Find(request.name(), kCaseReviewDecideClock)) {
    *answered.add_clocks() = engine::Resumed(
        *clock, context.now, config::RuleOf(policy->case_review_decide()), context.calendar);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DecideCaseReviewRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("reasons", request.reasons()));
  if (!status.ok()) return status;
  absl::StatusOr<CaseReview> review =
      FindCaseReview(tables, request.name(), request.etag(),
                     {v1::CASE_REVIEW_STATE_OPEN, v1::CASE_REVIEW_STATE_APPEALED});
  if (!review.ok()) return review.status();
  std::string decider = context.actor.ToString();
  if (absl::c_any_of(review->decisions(), [&](const v1::CaseReviewDecision& before) {
        return before.decided_by() == decider;
      })) {
    return Forbidden("DECIDED_BEFORE", absl::StrCat("an appeal is decided by somebody else than ",
                                                    decider, ", who decided before"));
  }
  Event event;
  event.mutable_case_review_decided()->set_name(request.name());
  v1::CaseReviewDecision& decision = *event.mutable_case_review_decided()->mutable_decision();
  decision.set_met(request.met());
  decision.set_reasons(request.reasons());
  decision.set_decided_by(decider);
  *decision.mutable_time() = ToProto(context.now);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::HoldCaseReviewRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  absl::StatusOr<absl::CivilDay> held = DayIn("date", request.date());
  status.Update(held.status());
  status.Update(Required("told", request.told()));
  if (request.attended().empty() || request.attended_size() > kMostAttending) {
    status.Update(InvalidField(
        "attended", absl::StrCat("expected 1 to ", kMostAttending, " who attended, as roles")));
  }
  if (request.recommendations_size() > kMostRecommendations) {
    status.Update(InvalidField("recommendations", absl::StrCat("at most ", kMostRecommendations)));
  }
  if (!status.ok()) return status;
  if (*held > context.calendar.DayOf(context.now)) {
    return InvalidField("date", "expected a day that has come: a review is recorded when held");
  }
  absl::StatusOr<CaseReview> review =
      FindCaseReview(tables, request.name(), request.etag(), {v1::CASE_REVIEW_STATE_THRESHOLD_MET});
  if (!review.ok()) return review.status();
  if (!request.victim_offered()) {
    return GateNotMet("holding the review",
                      {{"an offer to the victim to attend or to be represented", "scrutiny"}});
  }
  Event event;
  event.mutable_case_review_held()->set_name(request.name());
  v1::CaseReviewHearing& hearing = *event.mutable_case_review_held()->mutable_hearing();
  hearing.set_date(request.date());
  *hearing.mutable_attended() = request.attended();
  hearing.set_victim_offered(true);
  hearing.set_victim_attended(request.victim_attended());
  *hearing.mutable_recommendations() = request.recommendations();
  hearing.set_told(request.told());
  hearing.set_recorded_by(context.actor.ToString());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AppealCaseReviewRequest& request,
                             const Context& context) {
  absl::Status status = CheckApplying(context.actor);
  status.Update(Required("grounds", request.grounds()));
  if (!status.ok()) return status;
  absl::StatusOr<CaseReview> review =
      FindCaseReview(tables, request.name(), request.etag(),
                     {v1::CASE_REVIEW_STATE_THRESHOLD_NOT_MET, v1::CASE_REVIEW_STATE_HELD});
  if (!review.ok()) return review.status();
  if (review->has_appeal()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "APPEALED_BEFORE",
                  absl::StrCat(request.name(), " has been appealed against and decided again"));
  }
  absl::CivilDay last = LastDayToAppeal(tables, *review, context);
  if (context.calendar.DayOf(context.now) > last) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "APPEAL_TOO_LATE",
                  absl::StrCat("an appeal was possible until ", absl::FormatCivilTime(last)));
  }
  Event event;
  v1::CaseReviewAppealed& appealed = *event.mutable_case_review_appealed();
  appealed.set_name(request.name());
  appealed.mutable_appeal()->set_grounds(request.grounds());
  appealed.mutable_appeal()->set_by(context.actor.ToString());
  *appealed.mutable_appeal()->mutable_time() = ToProto(context.now);
  *appealed.add_clocks() = CaseReviewClock(tables, request.name(), kCaseReviewDecideClock, context);
  return event;
}

}  // namespace ccfa::scrutiny
