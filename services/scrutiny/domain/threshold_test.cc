#include "services/scrutiny/domain/threshold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

const absl::CivilDay kApplied(2026, 7, 1);

v1::ThresholdFinding FindingOf(const v1::CaseReviewApplication& application) {
  return ThresholdOf(application, kApplied, config::Defaults().scrutiny(),
                     ::ccfa::testing::EnglandAndWales());
}

v1::CaseReviewApplication Complained(const std::vector<std::pair<std::string, std::string>>& days) {
  v1::CaseReviewApplication application;
  for (const auto& [behaviour, complaint] : days) {
    v1::Complaint& added = *application.add_complaints();
    added.set_behaviour_date(behaviour);
    added.set_complaint_date(complaint);
    added.set_to("police");
  }
  return application;
}

// F54
TEST(Threshold, IsThreeComplaintsInSixMonthsEachWithinAMonth) {
  v1::ThresholdFinding met = FindingOf(Complained(
      {{"2026-01-01", "2026-01-01"}, {"2026-03-31", "2026-04-30"}, {"2026-06-30", "2026-07-01"}}));
  EXPECT_TRUE(met.met());
  EXPECT_EQ(met.qualifying(), 3);
  EXPECT_EQ(met.reasons(1), "of 2026-03-31, complained of on 2026-04-30: qualifies");
  EXPECT_EQ(met.reasons(3), "3 complaints qualify, of 3 that are needed");
}

// F54
TEST(Threshold, SaysWhyAComplaintDoesNotQualify) {
  const struct {
    const char *behaviour, *complaint, *why;
  } kComplaints[] = {
      {"2026-05-01", "2026-06-02", "it was made more than 1 month after the behaviour"},
      {"2025-12-31", "2025-12-31", "it was made more than 6 months before the application"},
      {"2026-05-02", "2026-05-01", "it was made before the behaviour"},
      {"2026-06-30", "2026-07-02", "it was made after the application"},
      {"soon", "2026-07-01", "its days are not known"},
  };
  for (const auto& each : kComplaints) {
    v1::ThresholdFinding finding = FindingOf(Complained({{each.behaviour, each.complaint}}));
    EXPECT_EQ(finding.qualifying(), 0);
    EXPECT_EQ(finding.reasons(0), absl::StrCat("of ", each.behaviour, ", complained of on ",
                                               each.complaint, ": does not qualify, ", each.why));
  }
  EXPECT_EQ(FindingOf(Complained({{"2026-05-01", "2026-05-02"}, {"2026-05-01", "2026-05-03"}}))
                .qualifying(),
            1);
}

// F54
TEST(Threshold, IsFivePeopleWhereTheCouncilSaysSo) {
  v1::CaseReviewApplication application;
  application.set_people(4);
  EXPECT_FALSE(FindingOf(application).met());
  application.set_people(5);
  EXPECT_TRUE(FindingOf(application).met());
  config::v1::ScrutinyRules rules = config::Defaults().scrutiny();
  rules.mutable_case_review_threshold()->set_people(0);
  EXPECT_FALSE(ThresholdOf(application, kApplied, rules, ::ccfa::testing::EnglandAndWales()).met());
}

v1::CaseReviewApplication AnyApplication() {
  std::vector<std::pair<std::string, std::string>> days;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    absl::CivilDay behaviour = kApplied - *rc::gen::inRange(-5, 250);
    absl::CivilDay complaint = behaviour + *rc::gen::inRange(-3, 50);
    days.emplace_back(absl::FormatCivilTime(behaviour), absl::FormatCivilTime(complaint));
  }
  return Complained(days);
}

// F54
RC_GTEST_PROP(Threshold, IsTheSameInAnyOrderAndNeverLostByAnotherComplaint, ()) {
  v1::CaseReviewApplication application = AnyApplication();
  v1::ThresholdFinding before = FindingOf(application);
  v1::CaseReviewApplication turned = application;
  std::reverse(turned.mutable_complaints()->begin(), turned.mutable_complaints()->end());
  RC_ASSERT(FindingOf(turned).qualifying() == before.qualifying());
  application.mutable_complaints()->MergeFrom(AnyApplication().complaints());
  v1::ThresholdFinding after = FindingOf(application);
  RC_ASSERT(after.qualifying() >= before.qualifying());
  RC_ASSERT(after.met() || !before.met());
}

}  // namespace
}  // namespace ccfa::scrutiny
