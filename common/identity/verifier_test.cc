#include "common/identity/verifier.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/identity/file_keys.h"
#include "common/identity/given.h"

namespace ccfa::identity {
namespace {

using given::Json;
using given::Jwks;
using given::Signer;

constexpr int64_t kNow_s = 1'790'000'000;

class FixedKeys final : public KeySource {
 public:
  explicit FixedKeys(const std::vector<Json>& keys) { Set(keys); }
  void Set(const std::vector<Json>& keys) {
    keys_ = std::make_shared<const KeySet>(*ParseKeySet(Jwks(keys)));
  }
  std::shared_ptr<const KeySet> Keys() override { return keys_; }
  void Miss() override { ++missed; }
  int missed = 0;

 private:
  std::shared_ptr<const KeySet> keys_;
};

Json GoodClaims() {
  return {{"iss", "the-council"}, {"aud", "ccfa"},
          {"sub", "lee"},         {"exp", kNow_s + 600},
          {"iat", kNow_s},        {"roles", {"coordinator"}},
          {"jti", "token-1"},     {"councils", {"E08900001"}}};
}

Json With(Json claims, const char* name, const Json& value) {
  claims[name] = value;
  return claims;
}

Json Without(Json claims, const char* name) {
  claims.erase(name);
  return claims;
}

class VerifierTest : public ::testing::Test {
 protected:
  std::string ReasonFor(const std::string& token) {
    absl::StatusOr<std::shared_ptr<const Caller>> caller = verifier.Verify(token);
    if (caller.ok()) return "taken";
    EXPECT_EQ(caller.status().code(), absl::StatusCode::kUnauthenticated);
    // Nothing of a token is repeated to whoever sent it.
    EXPECT_FALSE(token.size() > 10 && caller.status().ToString().find(token) != std::string::npos);
    return ReasonOf(caller.status());
  }

