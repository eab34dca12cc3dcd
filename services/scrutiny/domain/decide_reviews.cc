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

using v1::Review;

absl::Status CheckQuestions(const v1::ScopeReviewRequest& request) {
  if (request.questions().empty()) {
    return InvalidField("questions", "is required: what the review is to answer");
  }
  if (request.questions_size() > kMostQuestions) {
    return InvalidField(
        "questions", absl::StrCat("at most ", kMostQuestions, ", got ", request.questions_size()));
  }
  for (int i = 0; i < request.questions_size(); ++i) {
    absl::Status text = Required(absl::StrCat("questions[", i, "]"), request.questions(i));
    if (!text.ok()) return text;
  }
  return absl::OkStatus();
}

absl::Status CheckPanel(const v1::ScopeReviewRequest& request) {
  if (request.panel().empty()) return InvalidField("panel", "is required: who reviews it");
  if (request.panel_size() > kMostPanel) {
    return InvalidField("panel",
                        absl::StrCat("at most ", kMostPanel, ", got ", request.panel_size()));
  }
  std::set<std::string> seen;
  for (int i = 0; i < request.panel_size(); ++i) {
    std::string field = absl::StrCat("panel[", i, "]");
    absl::Status form = CheckName(field, request.panel(i), "councils/*/councillors/*");
    if (!form.ok()) return form;
    if (!seen.insert(request.panel(i)).second) return InvalidField(field, "is named twice");
  }
  return absl::OkStatus();
}

absl::Status CheckDates(const v1::ScopeReviewRequest& request) {
  absl::StatusOr<absl::CivilDay> start = DayIn("start_date", request.start_date());
  if (!start.ok()) return start.status();
  absl::StatusOr<absl::CivilDay> end = DayIn("end_date", request.end_date());
  if (!end.ok()) return end.status();
  if (*end >= *start) return absl::OkStatus();
  return InvalidField("end_date", absl::StrCat("expected ", request.start_date(), " or later, got ",
                                               request.end_date()));
}

/// Councils whose members are on the panel and whose committee has not joined (F52).
std::vector<Missing> Unjoined(const Review& review, const v1::ScopeReviewRequest& request) {
  std::set<std::string> councils = {std::string(CouncilOf(request.name()))};
  for (const auto& joined : review.committees()) councils.emplace(LastId(joined.council()));
  std::vector<Missing> missing;
  for (const std::string& member : request.panel()) {
    std::string council(CouncilOf(member));
    if (councils.insert(council).second) {
      missing.push_back({absl::StrCat("the consent of councils/", council, " to a joint review"),
                         absl::StrCat("councils/", council)});
    }
  }
  return missing;
}

/// The panel as asked, with the interests that data show; what was declared already stays (F53).
void SetPanel(const Review& review, const v1::Roster& team, const v1::ScopeReviewRequest& request,
              v1::Scope& scope) {
  for (const std::string& name : request.panel()) {
    v1::PanelMember& member = *scope.add_panel();
    auto before = absl::c_find_if(review.scope().panel(), [&](const v1::PanelMember& other) {
      return other.member() == name;
    });
    if (before != review.scope().panel().end()) member = *before;
    member.set_member(name);
    member.set_interest(InterestOf(team, name));
  }
}

v1::Roster TeamOf(const Tables& tables, absl::string_view review) {
  auto referral = tables.referrals.Get(ReferralOfReview(review));
  return referral ? tables.teams.Get(referral->team()).value_or(v1::Roster()) : v1::Roster();
}

bool IsOnPanel(const Review& review, absl::string_view name) {
  return absl::c_any_of(review.scope().panel(), [&](const v1::PanelMember& member) {
    return name == absl::string_view(member.member());
  });
}

bool IsCoOpted(const Review& review, absl::string_view name) {
  return absl::c_any_of(review.co_optees(), [&](const v1::CoOptee& member) {
    return name == absl::string_view(member.member());
  });
}

