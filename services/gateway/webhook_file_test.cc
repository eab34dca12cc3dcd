#include "services/gateway/webhook_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/testing/given.h"

namespace ccfa::gateway {
namespace {

using ::ccfa::testing::FromText;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPolice[] =
    "name: 'police' url: 'https://police.example/hooks' council: 'E1' "
    "account: 'accounts/webhooks' password_file: 'password' secret_file: 'secret' ";

/// What is wrong with a file of that one subscription; empty where nothing is.
std::string FaultsOf(const std::string& subscription) {
  return std::string(
      ParseWebhooks(absl::StrCat("subscriptions { ", subscription, " }")).status().message());
}

// F76
TEST(WebhookFile, TakesWhatIsWhole) {
  auto parsed = ParseWebhooks(
      absl::StrCat("subscriptions { ", kPolice, "types: 'ccfa.scrutiny.v1.*' }\n# beside it\n",
                   "subscriptions { name: 'here' url: 'http://127.0.0.1:9/x?a=b' council: 'E1' "
                   "actor: 'analyst:webhooks' secret_file: 'other' }"));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->subscriptions(0).url(), "https://police.example/hooks");
  EXPECT_EQ(parsed->subscriptions(1).actor(), "analyst:webhooks");
}

TEST(WebhookFile, IsRefusedByTheNameOfTheSubscriptionAndTheField) {
  const struct {
    const char *more, *fault;
  } kFaults[] = {
      {"url: 'http://police.example/hooks'", "subscription police: url: expected https"},
      {"url: 'http://127.evil.example/'", "subscription police: url: expected https"},
      {"url: 'http://localhost.evil.example/'", "subscription police: url: expected https"},
      {"url: 'ftp://127.0.0.1/'", "subscription police: url: expected https"},
      {"url: 'file:///etc/passwd'", "subscription police: url: expected"},
      {"url: 'police.example'", "subscription police: url: expected a URL"},
      {"url: 'https://a:b@police.example/'", "subscription police: url: must not carry"},
      {"url: 'https://police.example/#x'", "subscription police: url: must have no fragment"},
      {"url: 'https://police.example/\\r\\nX: y'", "subscription police: url: expected a URL"},
      {"council: 'E1/calls'", "subscription police: council: "},
      {"types: 'nonsense'", "subscription police: types: \"nonsense\" is no type"},
      {"types: 'ccfa.sara.v1.ActionLost'", "there is no event ccfa.sara.v1.ActionLost"},
      {"actor: 'analyst:x'", "subscription police: account: expected an account"},
      {"account: 'webhooks'", "subscription police: account: expected accounts/NAME"},
      {"password_file: ''", "subscription police: password_file: belongs to an account"},
      {"secret_file: ''", "subscription police: secret_file: is required"},
      {"name: 'a/b'", "subscription no. 1: name: expected 1 to 64"}};
  for (const auto& [more, fault] : kFaults) {
    auto subscription = FromText<v1::Subscription>(kPolice);
    ASSERT_TRUE(google::protobuf::TextFormat::MergeFromString(more, &subscription)) << more;
    EXPECT_THAT(FaultsOf(subscription.ShortDebugString()), HasSubstr(fault)) << more;
  }
  EXPECT_THAT(FaultsOf("colour: 'red'"), HasSubstr("line 1, column "));
  EXPECT_THAT(FaultsOf("name: 'x' council: 'E1' actor: 'nobody' secret_file: 's'"),
              HasSubstr("subscription x: actor: expected ROLE:ID"));
}

TEST(WebhookFile, NamesEveryFaultAndTheTwoThatAreOne) {
  EXPECT_THAT(FaultsOf("name: 'x'"),
              ::testing::AllOf(HasSubstr("x: council"), HasSubstr("x: url"),
                               HasSubstr("x: account"), HasSubstr("x: secret_file")));
  const std::string twice = absl::StrCat("subscriptions { ", kPolice, "} ");
  EXPECT_THAT(std::string(ParseWebhooks(twice + twice).status().message()),
              HasSubstr("subscription police: name: is another's already"));
  EXPECT_THAT(std::string(ParseWebhooks("").status().message()), HasSubstr("expected 1 to 100"));
  EXPECT_FALSE(ParseWebhooks(std::string(2 << 20, ' ')).ok());
}

// Whatever stands in it, it is refused or holds to the rules.
RC_GTEST_PROP(WebhookFileLaw, WhatIsTakenLeadsNowhereElse, ()) {
  const auto scheme =
      *rc::gen::element<std::string>("https://", "http://", "HTTP://", "", "ftp://");
  const auto host = *rc::gen::element<std::string>("127.0.0.1", "localhost", "[::1]", "example.org",
                                                   "127.0.0.1.example.org", "0x7f.1", "[::2]");
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("/", "hooks", "?a=b", ":80", "@", "\\", "evil.example", "%2f",
                                    "#", ".", " ", "\r\n", "\xc3\xa9"));
  const std::string rest = absl::StrJoin(parts, "");
  v1::Webhooks webhooks;
  *webhooks.add_subscriptions() = FromText<v1::Subscription>(kPolice);
  webhooks.mutable_subscriptions(0)->set_url(scheme + host + rest);
  auto parsed = ParseWebhooks(webhooks.DebugString());
  if (!parsed.ok()) return;
  const std::string url = absl::AsciiStrToLower(parsed->subscriptions(0).url());
  if (url.rfind("https://", 0) == 0) return;
  // Plain, and so to this machine: neither a user nor another name stands before the host's end.
  RC_ASSERT(url.rfind("http://", 0) == 0);
  std::string to = url.substr(7, url.find_first_of("/?:#", url[7] == '[' ? 12 : 7) - 7);
  if (to.back() == '.') to.pop_back();
  RC_ASSERT(to == "127.0.0.1" || to == "localhost" || to == "[::1]" || to == "0x7f.1");
}

TEST(WebhookFile, IsForTheTypesItNames) {
  v1::Subscription all, some;
  some.add_types("ccfa.sara.v1.*");
  some.add_types("ccfa.intake.v1.CallLogged");
  EXPECT_TRUE(IsFor(all, "ccfa.intake.v1.CallClosed"));
  EXPECT_TRUE(IsFor(some, "ccfa.sara.v1.ActionDeclined"));
  EXPECT_TRUE(IsFor(some, "ccfa.intake.v1.CallLogged"));
  EXPECT_FALSE(IsFor(some, "ccfa.intake.v1.CallLoggedAgain"));
  EXPECT_FALSE(IsFor(some, "ccfa.sara.v10.ActionDeclined"));
}

TEST(WebhookFile, ReadsTheFilesBesideIt) {
  const std::filesystem::path folder = ::testing::TempDir() + "/webhooks";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "file") << "subscriptions { " << kPolice << "}";
  auto fault = [&] { return std::string(ReadWebhooks(folder / "file").status().message()); };
  EXPECT_THAT(fault(), HasSubstr("subscription police: secret_file: "));
  EXPECT_THAT(fault(), HasSubstr("subscription police: password_file: "));
  std::ofstream(folder / "secret") << "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
  std::ofstream(folder / "password") << "correct horse battery\n";
  chmod((folder / "secret").c_str(), 0600);
  EXPECT_THAT(fault(), HasSubstr("password: may be used by others than its owner"));
  EXPECT_THAT(fault(), Not(HasSubstr("horse")));
  chmod((folder / "password").c_str(), 0600);
  auto read = ReadWebhooks(folder / "file");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->front().password, "correct horse battery");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ccfa::gateway