  const Signer ed{"ed", "EdDSA"}, ec{"ec", "ES256"}, rsa{"rsa", "RS256"};
  ManualTime time{absl::FromUnixSeconds(kNow_s)};
  FixedKeys keys{std::vector{ed.Jwk(), ec.Jwk(), rsa.Jwk()}};
  DenyList denied{""};
  Verifier verifier{{.issuer = "the-council", .audience = "ccfa", .names = {}}, keys, denied, time};
};

// F70
TEST_F(VerifierTest, TakesTokensOfEachAlgorithm) {
  for (const Signer* signer : {&ed, &ec, &rsa}) {
    auto caller = verifier.Verify(signer->Sign(GoodClaims()));
    ASSERT_TRUE(caller.ok()) << caller.status();
    EXPECT_EQ((*caller)->id, "lee");
    EXPECT_THAT((*caller)->roles, ::testing::ElementsAre("coordinator"));
    EXPECT_TRUE((*caller)->IsOf("E08900001"));
    EXPECT_FALSE((*caller)->IsOf("E08900002"));
  }
}

// F70
TEST_F(VerifierTest, RefusesForgedTokens) {
  for (const Signer* signer : {&ed, &ec, &rsa}) {
    std::string token = signer->Sign(GoodClaims());
    // Another's signature over the same words, and the same signature over other words.
    const Signer stranger(signer->Jwk()["kid"], signer->Jwk()["alg"]);
    EXPECT_EQ(ReasonFor(stranger.Sign(GoodClaims())), "TOKEN_FORGED");
    const std::string other = signer->Sign(With(GoodClaims(), "sub", "eve"));
    token = other.substr(0, other.rfind('.')) + token.substr(token.rfind('.'));
    EXPECT_EQ(ReasonFor(token), "TOKEN_FORGED");
  }
}

// F70
TEST_F(VerifierTest, TheAlgorithmIsTheKeysNeverTheTokens) {
  const std::string claims = GoodClaims().dump();
  EXPECT_EQ(ReasonFor(ed.SignAs({{"alg", "none"}, {"kid", "ed"}}, claims)), "TOKEN_ALGORITHM");
  // What is public of a key, taken for the secret of an HMAC.
  for (const auto& [signer, member] : {std::pair(&rsa, "n"), std::pair(&ed, "x")}) {
    const Json jwk = signer->Jwk();
    const std::string signed_else = signer->SignAs({{"alg", "HS256"}, {"kid", jwk["kid"]}}, claims);
    const std::string text = signed_else.substr(0, signed_else.rfind('.'));
    const std::string key = *FromBase64Url(jwk[member].get<std::string>());
    EXPECT_EQ(ReasonFor(absl::StrCat(text, ".", ToBase64Url(given::Hmac(key, text)))),
              "TOKEN_ALGORITHM");
  }
  EXPECT_EQ(ReasonFor(ed.SignAs({{"alg", "EdDSA"}, {"kid", "rsa"}}, claims)), "TOKEN_ALGORITHM");
  // Signed by one of our own keys, under the name of another.
  EXPECT_EQ(ReasonFor(ed.SignAs({{"alg", "ES256"}, {"kid", "ec"}}, claims)), "TOKEN_FORGED");
  // No signature at all.
  const std::string token = ed.Sign(GoodClaims());
  EXPECT_EQ(ReasonFor(token.substr(0, token.rfind('.') + 1)), "TOKEN_FORGED");
}

// F70
TEST_F(VerifierTest, RefusesTokensOfAnotherIssuerAndForAnotherAudience) {
  const struct {
    Json claims;
    const char* reason;
  } kCases[] = {
      {With(GoodClaims(), "iss", "another"), "TOKEN_ISSUER"},
      {Without(GoodClaims(), "iss"), "TOKEN_ISSUER"},
      {With(GoodClaims(), "iss", 1), "TOKEN_ISSUER"},
      {With(GoodClaims(), "aud", "another"), "TOKEN_AUDIENCE"},
      {With(GoodClaims(), "aud", {"ccfa", 1}), "TOKEN_AUDIENCE"},
      {Without(GoodClaims(), "aud"), "TOKEN_AUDIENCE"},
      {With(GoodClaims(), "aud", {"another", "ccfa"}), "taken"},
  };
  for (const auto& each : kCases)
    EXPECT_EQ(ReasonFor(ed.Sign(each.claims)), each.reason) << each.claims;
}

TEST_F(VerifierTest, RefusesWhatDoesNotSayWhatItMust) {
  const struct {
    Json claims;
    const char* reason;
  } kCases[] = {
      {Without(GoodClaims(), "exp"), "TOKEN_MALFORMED"},
      {With(GoodClaims(), "exp", "1790000600"), "TOKEN_MALFORMED"},
      {With(GoodClaims(), "exp", 1790000600.5), "TOKEN_MALFORMED"},
      {With(GoodClaims(), "nbf", -1), "TOKEN_MALFORMED"},
      {With(GoodClaims(), "jti", 7), "TOKEN_MALFORMED"},
      {With(GoodClaims(), "sub", 7), "TOKEN_UNUSABLE"},
      {With(GoodClaims(), "sub", "lee@council"), "TOKEN_UNUSABLE"},
      {With(GoodClaims(), "roles", {"king"}), "TOKEN_UNUSABLE"},
      {With(GoodClaims(), "roles", {{"coordinator", true}}), "TOKEN_UNUSABLE"},
      {With(GoodClaims(), "roles", "officer"), "TOKEN_UNUSABLE"},
      {With(GoodClaims(), "councils", 7), "TOKEN_UNUSABLE"},
  };
  for (const auto& each : kCases)
    EXPECT_EQ(ReasonFor(ed.Sign(each.claims)), each.reason) << each.claims;
}

TEST_F(VerifierTest, RefusesTokensOfAnotherForm) {
  const Json header = {{"alg", "EdDSA"}, {"kid", "ed"}};
  EXPECT_EQ(ReasonFor(""), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor("a.b.c.d"), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.Sign(GoodClaims()) + "="), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.SignAs(header, "[1]")), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.SignAs(header, R"({"sub": "lee", "sub": "eve"})")), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.SignAs(header, std::string(2000, '[') + "1")), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.SignAs({{"alg", "EdDSA"}}, GoodClaims().dump())), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonFor(ed.SignAs({{"alg", "EdDSA"}, {"kid", "ed"}, {"crit", {"b64"}}}, "{}")),
            "TOKEN_CRITICAL");
}

// F70
TEST_F(VerifierTest, RefusesOversizedTokensUnread) {
  EXPECT_EQ(ReasonFor(ed.Sign(With(GoodClaims(), "note", std::string(9000, 'x')))),
            "TOKEN_OVERSIZED");
  EXPECT_EQ(ReasonFor(std::string(1 << 20, '.')), "TOKEN_OVERSIZED");
}

// F70
TEST_F(VerifierTest, AClockAMinuteOffIsAllowedAndFiveAreNot) {
  const std::string ahead = ed.Sign(With(GoodClaims(), "iat", kNow_s + 55));
  EXPECT_EQ(ReasonFor(ahead), "taken");
  EXPECT_EQ(ReasonFor(ed.Sign(With(GoodClaims(), "iat", kNow_s + 300))), "TOKEN_TOO_EARLY");
  EXPECT_EQ(ReasonFor(ed.Sign(With(GoodClaims(), "nbf", kNow_s + 300))), "TOKEN_TOO_EARLY");
  EXPECT_EQ(ReasonFor(ed.Sign(With(GoodClaims(), "exp", kNow_s - 55))), "taken");
  EXPECT_EQ(ReasonFor(ed.Sign(With(GoodClaims(), "exp", kNow_s - 300))), "TOKEN_EXPIRED");
  // What was taken once is refused when its time is over.
  time.Advance(absl::Seconds(660));
  EXPECT_EQ(ReasonFor(ahead), "TOKEN_EXPIRED");
}

