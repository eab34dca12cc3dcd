#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/scrutiny/domain/checks.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/domain/review.h"

namespace ccfa::scrutiny {
namespace {

using v1::Recommendation;
using v1::Referral;

absl::Status CheckRecipients(const v1::MakeRecommendationRequest& request) {
  if (request.recipients().empty()) {
    return InvalidField("recipients", "is required: the agencies to answer");
  }
  if (request.recipients_size() > kMostRecipients) {
    return InvalidField("recipients", absl::StrCat("at most ", kMostRecipients, ", got ",
                                                   request.recipients_size()));
  }
  std::set<std::string> seen;
  for (int i = 0; i < request.recipients_size(); ++i) {
    std::string field = absl::StrCat("recipients[", i, "]");
    absl::Status form = CheckName(field, request.recipients(i), "councils/*/agencies/*");
    if (!form.ok()) return form;
    if (!seen.insert(request.recipients(i)).second) return InvalidField(field, "is named twice");
  }
  return absl::OkStatus();
}

absl::Status CheckAdmitted(const Tables& tables, const v1::MakeRecommendationRequest& request) {
  for (int i = 0; i < request.recipients_size(); ++i) {
    const std::string& recipient = request.recipients(i);
    if (CouncilOf(recipient) != CouncilOf(request.parent()) || !tables.known.Contains(recipient)) {
      return NotFound(absl::StrCat("recipients[", i, "]"), recipient);
    }
  }
  return absl::OkStatus();
}

/// The law a recommendation is made under: as asked, or the referral's where that is one (F49).
absl::StatusOr<v1::Regime> RegimeOf(const v1::MakeRecommendationRequest& request,
                                    const Referral& referral) {
  bool asked = request.regime() != v1::REGIME_UNSPECIFIED;
  v1::Regime regime = asked ? request.regime() : referral.regime();
  if (regime == v1::REGIME_CRIME_AND_DISORDER || regime == v1::REGIME_OTHER_MATTER) return regime;
  absl::string_view why = regime == v1::REGIME_BOTH
                              ? "a matter of both regimes is recommended on under"
                              : "is required:";
  return InvalidField("regime", absl::StrCat(why,
                                             " one of crime-and-disorder or other-matter; it "
                                             "decides how long recipients have"));
}

absl::Status CheckAnswer(const v1::RespondToRecommendationRequest& request,
                         const Context& context) {
  v1::Answer answer = request.answer();
  if (answer == v1::ANSWER_UNSPECIFIED || !v1::Answer_IsValid(answer)) {
    return InvalidField("answer", "is required: accepted, in part or rejected");
  }
  absl::Status status;
  if (answer != v1::ANSWER_ACCEPTED) status.Update(Required("reasons", request.reasons()));
  if (answer != v1::ANSWER_REJECTED) {
    status.Update(Required("action", request.action()));
    status.Update(Required("owner", request.owner()));
    status.Update(CheckDayAhead("due_date", request.due_date(), context));
  }
  return status;
}

bool IsAccepted(const v1::Response& response) {
  return response.answer() == v1::ANSWER_ACCEPTED || response.answer() == v1::ANSWER_IN_PART;
}

bool IsAcceptedByAny(const Recommendation& recommendation) {
  return absl::c_any_of(recommendation.responses(), IsAccepted);
}

engine::Clock UpdateClock(const Tables& tables, const Recommendation& recommendation,
                          const Context& context) {
  return NewClock(recommendation.name(), kUpdateClock,
                  PolicyOf(tables, CouncilOf(recommendation.name()))->update(), context);
}

/// Recipients that have not answered yet.
std::vector<Missing> Unanswered(const Recommendation& recommendation) {
  std::vector<Missing> missing;
  for (const v1::Response& response : recommendation.responses()) {
    if (response.answer() == v1::ANSWER_UNSPECIFIED) {
      missing.push_back({"an answer", response.recipient()});
    }
  }
  return missing;
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::MakeRecommendationRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("text", request.text()));
  if (!v1::Regime_IsValid(request.regime())) {
    status.Update(InvalidField("regime", "expected crime-and-disorder or other-matter"));
  }
  status.Update(CheckRecipients(request));
  if (!status.ok()) return status;
  absl::StatusOr<Referral> referral =
      FindReferral(tables, "parent", request.parent(), "", {v1::REFERRAL_STATE_IN_REVIEW});
  if (!referral.ok()) return referral.status();
  auto review = tables.reviews.Get(ReviewOfReferral(request.parent()));
  if (review && !review->has_report()) {
    return GateNotMet("recommending",
                      {{absl::StrCat("the report of ", review->name()), "scrutiny"}});
  }
  absl::StatusOr<v1::Regime> regime = RegimeOf(request, *referral);
  status.Update(regime.status());
  status.Update(CheckAdmitted(tables, request));
  status.Update(CheckRoom("recommendations to a referral", referral->recommendations_size(),
                          kMostRecommendations));
  if (!status.ok()) return status;

