#include "common/proof/signing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::proof {
namespace {

/// A folder of the test's own.
class SigningKeyFile : public ::testing::Test {
 protected:
  SigningKeyFile() : folder_(absl::StrCat(::testing::TempDir(), "/keys-", getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SigningKeyFile() override { std::filesystem::remove_all(folder_); }
  const std::string folder_;
  const std::string path_ = folder_ + "/council";
};

// F71
TEST_F(SigningKeyFile, IsReadAsItWasWritten) {
  const SigningKey key = SigningKey::Make();
  ASSERT_TRUE(key.Write(path_).ok());
  struct stat facts = {};
  ASSERT_EQ(stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  auto read = SigningKey::Read(path_);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->public_key(), key.public_key());
  EXPECT_EQ(ReadPublicKey(path_ + ".pub").value(), key.public_key());
  EXPECT_TRUE(IsSignedBy(key.public_key(), "text", read->Sign("text")));
}

// F71
TEST_F(SigningKeyFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(SigningKey::Make().Write(path_).ok());
  for (mode_t mode : {0644, 0640, 0604, 0602, 0610}) {
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
    EXPECT_EQ(ReasonOf(SigningKey::Read(path_).status()), "KEY_NOT_PRIVATE") << mode;
  }
}

TEST_F(SigningKeyFile, IsNeverWrittenOver) {
  ASSERT_TRUE(SigningKey::Make().Write(path_).ok());
  EXPECT_EQ(ReasonOf(SigningKey::Make().Write(path_)), "KEY_EXISTS");
  std::filesystem::remove(path_);
  EXPECT_EQ(ReasonOf(SigningKey::Make().Write(path_)), "KEY_EXISTS");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SigningKeyFile, IsRefusedWhenItIsNoKey) {
  EXPECT_EQ(ReasonOf(SigningKey::Read(path_).status()), "NOT_FOUND");
  ASSERT_TRUE(SigningKey::Make().Write(path_).ok());
  EXPECT_EQ(FieldOf(ReadPublicKey(path_).status()), "key");
  for (const char* text : {"", "ccfa-public-key ed25519 ", "ccfa-public-key ed25519 zz",
                           "ccfa-public-key ed25519 00"}) {
    std::ofstream(path_ + ".pub") << text;
    EXPECT_EQ(FieldOf(ReadPublicKey(path_ + ".pub").status()), "key") << text;
  }
}

// F71
TEST(IsSignedBy, OnlyTheKeyAndTheTextThatWereSigned) {
  const SigningKey key = SigningKey::Make(), other = SigningKey::Make();
  const std::string signature = key.Sign("text");
  EXPECT_TRUE(IsSignedBy(key.public_key(), "text", signature));
  EXPECT_FALSE(IsSignedBy(key.public_key(), "texts", signature));
  EXPECT_FALSE(IsSignedBy(other.public_key(), "text", signature));
  EXPECT_FALSE(IsSignedBy(key.public_key(), "text", other.Sign("text")));
  EXPECT_FALSE(IsSignedBy(key.public_key(), "text", signature.substr(2)));
  EXPECT_FALSE(IsSignedBy("", "text", ""));
}

}  // namespace
}  // namespace ccfa::proof