absl::Status CheckVotes(const Review& review, const v1::PublishReportRequest& request) {
  std::set<std::string> seen;
  for (int i = 0; i < request.votes_size(); ++i) {
    const v1::PanelVote& vote = request.votes(i);
    std::string field = absl::StrCat("votes[", i, "]");
    if (vote.ballot() == v1::BALLOT_UNSPECIFIED || !v1::Ballot_IsValid(vote.ballot())) {
      return InvalidField(field + ".ballot", "is required: for, against or abstains");
    }
    if (!IsOnPanel(review, vote.member()) && !IsCoOpted(review, vote.member())) {
      return InvalidField(field + ".member", absl::StrCat(vote.member(), " is not on the panel"));
    }
    if (!seen.insert(vote.member()).second) return InvalidField(field + ".member", "votes twice");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ScopeReviewRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(CheckName("name", request.name(), "councils/*/reviews/*"));
  status.Update(Required("terms_of_reference", request.terms_of_reference()));
  status.Update(CheckQuestions(request));
  status.Update(CheckPanel(request));
  status.Update(CheckDates(request));
  if (!status.ok()) return status;
  Review review;
  if (tables.reviews.Contains(request.name())) {
    absl::StatusOr<Review> found = FindReview(tables, "name", request.name(), request.etag());
    if (!found.ok()) return found.status();
    review = *std::move(found);
  } else {
    absl::StatusOr<v1::Referral> referral = FindReferral(
        tables, "name", ReferralOfReview(request.name()), "", {v1::REFERRAL_STATE_IN_REVIEW});
    if (!referral.ok()) return referral.status();
  }
  std::vector<Missing> missing = Unjoined(review, request);
  if (!missing.empty()) return GateNotMet("scoping", missing);
  Event event;
  v1::ReviewScoped& scoped = *event.mutable_review_scoped();
  scoped.set_name(request.name());
  scoped.set_referral(ReferralOfReview(request.name()));
  scoped.mutable_scope()->set_terms_of_reference(request.terms_of_reference());
  *scoped.mutable_scope()->mutable_questions() = request.questions();
  SetPanel(review, TeamOf(tables, request.name()), request, *scoped.mutable_scope());
  scoped.mutable_scope()->set_start_date(request.start_date());
  scoped.mutable_scope()->set_end_date(request.end_date());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DeclareInterestRequest& request,
                             const Context& context) {
  bool is_member = context.actor.role == "councillor" &&
                   LastId(request.member()) == absl::string_view(context.actor.id);
  absl::Status status = is_member ? absl::OkStatus() : CheckScrutiny(context.actor);
  if (request.stand() == v1::STAND_UNSPECIFIED || !v1::Stand_IsValid(request.stand())) {
    status.Update(InvalidField("stand", "is required: stays or steps-aside"));
  }
  status.Update(Required("words", request.words()));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  auto member = absl::c_find_if(review->scope().panel(), [&](const v1::PanelMember& other) {
    return other.member() == request.member();
  });
  if (member == review->scope().panel().end()) return NotFound("member", request.member());
  Event event;
  event.mutable_interest_declared()->set_name(request.name());
  v1::PanelMember& declared = *event.mutable_interest_declared()->mutable_member();
  declared = *member;
  declared.set_stand(request.stand());
  declared.set_words(request.words());
  declared.set_declared_by(context.actor.ToString());
  *declared.mutable_declare_time() = ToProto(context.now);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::CoOptMemberRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("member", request.member()));
  status.Update(Required("expertise", request.expertise()));
  status.Update(CheckDayAhead("term_ends", request.term_ends(), context));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  if (IsOnPanel(*review, request.member()) || IsCoOpted(*review, request.member())) {
    return Refuse(
        absl::StatusCode::kFailedPrecondition, "ALREADY_ON_PANEL",
        absl::StrCat(request.member(), " is on the panel of ", request.name(), " already"),
        "member");
  }
  status = CheckRoom("co-optees of a review", review->co_optees_size(), kMostPanel);
  if (!status.ok()) return status;
  Event event;
  event.mutable_member_co_opted()->set_name(request.name());
  v1::CoOptee& member = *event.mutable_member_co_opted()->mutable_member();
  member.set_member(request.member());
  member.set_expertise(request.expertise());
  member.set_term_ends(request.term_ends());
  member.set_interest(InterestOf(TeamOf(tables, request.name()), request.member()));
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::JoinCommitteeRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(CheckName("council", request.council(), "councils/*"));
  status.Update(Required("committee", request.committee()));
  status.Update(Required("consent_by", request.consent_by()));
  absl::StatusOr<absl::CivilDay> consented = DayIn("consent_date", request.consent_date());
  status.Update(consented.status());
  if (!status.ok()) return status;
  if (*consented > context.calendar.DayOf(context.now)) {
    return InvalidField("consent_date", "expected a day that has come: consent comes first");
  }
  if (CouncilOf(request.council()) == CouncilOf(request.name())) {
    return InvalidField("council", "expected another council than the review's own");
  }
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  Event event;
  if (absl::c_any_of(review->committees(), [&](const v1::JoinedCommittee& joined) {
        return joined.council() == request.council() && joined.committee() == request.committee();
      })) {
    return event;
  }
  status = CheckRoom("committees of a joint review", review->committees_size(), kMostCommittees);
  if (!status.ok()) return status;
  event.mutable_committee_joined()->set_name(request.name());
  v1::JoinedCommittee& joined = *event.mutable_committee_joined()->mutable_committee();
  joined.set_council(request.council());
  joined.set_committee(request.committee());
  joined.set_consent_by(request.consent_by());
  joined.set_consent_date(request.consent_date());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::PublishReportRequest& request,
                             const Context& context) {
  absl::Status status = CheckScrutiny(context.actor);
  status.Update(Required("summary", request.summary()));
  if (!status.ok()) return status;
  absl::StatusOr<Review> review = FindReview(tables, "name", request.name(), request.etag());
  if (!review.ok()) return review.status();
  for (int i = 0; i < request.answers_size(); ++i) {
    int number = request.answers(i).number();
    if (number < 1 || number > review->scope().questions_size()) {
      return NotFound(absl::StrCat("answers[", i, "].number"),
                      absl::StrCat("scoping question ", number, " of ", request.name()));
    }
  }
  if (absl::Status votes = CheckVotes(*review, request); !votes.ok()) return votes;
  std::vector<Missing> missing = MissingForReport(*review, request);
  if (!missing.empty()) return GateNotMet("publishing the report", missing);
  Event event;
  v1::ReportPublished& published = *event.mutable_report_published();
  published.set_name(request.name());
  published.set_referral(review->referral());
  v1::Report& report = *published.mutable_report();
  report.set_summary(request.summary());
  report.set_uri(request.uri());
  *report.mutable_answers() = request.answers();
  *report.mutable_votes() = request.votes();
  CountVotes(*review, report);
  if (!request.votes().empty() && report.votes_for() <= report.votes_against()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "NOT_CARRIED",
                  absl::StrCat(report.votes_for(), " for and ", report.votes_against(),
                               " against, of the votes that count; a report needs more for it"),
                  "votes");
  }
  report.set_published_by(context.actor.ToString());
  *report.mutable_publish_time() = ToProto(context.now);
  return event;
}

}  // namespace ccfa::scrutiny
