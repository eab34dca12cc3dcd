#include "services/gateway/open311_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/identity/base64url.h"

namespace ccfa::gateway::open311 {
namespace {

http::Request With(const std::string& authorization) {
  http::Request request;
  request.headers.Add("Authorization", authorization);
  return request;
}

Form FormOf(const std::string& encoded) {
  Form form;
  EXPECT_TRUE(form.Read(encoded).ok());
  return form;
}

// F75
TEST(ParseKey, ReadsAnAccountAndItsPassword) {
  const std::string key = identity::ToBase64Url("fix-it:pass:word of colons");
  for (const char* padding : {"", "=", "=="}) {
    const std::optional<Account> account = ParseKey(absl::StrCat(key, padding));
    ASSERT_TRUE(account.has_value());
    EXPECT_EQ(account->name, "fix-it");
    EXPECT_EQ(account->password, "pass:word of colons");
  }
}

TEST(ParseKey, RefusesWhatIsNone) {
  for (const std::string& key :
       {std::string("nonsense!"), std::string(), identity::ToBase64Url("fix-it"),
        identity::ToBase64Url(":password"), identity::ToBase64Url("a/b:password")}) {
    EXPECT_FALSE(ParseKey(key).has_value()) << key;
  }
}

// F75
TEST(KeyOf, IsTheArgumentOrTheHeaderWhichSaysTheSame) {
  const std::string account = "fix-it:a password";
  std::string basic;
  absl::Base64Escape(account, &basic);
  EXPECT_EQ(KeyOf(With("Basic " + basic), Form()), identity::ToBase64Url(account));
  EXPECT_EQ(KeyOf(With("bearer a.b.c"), Form()), "a.b.c");
  EXPECT_EQ(KeyOf(With("Bearer a.b.c"), FormOf("api_key=mine")), "mine");
  EXPECT_EQ(KeyOf(With("Digest x"), Form()), "");
  EXPECT_EQ(KeyOf(With("Basic !"), Form()), "");
  EXPECT_EQ(KeyOf(http::Request(), Form()), "");
}

/// Where nobody answers.
Upstream Nowhere(bool believes_actors) {
  return Upstream(std::make_unique<client::Cluster>("127.0.0.1:1", rpc::TlsFiles()),
                  believes_actors);
}

// F70, F75
TEST(Keys, AreAskedForOnlyWhereTokensAreAndATokenIsOne) {
  ManualTime time(absl::UnixEpoch());
  Upstream trusting = Nowhere(true), strict = Nowhere(false);
  EXPECT_THAT(*Keys(trusting, time).MetadataOf(""),
              ::testing::ElementsAre(::testing::Pair("ccfa-actor", "partner:open311")));
  EXPECT_THAT(*Keys(strict, time).MetadataOf(""), ::testing::IsEmpty());
  EXPECT_THAT(*Keys(strict, time).MetadataOf("a.b.c"),
              ::testing::ElementsAre(::testing::Pair("authorization", "Bearer a.b.c")));
  for (const std::string& key : {std::string("nonsense"), std::string("a. b.c"),
                                 std::string(9'000, 'a'), std::string("..\r\nx")}) {
    EXPECT_TRUE(absl::IsPermissionDenied(Keys(strict, time).MetadataOf(key).status())) << key;
  }
}

}  // namespace
}  // namespace ccfa::gateway::open311
