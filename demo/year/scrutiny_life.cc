// Scrutiny: committees, reviews, case reviews that data brought about.
#include "common/core/names.h"
#include "demo/year/crowd.h"
#include "demo/year/requests.h"

namespace ccfa::year {
namespace {

using scrutiny::v1::CaseReview;
using scrutiny::v1::Referral;
using test_support::About;

template <class Row>
std::vector<Row> RowsOf(Year& year, const Council& council,
                        state::Table<Row> scrutiny::Tables::*table) {
  std::vector<Row> found;
  auto rows = year.town().host().engine("scrutiny").Read().value();
  const scrutiny::Tables tables(*rows);
  (tables.*table).Scan("", "", [&](absl::string_view, const Row& row) {
    if (CouncilOf(row.name()) == LastId(council.name)) found.push_back(row);
    return true;
  });
  return found;
}

scrutiny::v1::DecisionKind DrawDecision(Year& year) {
  const int draw = year.Below(100);
  if (draw < 50) return scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW;
  if (draw < 65) return scrutiny::v1::DECISION_KIND_DECLINE;
  return draw < 80 ? scrutiny::v1::DECISION_KIND_DEFER : scrutiny::v1::DECISION_KIND_RETURN_TO_TEAM;
}

void DecideOn(Year& year, const Referral& referral) {
  const bool reserved = year.IsReserved(referral.problem());
  scrutiny::v1::DecisionKind kind =
      reserved ? scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW : DrawDecision(year);
  year.Do(DecisionOn(referral.name(), kind), year.CouncilWith(referral.name()).scrutiny);
  if (reserved || kind == scrutiny::v1::DECISION_KIND_DEFER) return;
  if (kind == scrutiny::v1::DECISION_KIND_ACCEPT_FOR_REVIEW) {
    ReviewReferral(year, referral.name());
  } else {
    WorkThrough(year, referral.problem());
  }
}

/// The next meeting of the committee, with what it deferred before. Gives its name.
std::string ScheduleMeeting(Year& year, const Council& council, absl::CivilDay day) {
  scrutiny::v1::ScheduleMeetingRequest schedule;
  schedule.set_parent(council.name);
  schedule.set_date(absl::FormatCivilTime(day));
  schedule.set_committee("Crime and Disorder Overview and Scrutiny Committee");
  const std::string meeting = year.Do(schedule, council.scrutiny);
  for (const Referral& referral : RowsOf(year, council, &scrutiny::Tables::referrals)) {
    if (referral.state() != scrutiny::v1::REFERRAL_STATE_DEFERRED) continue;
    auto place = About<scrutiny::v1::PlaceOnAgendaRequest>(referral.name());
    place.set_meeting(meeting);
    year.Do(place, council.scrutiny);
  }
  return meeting;
}

std::vector<std::string> DrawRecipients(Year& year) {
  if (year.Happens(40)) return {"police", "council"};
  return year.Happens(50) ? std::vector<std::string>{"housing", "council"}
                          : std::vector<std::string>{"police", "housing"};
}

void Answer(Year& year, const std::string& recommendation, int recipient) {
  const int draw = year.Below(100);
  scrutiny::v1::Answer answer = draw < 65   ? scrutiny::v1::ANSWER_ACCEPTED
                                : draw < 90 ? scrutiny::v1::ANSWER_IN_PART
                                            : scrutiny::v1::ANSWER_REJECTED;
  std::string who =
      year.town().RecommendationNamed(recommendation).responses(recipient).recipient();
  year.Do(AnswerOf(year, recommendation, who, answer),
          year.CouncilWith(recommendation).OfficerOf(who));
}

void HoldIt(Year& year, const Council& council, const CaseReview& review) {
  auto hold = About<scrutiny::v1::HoldCaseReviewRequest>(review.name());
  hold.set_date(year.DayAhead(0));
  hold.add_attended("police");
  hold.add_attended("the landlord");
  hold.set_victim_offered(true);
  hold.set_victim_attended(year.Happens(60));
  if (year.Happens(70)) hold.add_recommendations("one named officer until the end of the year");
  hold.set_told("by letter, with the reasons");
  year.Do(hold, council.scrutiny);
}

/// The next step of a case review that nobody applied for.
void MoveOn(Year& year, const Council& council, const CaseReview& review) {
  if (review.application().applicant() != scrutiny::v1::APPLICANT_DATA) return;
  if (review.state() == scrutiny::v1::CASE_REVIEW_STATE_THRESHOLD_MET) {
    HoldIt(year, council, review);
  } else if (review.state() == scrutiny::v1::CASE_REVIEW_STATE_OPEN) {
    if (!review.has_acknowledge_time()) {
      year.Do(About<scrutiny::v1::AcknowledgeCaseReviewRequest>(review.name()), council.scrutiny);
    }
    auto decide = About<scrutiny::v1::DecideCaseReviewRequest>(review.name());
    decide.set_met(review.finding().met());
    decide.set_reasons("as the rules find it from the complaints");
    year.Do(decide, council.scrutiny);
  }
}

}  // namespace

Life SitAsACommittee(Year& year, const Council& council) {
  co_await year.Days(6 + year.Below(4));
  for (int number = 1;; ++number) {
    absl::CivilDay day = year.Today() + 27;
    while (absl::GetWeekday(day) != absl::Weekday::tuesday) ++day;
    const std::string meeting = ScheduleMeeting(year, council, day);
    co_await year.On(day);
    for (const Referral& referral : RowsOf(year, council, &scrutiny::Tables::referrals)) {
      // What came on the day of a meeting that was over is up at the next one.
      bool up = referral.state() == scrutiny::v1::REFERRAL_STATE_ON_AGENDA &&
                referral.meeting() <= meeting;
      if (up) DecideOn(year, referral);
    }
    if (number == 3) {
      auto considered = About<scrutiny::v1::RecordPartnershipConsideredRequest>(meeting);
      considered.set_what("the partnership's plan, and what came of last year's");
      year.Do(considered, council.scrutiny);
    }
  }
}

Life HoldCaseReviews(Year& year, const Council& council) {
  while (true) {
    co_await year.Days(4 + year.Below(4));
    for (const CaseReview& review : RowsOf(year, council, &scrutiny::Tables::case_reviews)) {
      MoveOn(year, council, review);
    }
  }
}

Life ReviewReferral(Year& year, std::string referral) {
  co_await year.Days(10 + year.Below(20));
  const std::string recommendation = RecommendTo(
      year, referral, "agree on one owner of the place, and share the cost", DrawRecipients(year));
  co_await year.Days(7 + year.Below(18));
  Answer(year, recommendation, 0);
  // Some are late.
  co_await year.Days(year.Happens(75) ? 2 : 30);
  Answer(year, recommendation, 1);
  const bool rejected = year.town().RecommendationNamed(recommendation).state() ==
                        scrutiny::v1::RECOMMENDATION_STATE_REJECTED;
  if (!rejected) {
    co_await year.Days(20 + year.Below(40));
    auto update = About<scrutiny::v1::UpdateRecommendationRequest>(recommendation);
    update.set_rag(year.Happens(60) ? scrutiny::v1::RAG_GREEN : scrutiny::v1::RAG_AMBER);
    update.set_note("the order is placed, and who pays is agreed");
    year.Do(update, year.CouncilWith(referral).scrutiny);
  }
  co_await year.Days(10 + year.Below(30));
  CompleteAndClose(year, referral, recommendation, "it has one owner, and was done");
}

}  // namespace ccfa::year
