#include "services/scrutiny/domain/review.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/scrutiny/domain/checks.h"

namespace ccfa::scrutiny {

absl::StatusOr<v1::Review> FindReview(const Tables& tables, absl::string_view field,
                                      absl::string_view name, absl::string_view etag) {
  absl::Status form = CheckName(field, name, "councils/*/reviews/*");
  if (!form.ok()) return form;
  auto review = tables.reviews.Get(name);
  if (!review) return NotFound(field, name);
  if (absl::Status same = CheckEtag(name, etag, review->etag()); !same.ok()) return same;
  auto referral = tables.referrals.Get(review->referral());
  if (!referral || referral->state() != v1::REFERRAL_STATE_IN_REVIEW) {
    return WrongState(absl::StrCat(name, " is of a referral that is no longer in review"));
  }
  if (review->has_report()) {
    return WrongState(absl::StrCat(name, " has ended with its report; recommendations follow"));
  }
  return *std::move(review);
}

std::string ReferralOfReview(absl::string_view review) {
  return absl::StrCat("councils/", CouncilOf(review), "/referrals/", LastId(review));
}

std::string ReviewOfReferral(absl::string_view referral) {
  return absl::StrCat("councils/", CouncilOf(referral), "/reviews/", LastId(referral));
}

std::string InterestOf(const v1::Roster& team, absl::string_view member) {
  if (member == absl::string_view(team.chair())) return absl::StrCat("chairs ", team.team());
  // A seat names an officer by id within an agency; the same id may be another person's, who then
  // declares that there is no interest.
  for (const v1::Seat& seat : team.seats()) {
    if (!seat.officer().empty() && LastId(member) == absl::string_view(seat.officer())) {
      return absl::StrCat("sits on ", team.team(), " for ", seat.agency());
    }
  }
  return "";
}

std::vector<Missing> UndeclaredInterests(const v1::Review& review) {
  std::vector<Missing> missing;
  for (const v1::PanelMember& member : review.scope().panel()) {
    if (!member.interest().empty() && member.stand() == v1::STAND_UNSPECIFIED) {
      missing.push_back(
          {absl::StrCat("a declaration of interest: ", member.member(), " ", member.interest()),
           member.member()});
    }
  }
  return missing;
}

std::vector<Missing> MissingForReport(const v1::Review& review,
                                      const v1::PublishReportRequest& request) {
  std::vector<Missing> missing = UndeclaredInterests(review);
  if (review.sessions().empty() && review.evidence().empty()) {
    missing.push_back({"a session or a piece of evidence", "scrutiny"});
  }
  for (int number = 1; number <= review.scope().questions_size(); ++number) {
    bool answered = absl::c_any_of(request.answers(), [&](const v1::ScopingAnswer& answer) {
      return answer.number() == number && !answer.answer().empty();
    });
    if (!answered) {
      missing.push_back({absl::StrCat("an answer to scoping question ", number, ": ",
                                      review.scope().questions(number - 1)),
                         "the panel"});
    }
  }
  return missing;
}

void CountVotes(const v1::Review& review, v1::Report& report) {
  int votes_for = 0, votes_against = 0;
  for (v1::PanelVote& vote : *report.mutable_votes()) {
    vote.set_counted(absl::c_any_of(review.scope().panel(), [&](const v1::PanelMember& member) {
      return member.member() == vote.member() && member.stand() != v1::STAND_STEPS_ASIDE;
    }));
    if (!vote.counted()) continue;
    if (vote.ballot() == v1::BALLOT_FOR) ++votes_for;
    if (vote.ballot() == v1::BALLOT_AGAINST) ++votes_against;
  }
  report.set_votes_for(votes_for);
  report.set_votes_against(votes_against);
}

}  // namespace ccfa::scrutiny
