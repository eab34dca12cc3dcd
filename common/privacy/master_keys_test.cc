#include "common/privacy/master_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::privacy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kOld(64, 'a'), kNew(64, 'b');

// F57
TEST(MasterKeys, UnwrapWhatTheyWrappedForItsOwner) {
  const MasterKeys keys = MasterKeys::Parse(kOld).value();
  const Secret secret = Secret::Random();
  const v1::WrappedKey wrapped = keys.Wrap("a caller", secret);
  EXPECT_EQ(keys.Unwrap("a caller", wrapped)->view(), secret.view());
  EXPECT_EQ(keys.Unwrap("another", wrapped).status().code(), absl::StatusCode::kDataLoss);
}

TEST(MasterKeys, GoOnUnwrappingWhatAnOldOneWrapped) {
  const MasterKeys old = MasterKeys::Parse(kOld).value();
  const MasterKeys both = MasterKeys::Parse(absl::StrCat("# new\n", kNew, "\n\n", kOld)).value();
  const Secret secret = Secret::Random();
  EXPECT_EQ(both.Unwrap("x", old.Wrap("x", secret))->view(), secret.view());
  EXPECT_NE(both.current(), old.current());
  EXPECT_EQ(ReasonOf(old.Unwrap("x", both.Wrap("x", secret)).status()), "MASTER_KEY_UNKNOWN");
}

TEST(MasterKeys, SayWhichLineIsNoneAndNeverWhatStandsThere) {
  absl::Status status = MasterKeys::Parse(kOld + "\nnotakey").status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("line 2"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("notakey")));
  EXPECT_FALSE(MasterKeys::Parse("# nothing").ok());
}

TEST(MasterKeys, TakeAFileThatOnlyItsOwnerMayUse) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/master-", getpid());
  std::ofstream(path) << kOld << "\n";
  chmod(path.c_str(), 0640);
  EXPECT_EQ(MasterKeys::ReadFile(path).status().code(), absl::StatusCode::kFailedPrecondition);
  chmod(path.c_str(), 0600);
  EXPECT_EQ(MasterKeys::ReadFile(path)->current(), MasterKeys::Parse(kOld)->current());
  unlink(path.c_str());
  EXPECT_EQ(MasterKeys::ReadFile(path).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace ccfa::privacy
