#include "common/privacy/sealing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ccfa::privacy {
namespace {

// F57
TEST(Seal, OpensWithItsKeyAndItsPlaceOnly) {
  const Secret key = Secret::Random(), other = Secret::Random();
  const v1::Sealed sealed = Seal(key, "caller 1\nname", "a text");
  EXPECT_EQ(Open(key, "caller 1\nname", sealed).value(), "a text");
  EXPECT_EQ(Open(other, "caller 1\nname", sealed).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Open(key, "caller 2\nname", sealed).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Open(key, "caller 1\nnotes", sealed).status().code(), absl::StatusCode::kDataLoss);
}

TEST(Seal, LooksDifferentEachTimeAndHidesTheText) {
  const Secret key = Secret::Random();
  const v1::Sealed one = Seal(key, "", "a text"), two = Seal(key, "", "a text");
  EXPECT_NE(one.nonce(), two.nonce());
  EXPECT_NE(one.box(), two.box());
  EXPECT_THAT(one.SerializeAsString(), ::testing::Not(::testing::HasSubstr("a text")));
}

TEST(Open, SaysSoWhenAByteWasTouchedOrIsMissing) {
  const Secret key = Secret::Random();
  for (int flaw = 0; flaw < 4; ++flaw) {
    v1::Sealed sealed = Seal(key, "", "a text");
    if (flaw == 0) (*sealed.mutable_box())[2] ^= 1;
    if (flaw == 1) sealed.mutable_box()->pop_back();
    if (flaw == 2) sealed.mutable_nonce()->pop_back();
    if (flaw == 3) sealed.clear_box();
    EXPECT_EQ(Open(key, "", sealed).status().code(), absl::StatusCode::kDataLoss) << flaw;
  }
}

TEST(KeyedFingerprint, DependsOnTheTextAndTheKey) {
  const Secret key = Secret::Random(), other = Secret::Random();
  EXPECT_EQ(KeyedFingerprint(key, "a text"), KeyedFingerprint(key, "a text"));
  EXPECT_NE(KeyedFingerprint(key, "a text"), KeyedFingerprint(key, "another"));
  EXPECT_NE(KeyedFingerprint(key, "a text"), KeyedFingerprint(other, "a text"));
}

TEST(Secret, IsReadFromHexadecimalDigitsOnly) {
  EXPECT_TRUE(Secret::FromHex(std::string(64, 'a')).ok());
  for (std::string wrong : {"", "ab", "zz"}) EXPECT_FALSE(Secret::FromHex(wrong).ok()) << wrong;
  EXPECT_FALSE(Secret::FromHex(std::string(63, 'a')).ok());
  EXPECT_FALSE(Secret::FromHex(std::string(66, 'a')).ok());
}

}  // namespace
}  // namespace ccfa::privacy
