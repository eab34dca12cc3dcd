#include "services/insight/similarity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ccfa::insight {
namespace {

double Likeness(const std::string& a, const std::string& b) {
  return Trigrams(a).LikenessTo(Trigrams(b));
}

// F8
TEST(Likeness, IsOfTheWordsAndNotOfCaseOrderOrPunctuation) {
  EXPECT_EQ(Likeness("Litter in the lane", "litter, in the LANE!"), 1);
  EXPECT_EQ(Likeness("Litter in the lane", "the lane in litter"), 1);
  EXPECT_EQ(Likeness("Litter in the lane", "Graffiti"), 0);
}

// F8
TEST(Likeness, IsMoreTheMoreIsSaidAlike) {
  const std::string rubbish = "Rubbish is dumped behind the shops every Sunday";
  double alike = Likeness(rubbish, "Rubbish dumped behind shops on Sundays");
  double less = Likeness(rubbish, "Rubbish in the park");
  EXPECT_GT(alike, 0.4);
  EXPECT_GT(alike, less);
  EXPECT_GT(less, 0);
}

// F8
TEST(Likeness, OfNothingIsNone) {
  EXPECT_EQ(Likeness("", ""), 0);
  EXPECT_EQ(Likeness("?!", "?!"), 0);
  EXPECT_EQ(Likeness("litter", ""), 0);
  EXPECT_EQ(Likeness("a", "a"), 1) << "short words count";
}

// F8
RC_GTEST_PROP(Likeness, IsTheSameBothWaysAndBetweenNoneAndAll,
              (const std::string& a, const std::string& b)) {
  double likeness = Likeness(a, b);
  RC_ASSERT(likeness >= 0 && likeness <= 1);
  RC_ASSERT(likeness == Likeness(b, a));
  RC_ASSERT(Likeness(a, a) == 1 || Likeness(a, a + "!") == 0);
}

}  // namespace
}  // namespace ccfa::insight
