#include "services/gateway/rate_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

TEST(RateLimit, LetsTwiceAsManyAtOnceAndThenSoManyASecond) {
  ManualTime time(absl::UnixEpoch());
  RateLimit limit(2, time);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limit.Take("a").ok()) << i;
  EXPECT_EQ(ReasonOf(limit.Take("a")), "TOO_MANY_REQUESTS");
  time.Advance(absl::Milliseconds(499));
  EXPECT_FALSE(limit.Take("a").ok());
  time.Advance(absl::Milliseconds(2));
  EXPECT_TRUE(limit.Take("a").ok());
  EXPECT_FALSE(limit.Take("a").ok());
}

TEST(RateLimit, CountsEachAlone) {
  ManualTime time(absl::UnixEpoch());
  RateLimit limit(1, time);
  EXPECT_TRUE(limit.Take("a").ok() && limit.Take("a").ok());
  EXPECT_FALSE(limit.Take("a").ok());
  EXPECT_TRUE(limit.Take("b").ok());
}

TEST(RateLimit, IsNotFooledByAClockThatGoesBack) {
  ManualTime time(absl::UnixEpoch() + absl::Hours(1));
  RateLimit limit(1, time);
  EXPECT_TRUE(limit.Take("a").ok() && limit.Take("a").ok());
  time.Set(absl::UnixEpoch());
  EXPECT_FALSE(limit.Take("a").ok());
}

TEST(RateLimit, StillCountsWhenVeryManyAsk) {
  ManualTime time(absl::UnixEpoch());
  RateLimit limit(1, time);
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(limit.Take(absl::StrCat(i)).ok());
  EXPECT_TRUE(limit.Take("a").ok() && limit.Take("a").ok());
  EXPECT_FALSE(limit.Take("a").ok());
}

}  // namespace
}  // namespace ccfa::gateway
