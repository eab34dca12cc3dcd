#include "services/gateway/console/visitor.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/identity/base64url.h"

namespace ccfa::gateway::console {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 27, 12), absl::UTCTimeZone());

std::string TokenOf(const nlohmann::json& claims) {
  const nlohmann::json header = {{"alg", "EdDSA"}, {"kid", "1"}};
  return absl::StrCat(identity::ToBase64Url(header.dump()), ".",
                      identity::ToBase64Url(claims.dump()), ".", identity::ToBase64Url("sig"));
}

std::string TokenUntil(absl::Time until, const char* role) {
  return TokenOf({{"sub", "lee"},
                  {"roles", {role}},
                  {"councils", {"E08900001"}},
                  {"exp", absl::ToUnixSeconds(until)}});
}

Visitor With(const std::string& cookie, bool tls = false) {
  http::Request request;
  request.headers.Add("Cookie", cookie);
  return VisitorOf(request, tls, kNow);
}

TEST(Visitor, IsWhoeverTheCookiesTokenSays) {
  const Visitor visitor = With(absl::StrCat(
      "a=b; ccfa_session=", TokenUntil(kNow + absl::Hours(1), "coordinator"), "; c=d"));
  ASSERT_TRUE(visitor.signed_in());
  EXPECT_EQ(visitor.who.id, "lee");
  EXPECT_TRUE(visitor.May("ccfa.intake.v1.IntakeService", "AcceptCall"));
  EXPECT_FALSE(visitor.May("ccfa.scrutiny.v1.ScrutinyService", "DecideReferral"));
  EXPECT_FALSE(visitor.May("ccfa.intake.v1.IntakeService", "NoSuchThing"));
}

TEST(Visitor, IsSignedOutWithATokenThatIsOverOrNone) {
  EXPECT_FALSE(With(absl::StrCat("ccfa_session=", TokenUntil(kNow, "coordinator"))).signed_in());
  for (const char* cookie : {"", "ccfa_session=", "ccfa_session=a.b.c", "ccfa_session=....", "x"})
    EXPECT_FALSE(With(cookie).signed_in()) << cookie;
  const std::string no_end =
      TokenOf({{"sub", "lee"}, {"roles", {"coordinator"}}, {"councils", {"*"}}});
  EXPECT_FALSE(With("ccfa_session=" + no_end).signed_in());
}

// With TLS only the cookie counts that no other host, and nobody without TLS, can have set.
TEST(Visitor, WithTlsIsNobodyByAPlainCookie) {
  const std::string token = TokenUntil(kNow + absl::Hours(1), "coordinator");
  EXPECT_FALSE(With("ccfa_session=" + token, /*tls=*/true).signed_in());
  EXPECT_TRUE(With("__Host-ccfa_session=" + token, /*tls=*/true).signed_in());
  EXPECT_NE(SetSession(token, true, absl::Hours(1)).find("; Secure"), std::string::npos);
}

TEST(Visitor, AnAdministratorOfOneCouncilSeesNoAccounts) {
  const std::string token = TokenUntil(kNow + absl::Hours(1), "administrator");
  EXPECT_FALSE(
      With("ccfa_session=" + token).May("ccfa.identity.v1.IdentityService", "ListAccounts"));
}

TEST(Proof, IsOfItsOwnSecretAlone) {
  EXPECT_TRUE(IsProofOf(ProofOf("one"), "one"));
  EXPECT_FALSE(IsProofOf(ProofOf("one"), "other"));
  EXPECT_FALSE(IsProofOf("", ""));
  EXPECT_FALSE(IsProofOf(ProofOf(""), ""));
}

}  // namespace
}  // namespace ccfa::gateway::console
