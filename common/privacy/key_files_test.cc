#include "common/privacy/key_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace ccfa::privacy {
namespace {

constexpr char kOne[] = "councils/E1/callers/0123456789abcdef";
constexpr char kTwo[] = "councils/E1/callers/fedcba9876543210";
constexpr char kElsewhere[] = "councils/E2/callers/0123456789abcdef";

class KeyFilesTest : public ::testing::Test {
 protected:
  KeyFilesTest()
      : folder_(absl::StrCat(::testing::TempDir(), "/keys-", getpid())),
        store_(*KeyFiles::Open(folder_)) {}
  ~KeyFilesTest() override { std::filesystem::remove_all(folder_); }

  static v1::WrappedKey Key(const std::string& master) {
    v1::WrappedKey key;
    key.set_master_key(master);
    return key;
  }
  std::vector<std::string> Names(const std::string& council) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_
                    ->Each(council,
                           [&](const std::string& name) {
                             names.push_back(name);
                             return absl::OkStatus();
                           })
                    .ok());
    return names;
  }

  const std::string folder_;
  std::unique_ptr<KeyFiles> store_;
};

// F73
TEST_F(KeyFilesTest, KeepsAKeyOverARestartUntilItIsDestroyed) {
  EXPECT_EQ(*store_->Get(kOne), std::nullopt);
  ASSERT_TRUE(store_->Make(kOne, Key("first")).ok());
  ASSERT_TRUE(store_->Rewrap({{kOne, Key("second")}}).ok());
  store_ = *KeyFiles::Open(folder_);
  EXPECT_EQ(store_->Get(kOne)->value().master_key(), "second");
  EXPECT_TRUE(store_->Destroy({kOne}).ok());
  EXPECT_EQ(*store_->Get(kOne), std::nullopt);
  EXPECT_TRUE(store_->Destroy({kOne}).ok());
}

TEST_F(KeyFilesTest, NamesACouncilsKeysAndNoOthers) {
  for (const char* name : {kOne, kTwo, kElsewhere}) ASSERT_TRUE(store_->Make(name, Key("m")).ok());
  // What a crash may leave.
  std::ofstream(folder_ + "/E1/01/0123.new") << "half";
  EXPECT_THAT(Names("E1"), ::testing::UnorderedElementsAre(kOne, kTwo));
  EXPECT_THAT(Names("E3"), ::testing::IsEmpty());
  EXPECT_THAT(Names(""), ::testing::UnorderedElementsAre(kOne, kTwo, kElsewhere));
}

TEST_F(KeyFilesTest, KeepsTheFirstKeyOfANameAndBringsNoneBack) {
  ASSERT_TRUE(store_->Make(kOne, Key("first")).ok());
  EXPECT_EQ(store_->Make(kOne, Key("second"))->master_key(), "first");
  ASSERT_TRUE(store_->Destroy({kOne}).ok());
  EXPECT_TRUE(store_->Rewrap({{kOne, Key("third")}}).ok());
  EXPECT_EQ(*store_->Get(kOne), std::nullopt);
}

// F73
TEST_F(KeyFilesTest, LeavesNothingOfAKeyThatACrashLeftTwice) {
  ASSERT_TRUE(store_->Make(kOne, Key("m")).ok());
  const std::string unfinished = folder_ + "/E1/01/0123456789abcdef.new";
  std::ofstream(unfinished) << Key("n").SerializeAsString();
  EXPECT_TRUE(store_->Destroy({kOne}).ok());
  EXPECT_FALSE(std::filesystem::exists(unfinished));
  EXPECT_EQ(*store_->Get(kOne), std::nullopt);
}

TEST_F(KeyFilesTest, SaysThatAFileIsDamaged) {
  ASSERT_TRUE(store_->Make(kOne, Key("m")).ok());
  std::ofstream(folder_ + "/E1/01/0123456789abcdef", std::ios::trunc) << "";
  EXPECT_EQ(store_->Get(kOne).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(KeyFilesTest, IsForItsOwnerOnly) {
  ASSERT_TRUE(store_->Make(kOne, Key("m")).ok());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms::others_all,
              std::filesystem::perms::none);
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms::group_all,
              std::filesystem::perms::none);
  }
}

}  // namespace
}  // namespace ccfa::privacy
