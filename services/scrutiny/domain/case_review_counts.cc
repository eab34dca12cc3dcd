#include "services/scrutiny/domain/case_review_counts.h"

#include "absl/strings/str_cat.h"

namespace ccfa::scrutiny {

v1::CaseReviewCounts CountsOf(const Tables& tables, absl::string_view council, int year) {
  v1::CaseReviewCounts counts;
  auto count = [](int32_t before, bool also) { return before + (also ? 1 : 0); };
  tables.case_reviews.Scan(
      absl::StrCat("councils/", council, "/caseReviews/", year, "-"), "",
      [&](absl::string_view, const v1::CaseReview& review) {
        bool by_data = review.application().applicant() == v1::APPLICANT_DATA;
        bool not_met = !review.decisions().empty() && !review.decisions().rbegin()->met();
        bool held = review.has_hearing();
        counts.set_applications(count(counts.applications(), !by_data));
        counts.set_opened_by_data(count(counts.opened_by_data(), by_data));
        counts.set_threshold_not_met(count(counts.threshold_not_met(), not_met));
        counts.set_reviews(count(counts.reviews(), held));
        counts.set_reviews_with_recommendations(
            count(counts.reviews_with_recommendations(),
                  held && !review.hearing().recommendations().empty()));
        return true;
      });
  return counts;
}

}  // namespace ccfa::scrutiny
