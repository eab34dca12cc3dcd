#include "services/gateway/console/provider.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"

namespace ccfa::gateway::console {
namespace {

constexpr char kIssuer[] = "https://sign-in.example";

/// A provider that gives one code, for one nonce.
struct Given {
  std::string issuer = kIssuer;
  std::string end_session;
  std::string nonce = {};
  std::string form = {};
  Provider provider{
      {kIssuer, "ccfa", "secret", "https://calls.example", {}},
      [this](const std::string& url, const std::string& posted) { return Answer(url, posted); }};

  absl::StatusOr<std::string> Answer(const std::string& url, const std::string& posted) {
    if (absl::EndsWith(url, "openid-configuration")) {
      return nlohmann::json({{"issuer", issuer},
                             {"authorization_endpoint", "https://sign-in.example/authorize"},
                             {"token_endpoint", "https://sign-in.example/token"},
                             {"end_session_endpoint", end_session}})
          .dump();
    }
    form = posted;
    const nlohmann::json header = {{"alg", "EdDSA"}, {"kid", "1"}};
    const nlohmann::json claims = {{"sub", "lee"}, {"nonce", nonce}, {"exp", 1'800'000'000}};
    return nlohmann::json({{"id_token", absl::StrCat(identity::ToBase64Url(header.dump()), ".",
                                                     identity::ToBase64Url(claims.dump()), ".",
                                                     identity::ToBase64Url("sig"))}})
        .dump();
  }
};

std::string Argument(const std::string& url, const std::string& name) {
  for (absl::string_view part : absl::StrSplit(url, absl::ByAnyChar("?&"))) {
    if (absl::ConsumePrefix(&part, name + "=")) return std::string(part);
  }
  return "";
}

TEST(Provider, SignsInWhoeverComesBackWithTheSameState) {
  Given given;
  const auto begun = given.provider.Begin("/councils/E08900001");
  ASSERT_TRUE(begun.ok());
  EXPECT_TRUE(absl::StartsWith(begun->url, "https://sign-in.example/authorize?"));
  EXPECT_EQ(Argument(begun->url, "redirect_uri"), "https%3A//calls.example/sign-in/back");
  given.nonce = Argument(begun->url, "nonce");
  const auto ended = given.provider.End("code", Argument(begun->url, "state"), begun->cookie);
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(ended->to, "/councils/E08900001");
  EXPECT_TRUE(absl::StrContains(given.form, "code_verifier="));
}

TEST(Provider, SaysWherePeopleSignOutOfItWhereItHasSuchAPage) {
  EXPECT_EQ(Given().provider.SignOutUrl(), "");
  Given given{.end_session = "https://sign-in.example/end?tenant=1"};
  EXPECT_EQ(given.provider.SignOutUrl(),
            "https://sign-in.example/end?tenant=1&client_id=ccfa"
            "&post_logout_redirect_uri=https%3A//calls.example/");
  Given plain{.end_session = "http://sign-in.example/end"};
  EXPECT_EQ(plain.provider.SignOutUrl(), "");
  EXPECT_TRUE(plain.provider.Begin("/").ok());
}

TEST(Provider, RefusesAnotherSignInsStateCodeAndToken) {
  Given given;
  const auto begun = given.provider.Begin("/"), other = given.provider.Begin("/");
  given.nonce = Argument(begun->url, "nonce");
  const std::string state = Argument(begun->url, "state");
  const auto refused = [&](const std::string& code, const std::string& of,
                           const std::string& cookie) {
    return ReasonOf(given.provider.End(code, of, cookie).status());
  };
  EXPECT_EQ(refused("code", Argument(other->url, "state"), begun->cookie), "NOT_OUR_SIGN_IN");
  EXPECT_EQ(refused("code", state, other->cookie), "NOT_OUR_SIGN_IN");
  EXPECT_EQ(refused("", state, begun->cookie), "NOT_OUR_SIGN_IN");
  for (const char* cookie : {"", "x", "bm9uZQ"})
    EXPECT_EQ(refused("code", "", cookie), "NOT_OUR_SIGN_IN");
  given.nonce = Argument(other->url, "nonce");
  EXPECT_EQ(refused("code", state, begun->cookie), "NOT_OUR_SIGN_IN");
}

TEST(Provider, IsAwayWhereItsDocumentIsAnothers) {
  Given given;
  given.issuer = "https://evil.example";
  EXPECT_EQ(ReasonOf(given.provider.Begin("/").status()), "PROVIDER_AWAY");
}

}  // namespace
}  // namespace ccfa::gateway::console
