#include "common/identity/totp.h"

#include <gmock/gmock.h>

namespace ccfa::identity {
namespace {

constexpr absl::string_view kSecret = "12345678901234567890";

// F70
TEST(Totp, GivesTheCodesOfTheStandard) {
  // RFC 6238, appendix B, its last six digits.
  EXPECT_EQ(TotpCode(kSecret, TotpStep(absl::FromUnixSeconds(59))), "287082");
  EXPECT_EQ(TotpCode(kSecret, TotpStep(absl::FromUnixSeconds(1111111109))), "081804");
  EXPECT_EQ(TotpCode(kSecret, TotpStep(absl::FromUnixSeconds(20000000000))), "353130");
}

TEST(Totp, TakesTheHalfMinutesBesideAndNoneTwice) {
  const absl::Time now = absl::FromUnixSeconds(3000);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 100), now, 0), 100);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 99), now, 0), 99);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 101), now, 0), 101);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 98), now, 0), std::nullopt);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 102), now, 0), std::nullopt);
  EXPECT_EQ(FindTotp(kSecret, TotpCode(kSecret, 100), now, 100), std::nullopt);
  EXPECT_EQ(FindTotp(kSecret, "", now, 0), std::nullopt);
}

TEST(Base32, IsWrittenAsAuthenticatorsTakeIt) {
  EXPECT_EQ(ToBase32(kSecret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(ToBase32("foob"), "MZXW6YQ");
}

}  // namespace
}  // namespace ccfa::identity
