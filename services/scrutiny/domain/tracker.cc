#include "services/scrutiny/domain/tracker.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"

namespace ccfa::scrutiny {
namespace {

constexpr int kMostOfEach = 100;
constexpr absl::string_view kEnd(&state::kPartEnd, 1);

/// Finds what is overdue on one day.
class Overdue {
 public:
  Overdue(const Tables& tables, absl::Time now, const calendar::Calendar& calendar)
      : tables_(tables), calendar_(calendar), today_(calendar.DayOf(now)) {}

  void Look(const v1::Recommendation& recommendation) {
    for (const v1::Response& response : recommendation.responses()) {
      const std::string& who = response.recipient();
      if (response.answer() == v1::ANSWER_UNSPECIFIED) {
        AddIfPast(v1::OVERDUE_KIND_ANSWER, recommendation, who, LastDay(response.due_time()));
      }
      if (response.answer() != v1::ANSWER_ACCEPTED && response.answer() != v1::ANSWER_IN_PART) {
        continue;
      }
      absl::StatusOr<absl::CivilDay> due = calendar::ParseDate(response.due_date());
      if (due.ok()) AddIfPast(v1::OVERDUE_KIND_ACTION, recommendation, who, *due);
      if (recommendation.update_overdue()) {
        AddIfPast(v1::OVERDUE_KIND_UPDATE, recommendation, who,
                  LastDay(recommendation.update_due_time()));
      }
    }
  }

  void Look(const v1::Partnership& partnership) {
    if (!partnership.has_due_time()) return;
    absl::CivilDay due = LastDay(partnership.due_time());
    if (due >= today_) return;
    v1::OverdueItem& item = Add(v1::OVERDUE_KIND_PARTNERSHIP, due);
    item.set_name(partnership.name());
    item.set_who("the committee");
  }

  std::vector<v1::OverdueItem> Take() && {
    absl::c_stable_sort(items_, [](const v1::OverdueItem& a, const v1::OverdueItem& b) {
      return a.days_late() > b.days_late();
    });
    return std::move(items_);
  }

 private:
  absl::CivilDay LastDay(const google::protobuf::Timestamp& due) const {
    return calendar_.DayOf(FromProto(due)) - 1;
  }

  v1::OverdueItem& Add(v1::OverdueKind kind, absl::CivilDay due) {
    v1::OverdueItem& item = items_.emplace_back();
    item.set_kind(kind);
    item.set_due_date(absl::FormatCivilTime(due));
    item.set_days_late(static_cast<int>(today_ - due));
    return item;
  }

  void AddIfPast(v1::OverdueKind kind, const v1::Recommendation& recommendation,
                 const std::string& who, absl::CivilDay due) {
    if (due >= today_) return;
    v1::OverdueItem& item = Add(kind, due);
    item.set_name(recommendation.name());
    item.set_who(who);
    item.set_referral(recommendation.referral());
    v1::Referral about = tables_.referrals.Get(recommendation.referral()).value_or(v1::Referral());
    item.set_category(about.category());
    item.set_ward(about.ward());
  }

  const Tables& tables_;
  const calendar::Calendar& calendar_;
  const absl::CivilDay today_;
  std::vector<v1::OverdueItem> items_;
};

v1::AgendaItem ItemOf(const v1::Referral& referral) {
  v1::AgendaItem item;
  item.set_name(referral.name());
  item.set_title(referral.title());
  item.set_why(referral.has_decision() && referral.state() != v1::REFERRAL_STATE_ON_AGENDA
                   ? referral.decision().reasons()
                   : referral.reason());
  *item.mutable_receive_time() = referral.receive_time();
  return item;
}

template <class Items>
void AddAll(const Tables& tables, absl::string_view council, v1::ReferralState state,
            Items& items) {
  tables.referrals.ScanIndex(kReferralsByList, absl::StrCat(ListOf(council, state), kEnd), "",
                             [&](absl::string_view, const v1::Referral& referral) {
                               *items.Add() = ItemOf(referral);
                               return items.size() < kMostOfEach;
                             });
}

}  // namespace

void ShowRag(v1::Recommendation& recommendation) {
  if (recommendation.update_overdue() && recommendation.state() == v1::RECOMMENDATION_STATE_OPEN) {
    recommendation.set_rag(v1::RAG_RED);
    recommendation.set_red_by_rule(true);
  } else if (!recommendation.updates().empty()) {
    recommendation.set_rag(recommendation.updates().rbegin()->rag());
  }
}

std::vector<v1::OverdueItem> OverdueOf(const Tables& tables, absl::string_view council,
                                       absl::Time now, const calendar::Calendar& calendar,
                                       int most) {
  Overdue overdue(tables, now, calendar);
  tables.recommendations.ScanIndex(kRecommendationsByList, absl::StrCat(OpenListOf(council), kEnd),
                                   "", [&](absl::string_view, const v1::Recommendation& open) {
                                     overdue.Look(open);
                                     return true;
                                   });
  overdue.Look(
      tables.partnerships.Get(absl::StrCat("councils/", council)).value_or(v1::Partnership()));
  std::vector<v1::OverdueItem> items = std::move(overdue).Take();
  if (static_cast<int>(items.size()) > most) items.resize(most);
  return items;
}

v1::Agenda AgendaOf(const Tables& tables, const v1::Meeting& meeting, absl::Time now,
                    const calendar::Calendar& calendar) {
  absl::string_view council = CouncilOf(meeting.name());
  v1::Agenda agenda;
  agenda.set_name(meeting.name());
  agenda.set_committee(meeting.committee());
  for (const std::string& name : meeting.referrals()) {
    auto referral = tables.referrals.Get(name);
    // One that was deferred and placed again is on the later agenda.
    if (referral && referral->state() == v1::REFERRAL_STATE_ON_AGENDA &&
        referral->meeting() == meeting.name()) {
      *agenda.add_referrals() = ItemOf(*referral);
    }
  }
  AddAll(tables, council, v1::REFERRAL_STATE_DEFERRED, *agenda.mutable_deferred());
  AddAll(tables, council, v1::REFERRAL_STATE_IN_REVIEW, *agenda.mutable_in_review());
  for (v1::OverdueItem& item : OverdueOf(tables, council, now, calendar, kMostOfEach)) {
    *agenda.add_overdue() = std::move(item);
  }
  if (auto duty = tables.partnerships.Get(absl::StrCat("councils/", council))) {
    *agenda.mutable_partnership() = *std::move(duty);
  }
  return agenda;
}

}  // namespace ccfa::scrutiny
