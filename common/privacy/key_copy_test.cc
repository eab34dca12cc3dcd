#include "common/privacy/key_copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/privacy/key_files.h"

namespace ccfa::privacy {
namespace {

constexpr char kAnn[] = "councils/E1/callers/0123456789abcdef";
constexpr char kBea[] = "councils/E2/callers/fedcba9876543210";

class KeyCopyTest : public ::testing::Test {
 protected:
  KeyCopyTest()
      : folder_(absl::StrCat(::testing::TempDir(), "/key-copy-", getpid())),
        made_(std::filesystem::create_directories(folder_)),
        from_(*KeyFiles::Open(folder_ + "/from")),
        to_(*KeyFiles::Open(folder_ + "/to")) {}
  ~KeyCopyTest() override { std::filesystem::remove_all(folder_); }

  static v1::WrappedKey WrappedBy(const std::string& master) {
    v1::WrappedKey key;
    key.set_master_key(master);
    return key;
  }
  /// "keys/copied", or why not.
  std::string Copy() {
    absl::StatusOr<CopiedKeys> copied = CopyKeys(*from_, *to_);
    if (!copied.ok()) return std::string(copied.status().message());
    return absl::StrCat(copied->keys, "/", copied->copied);
  }

  const std::string folder_;
  const bool made_;
  std::unique_ptr<KeyFiles> from_, to_;
};

// F57
TEST_F(KeyCopyTest, BringsEveryCouncilsKeysAndWhatWasWrappedAnewSince) {
  ASSERT_TRUE(from_->Make(kAnn, WrappedBy("a")).ok());
  ASSERT_TRUE(from_->Make(kBea, WrappedBy("a")).ok());
  EXPECT_EQ(Copy(), "2/2");
  EXPECT_EQ(Copy(), "2/0");
  ASSERT_TRUE(from_->Rewrap({{kBea, WrappedBy("b")}}).ok());
  EXPECT_EQ(Copy(), "2/1");
  EXPECT_EQ(to_->Get(kBea)->value().master_key(), "b");
}

// F73
TEST_F(KeyCopyTest, BringsNothingOfWhatWasDestroyed) {
  ASSERT_TRUE(from_->Make(kAnn, WrappedBy("a")).ok());
  ASSERT_TRUE(from_->Make(kBea, WrappedBy("a")).ok());
  ASSERT_TRUE(from_->Destroy({kAnn}).ok());
  EXPECT_EQ(Copy(), "1/1");
  EXPECT_EQ(*to_->Get(kAnn), std::nullopt);
}

}  // namespace
}  // namespace ccfa::privacy
