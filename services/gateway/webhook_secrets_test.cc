#include "services/gateway/webhook_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ccfa::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The example of Standard Webhooks' own libraries.
constexpr char kExample[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr char kExampleSigned[] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr int64_t kTimestamp_s = 1614265330;

std::string SignedBy(const std::string& secrets) {
  return WebhookSecrets::Parse(secrets)->Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", kTimestamp_s,
                                              R"({"test": 2432232314})");
}

// F76
TEST(WebhookSecrets, SignAsTheSpecificationsExample) {
  EXPECT_EQ(SignedBy(kExample), kExampleSigned);
}

TEST(WebhookSecrets, SignWithEachWhileOneIsReplaced) {
  const std::string other = "whsec_" + absl::Base64Escape(std::string(32, 'x'));
  EXPECT_EQ(SignedBy(absl::StrCat(kExample, "\n", other, "\n")),
            absl::StrCat(kExampleSigned, " ", SignedBy(other)));
}

TEST(WebhookSecrets, RefuseWhatIsNoneAndNeverRepeatIt) {
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("whsec_"),
        std::string("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), std::string("whsec_MfKQ9r8GKYqrTwjU"),
        std::string("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa*w"),
        "whsec_" + absl::Base64Escape(std::string(65, 'x')),
        absl::StrCat(kExample, "\n", kExample, "\n", kExample)}) {
    absl::Status refused = WebhookSecrets::Parse(text).status();
    EXPECT_TRUE(absl::IsInvalidArgument(refused)) << text;
    EXPECT_THAT(std::string(refused.message()), Not(HasSubstr("MfKQ9")));
  }
}

TEST(WebhookSecrets, OfAFileThatOthersMayReadAreNotTaken) {
  const std::string path = ::testing::TempDir() + "/webhook-secret";
  std::ofstream(path) << kExample << "\n";
  chmod(path.c_str(), 0640);
  EXPECT_TRUE(absl::IsFailedPrecondition(WebhookSecrets::Read(path).status()));
  chmod(path.c_str(), 0600);
  EXPECT_TRUE(WebhookSecrets::Read(path).ok());
  std::filesystem::remove(path);
  EXPECT_TRUE(absl::IsNotFound(WebhookSecrets::Read(path).status()));
}

}  // namespace
}  // namespace ccfa::gateway