// F70
TEST_F(VerifierTest, AKeyThatIsTakenAwayTakesItsTokensWithIt) {
  const std::string token = ed.Sign(GoodClaims()), other = ec.Sign(GoodClaims());
  EXPECT_EQ(ReasonFor(token), "taken");
  const Signer next("ed-2", "EdDSA");
  keys.Set({ec.Jwk(), next.Jwk()});
  EXPECT_EQ(ReasonFor(token), "TOKEN_KEY_UNKNOWN");
  EXPECT_EQ(keys.missed, 1);
  EXPECT_EQ(ReasonFor(other), "taken");
  EXPECT_EQ(ReasonFor(next.Sign(GoodClaims())), "taken");
}

class FilesTest : public ::testing::Test {
 protected:
  ~FilesTest() override { std::filesystem::remove_all(folder); }
  void Write(const char* name, const std::string& text) {
    std::ofstream(folder / "new") << text;
    std::filesystem::rename(folder / "new", folder / name);
  }
  const std::filesystem::path folder = [] {
    auto path = std::filesystem::path(::testing::TempDir()) / ("identity-" + RandomHex(8));
    std::filesystem::create_directories(path);
    return path;
  }();
};

TEST_F(FilesTest, ATokenOnTheDenyListIsRefused) {
  const Signer ed("ed", "EdDSA");
  FixedKeys keys(std::vector{ed.Jwk()});
  ManualTime time(absl::FromUnixSeconds(kNow_s));
  Write("denied", "# stolen\ntoken-1\n");
  DenyList denied(folder / "denied");
  Verifier verifier({.issuer = "the-council", .audience = "ccfa", .names = {}}, keys, denied, time);
  EXPECT_EQ(ReasonOf(verifier.Verify(ed.Sign(GoodClaims())).status()), "TOKEN_REVOKED");
  EXPECT_TRUE(verifier.Verify(ed.Sign(With(GoodClaims(), "jti", "token-2"))).ok());
}

TEST_F(FilesTest, KeysOfNoUseAreLeftOutAndABadSetIsRefused) {
  const Signer ed("ed", "EdDSA");
  const Json secret = {{"kty", "oct"}, {"kid", "hmac"}, {"k", "c2VjcmV0"}};
  Json for_sealing = Signer("seal", "ES256").Jwk();
  for_sealing["use"] = "enc";
  Write("jwks", Jwks({secret, for_sealing, ed.Jwk()}));
  auto keys = FileKeys::Open(folder / "jwks");
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_THAT(*(*keys)->Keys(), ::testing::ElementsAre(::testing::Key("ed")));
  for (const std::string& bad :
       {std::string("{}"), Jwks({}), Jwks({secret}), Jwks({ed.Jwk(), ed.Jwk()}),
        std::string(R"({"keys":[],"keys":1})")}) {
    Write("bad", bad);
    EXPECT_EQ(FileKeys::Open(folder / "bad").status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(FileKeys::Open(folder / "none").status().code(), absl::StatusCode::kNotFound);
}

TEST(KeyFromJwk, RefusesWeakAndBadKeys) {
  Json off_curve = Signer("ec", "ES256").Jwk();
  off_curve["y"] = off_curve["x"];
  EXPECT_FALSE(Key::FromJwk(off_curve).ok());
  Json short_rsa = Signer("rsa", "RS256").Jwk();
  short_rsa["n"] = short_rsa["n"].get<std::string>().substr(0, 100);
  EXPECT_FALSE(Key::FromJwk(short_rsa).ok());
  Json even = Signer("rsa", "RS256").Jwk();
  even["e"] = "Ag";
  EXPECT_FALSE(Key::FromJwk(even).ok());
  Json confused = Signer("rsa", "RS256").Jwk();
  confused["alg"] = "HS256";
  EXPECT_FALSE(Key::FromJwk(confused).ok());
  Json ed = Signer("ed", "EdDSA").Jwk();
  ed["x"] = "AAAA";
  EXPECT_FALSE(Key::FromJwk(ed).ok());
  ed.erase("kid");
  EXPECT_FALSE(Key::FromJwk(ed).ok());
}

}  // namespace
}  // namespace ccfa::identity