  const auto policy = PolicyOf(tables, CouncilOf(request.parent()));
  Event event;
  v1::RecommendationMade& made = *event.mutable_recommendation_made();
  auto year = static_cast<int>(context.calendar.DayOf(context.now).year());
  made.set_name(tables.numbering.Next(CouncilOf(request.parent()), "recommendations", year));
  made.set_referral(request.parent());
  made.set_text(request.text());
  made.set_regime(*regime);
  if (review) made.set_review(review->name());
  *made.mutable_recipients() = request.recipients();
  for (const std::string& recipient : request.recipients()) {
    engine::Clock& clock = *made.add_clocks();
    clock = NewClock(made.name(), kRespondClock, RespondRule(*policy, *regime), context);
    clock.set_owner(recipient);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables,
                             const v1::RespondToRecommendationRequest& request,
                             const Context& context) {
  if (absl::Status answer = CheckAnswer(request, context); !answer.ok()) return answer;
  absl::StatusOr<Recommendation> recommendation =
      FindRecommendation(tables, request.name(), request.etag());
  if (!recommendation.ok()) return recommendation.status();
  auto awaited = absl::c_find_if(recommendation->responses(), [&](const v1::Response& response) {
    return response.recipient() == request.recipient();
  });
  if (awaited == recommendation->responses().end() ||
      !IsOfficerOf(context.actor, request.recipient())) {
    return Forbidden("NOT_RECIPIENT",
                     absl::StrCat("an officer of a recipient answers for it; you are ",
                                  context.actor.ToString(), ", asked for ", request.recipient()));
  }
  if (awaited->answer() != v1::ANSWER_UNSPECIFIED) {
    return WrongState(absl::StrCat(request.recipient(), " has answered ", request.name(),
                                   " already; tell of progress by an update"));
  }
  Event event;
  v1::RecommendationAnswered& answered = *event.mutable_recommendation_answered();
  answered.set_name(request.name());
  v1::Response& response = *answered.mutable_response();
  response = *awaited;
  response.set_answer(request.answer());
  response.set_reasons(request.reasons());
  response.set_action(request.action());
  response.set_owner(request.owner());
  response.set_due_date(request.due_date());
  *response.mutable_answer_time() = ToProto(context.now);
  // The due instant is the first of the day after the last day.
  absl::CivilDay last = context.calendar.DayOf(FromProto(awaited->due_time())) - 1;
  response.set_days_late(std::max(0, static_cast<int>(context.calendar.DayOf(context.now) - last)));
  if (IsAccepted(response) && !IsAcceptedByAny(*recommendation)) {
    *answered.add_clocks() = UpdateClock(tables, *recommendation, context);
  }
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ChaseRecipientRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("note", request.note()));
  if (!status.ok()) return status;
  absl::StatusOr<Recommendation> recommendation =
      FindRecommendation(tables, request.name(), request.etag());
  if (!recommendation.ok()) return recommendation.status();
  auto chased = absl::c_find_if(recommendation->responses(), [&](const v1::Response& response) {
    return response.recipient() == request.recipient();
  });
  if (chased == recommendation->responses().end()) {
    return NotFound("recipient", request.recipient());
  }
  if (chased->answer() == v1::ANSWER_REJECTED) {
    return WrongState(absl::StrCat(request.recipient(), " has rejected ", request.name(),
                                   "; it owes neither an answer nor an update"));
  }
  status = CheckRoom("reminders of a recommendation", recommendation->chases_size(), kMostChases);
  if (!status.ok()) return status;
  Event event;
  v1::RecipientChased& reminded = *event.mutable_recipient_chased();
  reminded.set_name(request.name());
  reminded.mutable_chase()->set_recipient(request.recipient());
  *reminded.mutable_chase()->mutable_time() = ToProto(context.now);
  reminded.mutable_chase()->set_by(context.actor.ToString());
  reminded.mutable_chase()->set_note(request.note());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::UpdateRecommendationRequest& request,
                             const Context& context) {
  if (request.rag() == v1::RAG_UNSPECIFIED || !v1::Rag_IsValid(request.rag())) {
    return InvalidField("rag", "is required: red, amber or green");
  }
  absl::StatusOr<Recommendation> recommendation =
      FindRecommendation(tables, request.name(), request.etag());
  if (!recommendation.ok()) return recommendation.status();
  bool is_recipient =
      absl::c_any_of(recommendation->responses(), [&](const v1::Response& response) {
        return IsOfficerOf(context.actor, response.recipient());
      });
  absl::Status status = is_recipient ? absl::OkStatus() : CheckScrutiny(context.actor);
  if (!IsAcceptedByAny(*recommendation)) {
    status.Update(WrongState(absl::StrCat(request.name(), " has been accepted by nobody yet")));
  }
  status.Update(
      CheckRoom("updates of a recommendation", recommendation->updates_size(), kMostUpdates));
  if (!status.ok()) return status;
  Event event;
  v1::RecommendationUpdated& updated = *event.mutable_recommendation_updated();
  updated.set_name(request.name());
  *updated.mutable_update()->mutable_time() = ToProto(context.now);
  updated.mutable_update()->set_by(context.actor.ToString());
  updated.mutable_update()->set_rag(request.rag());
  updated.mutable_update()->set_note(request.note());
  *updated.add_clocks() = UpdateClock(tables, *recommendation, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CompleteRecommendationRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("outcome", request.outcome()));
  if (!status.ok()) return status;
  absl::StatusOr<Recommendation> recommendation =
      FindRecommendation(tables, request.name(), request.etag());
  if (!recommendation.ok()) return recommendation.status();
  std::vector<Missing> missing = Unanswered(*recommendation);
  if (!missing.empty()) return GateNotMet("completing", missing);
  Event event;
  event.mutable_recommendation_completed()->set_name(request.name());
  event.mutable_recommendation_completed()->set_outcome(request.outcome());
  return event;
}

}  // namespace ccfa::scrutiny
