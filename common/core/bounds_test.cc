#include "common/core/bounds.h"

#include <gtest/gtest.h>

#include <limits>

#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/refusal.h"

namespace ccfa {
namespace {

TEST(CheckBounds, TakesOrdinaryText) {
  intake::v1::LogCallRequest request;
  request.mutable_details()->set_description("Zwölf Nächte\nlang,\tjede Nacht");
  EXPECT_TRUE(CheckBounds(request).ok());
}

TEST(CheckBounds, NamesTheFieldByItsPath) {
  intake::v1::LogCallRequest request;
  request.mutable_details()->add_tried()->set_answer("none");
  request.mutable_details()->add_tried()->set_answer("bell \a");
  absl::Status refused = CheckBounds(request);
  EXPECT_EQ(FieldOf(refused), "details.tried[1].answer");
  EXPECT_EQ(refused.message(),
            "details.tried[1].answer: a control character (0x07) at byte 5; leave it out");
}

// F57
TEST(CheckBounds, RefusesMarksWhereNothingTakesThemOut) {
  intake::v1::LogCallRequest request;
  request.mutable_details()->add_tried()->set_answer("[[Doe]] said no");
  absl::Status refused = CheckBounds(request);
  EXPECT_EQ(FieldOf(refused), "details.tried[0].answer");
  EXPECT_EQ(refused.message().find("Doe"), absl::string_view::npos);
  EXPECT_TRUE(CheckBounds(request, Marks::kTaken).ok());
}

TEST(CheckBounds, RefusesWhatIsTooLongTooManyOrNoNumber) {
  intake::v1::LogCallRequest longest;
  longest.mutable_details()->set_summary(std::string(kTextBytes, 'x'));
  EXPECT_TRUE(CheckBounds(longest).ok());
  longest.mutable_details()->set_summary(std::string(kTextBytes + 1, 'x'));
  EXPECT_EQ(FieldOf(CheckBounds(longest)), "details.summary");

  intake::v1::LogCallRequest many;
  for (int i = 0; i <= kElements; ++i) many.mutable_details()->add_other_organisations("x");
  EXPECT_EQ(FieldOf(CheckBounds(many)), "details.other_organisations");

  intake::v1::LogCallRequest nowhere;
  nowhere.mutable_details()->mutable_place()->mutable_point()->set_lon(
      std::numeric_limits<double>::infinity());
  EXPECT_EQ(FieldOf(CheckBounds(nowhere)), "details.place.point.lon");
}

}  // namespace
}  // namespace ccfa
