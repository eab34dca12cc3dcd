#include "common/identity/accounts.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/identity/account_file.h"
#include "common/identity/file_keys.h"
#include "common/identity/totp.h"
#include "common/identity/verifier.h"

namespace ccfa::identity {
namespace {

constexpr char kPassword[] = "a long enough one";
const Actor kRoot{"administrator", "root", ""}, kLee{"coordinator", "lee", ""};

class AccountsTest : public ::testing::Test {
 protected:
  AccountsTest() { Start(); }
  ~AccountsTest() override { std::filesystem::remove_all(folder); }

  /// As a process does, on what is there.
  void Start() {
    verifier.reset();
    accounts = *Accounts::Open(folder, "ccfa", "ccfa", time);
    keys = *FileKeys::Open(Accounts::KeysIn(folder));
    denied = std::make_unique<DenyList>(Accounts::DeniedIn(folder));
    verifier = std::make_unique<Verifier>(
        Expected{.issuer = "ccfa", .audience = "ccfa", .names = {}}, *keys, *denied, time);
  }

  void Create(const std::string& id) {
    v1::Account account;
    account.set_name("accounts/" + id);
    account.add_roles("coordinator");
    account.add_councils("E08900001");
    ASSERT_TRUE(accounts->Create(kRoot, account, kPassword).ok());
  }

  absl::StatusOr<std::string> SignIn(const std::string& id, const std::string& password,
                                     const std::string& code = "") {
    v1::SignInRequest request;
    request.set_name("accounts/" + id);
    request.set_password(password);
    request.set_code(code);
    absl::StatusOr<v1::SignInResponse> response = accounts->SignIn(request);
    if (!response.ok()) return response.status();
    return response->token();
  }
  std::string OutcomeOf(const std::string& id, const std::string& password,
                        const std::string& code = "") {
    absl::StatusOr<std::string> token = SignIn(id, password, code);
    return token.ok() ? "signed in" : ReasonOf(token.status());
  }
  std::string OutcomeOf(const std::string& token) {
    absl::Status verified = verifier->Verify(token).status();
    return verified.ok() ? "taken" : ReasonOf(verified);
  }

  const std::string folder = ::testing::TempDir() + "accounts-" + RandomHex(8);
  ManualTime time{absl::FromUnixSeconds(1'790'000'000)};
  std::unique_ptr<Accounts> accounts;
  std::unique_ptr<FileKeys> keys;
  std::unique_ptr<DenyList> denied;
  std::unique_ptr<Verifier> verifier;
};

// F70
TEST_F(AccountsTest, ATokenSaysWhatItsAccountMay) {
  Create("lee");
  absl::StatusOr<std::string> token = SignIn("lee", kPassword);
  ASSERT_TRUE(token.ok()) << token.status();
  auto caller = verifier->Verify(*token);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ((*caller)->id, "lee");
  EXPECT_THAT((*caller)->roles, ::testing::ElementsAre("coordinator"));
  EXPECT_THAT((*caller)->councils, ::testing::ElementsAre("E08900001"));
  time.Advance(Accounts::kTokenLife + absl::Minutes(2));
  EXPECT_EQ(OutcomeOf(*token), "TOKEN_EXPIRED");
}

TEST_F(AccountsTest, WhateverIsWrongTheAnswerIsTheSame) {
  Create("lee");
  EXPECT_EQ(OutcomeOf("lee", "wrong"), "SIGN_IN_REFUSED");
  EXPECT_EQ(OutcomeOf("lee", ""), "SIGN_IN_REFUSED");
  EXPECT_EQ(OutcomeOf("nobody", kPassword), "SIGN_IN_REFUSED");
  EXPECT_EQ(SignIn("lee", "wrong").status(), SignIn("nobody", kPassword).status());
}

// F70
TEST_F(AccountsTest, WrongTriesLockAnAccountForAWhile) {
  Create("lee");
  for (int i = 0; i < Accounts::kMostWrongTries; ++i)
    EXPECT_EQ(OutcomeOf("lee", "wrong"), "SIGN_IN_REFUSED");
  EXPECT_EQ(OutcomeOf("lee", kPassword), "SIGN_IN_REFUSED");
  Start();  // a restart does not open it
  EXPECT_EQ(OutcomeOf("lee", kPassword), "SIGN_IN_REFUSED");
  time.Advance(Accounts::kLocked);
  EXPECT_EQ(OutcomeOf("lee", kPassword), "signed in");
}

// F70
TEST_F(AccountsTest, ACodeIsWantedOnceEnrolledAndCountsOnce) {
  Create("lee");
  v1::EnrolTotpRequest enrol;
  enrol.set_password("wrong");
  EXPECT_EQ(ReasonOf(accounts->EnrolTotp(kLee, enrol).status()), "SIGN_IN_REFUSED");
  enrol.set_password(kPassword);
  ASSERT_TRUE(accounts->EnrolTotp(kLee, enrol).ok());
  EXPECT_TRUE(accounts->List().accounts(0).has_totp());
  std::ifstream file(folder + "/accounts.binpb", std::ios::binary);
  v1::Store store;
  ASSERT_TRUE(store.ParseFromIstream(&file));
  const std::string code = TotpCode(store.accounts(0).totp_secret(), TotpStep(time.Now()));
  EXPECT_EQ(OutcomeOf("lee", kPassword), "SIGN_IN_REFUSED");
  EXPECT_EQ(OutcomeOf("lee", kPassword, code), "signed in");
  EXPECT_EQ(OutcomeOf("lee", kPassword, code), "SIGN_IN_REFUSED");
  Start();
  EXPECT_EQ(OutcomeOf("lee", kPassword, code), "SIGN_IN_REFUSED");
  ASSERT_TRUE(accounts->ResetTotp(kRoot, "accounts/lee").ok());
  EXPECT_EQ(OutcomeOf("lee", kPassword), "signed in");
}

// F70
TEST_F(AccountsTest, WhoIsDisabledIsOutAtOnce) {
  Create("lee");
  const std::string token = *SignIn("lee", kPassword);
  ASSERT_TRUE(accounts->SetDisabled(kRoot, "accounts/lee", true).ok());
  Start();  // a verifier looks at the file once a second: a new one at once
  EXPECT_EQ(OutcomeOf(token), "TOKEN_REVOKED");
  EXPECT_EQ(OutcomeOf("lee", kPassword), "SIGN_IN_REFUSED");
  ASSERT_TRUE(accounts->SetDisabled(kRoot, "accounts/lee", false).ok());
  EXPECT_EQ(OutcomeOf(*SignIn("lee", kPassword)), "taken");
  EXPECT_EQ(OutcomeOf(token), "TOKEN_REVOKED");
}

// F70
TEST_F(AccountsTest, ATokenThatWasSignedOutIsRefusedWhenItIsSentAgainAndOthersAreNot) {
  Create("lee");
  const std::string token = *SignIn("lee", kPassword), other = *SignIn("lee", kPassword);
  v1::SignOutRequest request;
  request.set_token(token);
  ASSERT_TRUE(accounts->SignOut(request).ok());
  ASSERT_TRUE(accounts->SignOut(request).ok());
  Start();
  EXPECT_EQ(OutcomeOf(token), "TOKEN_REVOKED");
  EXPECT_EQ(OutcomeOf(other), "taken");
  request.set_token("no token");
  EXPECT_EQ(ReasonOf(accounts->SignOut(request).status()), "TOKEN_MALFORMED");
}

// F70
TEST_F(AccountsTest, WhoVerifiesElsewhereIsToldTheKeysAndWhatWasRevoked) {
  Create("lee");
  const std::string token = *SignIn("lee", kPassword);
  const auto elsewhere = [&] {
    absl::StatusOr<v1::Trust> trust = accounts->GetTrust();
    EXPECT_TRUE(ReplaceFile(folder + "/their-keys", trust->keys()).ok());
    EXPECT_TRUE(ReplaceFile(folder + "/their-denied", trust->denied()).ok());
    std::unique_ptr<FileKeys> their_keys = FileKeys::Await(folder + "/their-keys");
    DenyList their_denied(folder + "/their-denied");
    Verifier there(Expected{.issuer = "ccfa", .audience = "ccfa", .names = {}}, *their_keys,
                   their_denied, time);
    absl::Status verified = there.Verify(token).status();
    return verified.ok() ? "taken" : ReasonOf(verified);
  };
  EXPECT_EQ(elsewhere(), "taken");
  ASSERT_TRUE(accounts->SetDisabled(kRoot, "accounts/lee", true).ok());
  EXPECT_EQ(elsewhere(), "TOKEN_REVOKED");
}

// F70
TEST_F(AccountsTest, AReplacedKeyVerifiesUntilItsLastTokenHasExpired) {
  Create("lee");
  const std::string old = *SignIn("lee", kPassword);
  ASSERT_TRUE(accounts->RotateKeys(kRoot).ok());
  EXPECT_EQ(OutcomeOf(*SignIn("lee", kPassword)), "taken");
  EXPECT_EQ(OutcomeOf(old), "taken");
  time.Advance(Accounts::kTokenLife + absl::Hours(1));
  Start();
  EXPECT_EQ(OutcomeOf(old), "TOKEN_KEY_UNKNOWN");
}

TEST_F(AccountsTest, TheFirstAdministratorNeedsTheSecretAndThereIsOnlyOneFirst) {
  std::string secret;
  std::ifstream(Accounts::SecretIn(folder)) >> secret;
  v1::BootstrapRequest request;
  request.set_name("accounts/root");
  request.set_password(kPassword);
  EXPECT_EQ(ReasonOf(accounts->Bootstrap(request).status()), "BOOTSTRAP_REFUSED");
  request.set_secret(secret);
  absl::StatusOr<v1::Account> first = accounts->Bootstrap(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->councils(0), "*");
  EXPECT_FALSE(std::filesystem::exists(Accounts::SecretIn(folder)));
  EXPECT_EQ(ReasonOf(accounts->Bootstrap(request).status()), "BOOTSTRAP_OVER");
}

TEST_F(AccountsTest, TheLastAdministratorStays) {
  v1::Account root;
  root.set_name("accounts/root");
  root.add_roles("administrator");
  root.add_councils("*");
  ASSERT_TRUE(accounts->Create(kRoot, root, kPassword).ok());
  EXPECT_EQ(ReasonOf(accounts->SetDisabled(kRoot, "accounts/root", true).status()),
            "LAST_ADMINISTRATOR");
  v1::Account less = root;
  less.set_councils(0, "E08900001");
  EXPECT_EQ(ReasonOf(accounts->SetRoles(kRoot, less).status()), "LAST_ADMINISTRATOR");
  EXPECT_EQ(accounts->List().accounts(0).councils(0), "*");
  root.set_name("accounts/other");
  ASSERT_TRUE(accounts->Create(kRoot, root, kPassword).ok());
  EXPECT_TRUE(accounts->SetRoles(kRoot, less).ok());
}

TEST_F(AccountsTest, RefusesAccountsThatCannotBe) {
  const auto create = [&](const std::string& name, const std::string& role,
                          const std::string& password) {
    v1::Account account;
    account.set_name(name);
    if (!role.empty()) account.add_roles(role);
    absl::StatusOr<v1::Account> created = accounts->Create(kRoot, account, password);
    return created.ok() ? "created" : FieldOf(created.status());
  };
  EXPECT_EQ(create("lee", "coordinator", kPassword), "account.name");
  EXPECT_EQ(create("accounts/lee", "", kPassword), "account.roles");
  EXPECT_EQ(create("accounts/lee", "king", kPassword), "account.roles");
  EXPECT_EQ(create("accounts/lee", "officer", kPassword), "account.roles");
  EXPECT_EQ(create("accounts/lee", "coordinator", "short"), "password");
  EXPECT_EQ(create("accounts/lee", "coordinator", kPassword), "created");
  EXPECT_EQ(create("accounts/lee", "coordinator", kPassword), "account.name");
}

/// "ACT_ROLES_SET accounts/lee in councils/E1 by administrator:root", one for each that is noted.
class NotedAccountsTest : public AccountsTest {
 protected:
  NotedAccountsTest() {
    accounts->NoteActsBy([this](const Actor& who, const record::v1::ActRecorded& act) {
      if (!failure.ok()) return failure;
      noted.push_back(absl::StrCat(record::v1::Act_Name(act.act()), " ", act.on(), " in ",
                                   act.name(), " by ", who.ToString()));
      reasons.push_back(act.reason());
      return absl::OkStatus();
    });
  }
  std::vector<std::string> noted, reasons;
  absl::Status failure;
};

// F70
TEST_F(NotedAccountsTest, WhatIsDoneToAnAccountIsNotedInEachCouncilThatItIsOrWasFor) {
  Create("lee");
  v1::Account lee = accounts->List().accounts(0);
  lee.set_councils(0, "E08900002");
  ASSERT_TRUE(accounts->SetRoles(kRoot, lee).ok());
  lee.set_councils(0, "*");
  ASSERT_TRUE(accounts->SetRoles(kRoot, lee).ok());
  v1::SetPasswordRequest reset;
  reset.set_name("accounts/lee");
  reset.set_password("another long one");
  ASSERT_TRUE(accounts->SetPassword(kRoot, reset).ok());
  ASSERT_TRUE(accounts->SetDisabled(kRoot, "accounts/lee", true).ok());
  ASSERT_TRUE(accounts->SetDisabled(kRoot, "accounts/lee", false).ok());
  ASSERT_TRUE(accounts->ResetTotp(kRoot, "accounts/lee").ok());
  EXPECT_THAT(noted,
              ::testing::ElementsAre(
                  "ACT_ACCOUNT_CREATED accounts/lee in councils/E08900001 by administrator:root",
                  "ACT_ROLES_SET accounts/lee in councils/E08900001 by administrator:root",
                  "ACT_ROLES_SET accounts/lee in councils/E08900002 by administrator:root",
                  "ACT_ROLES_SET accounts/lee in councils/- by administrator:root",
                  "ACT_ROLES_SET accounts/lee in councils/E08900002 by administrator:root",
                  "ACT_PASSWORD_RESET accounts/lee in councils/- by administrator:root",
                  "ACT_ACCOUNT_DISABLED accounts/lee in councils/- by administrator:root",
                  "ACT_ACCOUNT_ENABLED accounts/lee in councils/- by administrator:root",
                  "ACT_TOTP_RESET accounts/lee in councils/- by administrator:root"));
  EXPECT_EQ(reasons[0], "coordinator of E08900001");
  EXPECT_EQ(reasons[1], "coordinator of E08900002");
}

TEST_F(NotedAccountsTest, WhatPeopleDoToTheirOwnAndWrongTriesAreNotedToo) {
  Create("lee");
  noted.clear();
  v1::ChangePasswordRequest change;
  change.set_password(kPassword);
  change.set_new_password("another long one");
  ASSERT_TRUE(accounts->ChangePassword(kLee, change).ok());
  v1::EnrolTotpRequest enrol;
  enrol.set_password("another long one");
  ASSERT_TRUE(accounts->EnrolTotp(kLee, enrol).ok());
  for (int i = 0; i < Accounts::kMostWrongTries; ++i) OutcomeOf("lee", "wrong");
  EXPECT_THAT(noted,
              ::testing::ElementsAre(
                  "ACT_PASSWORD_CHANGED accounts/lee in councils/E08900001 by coordinator:lee",
                  "ACT_TOTP_ENROLLED accounts/lee in councils/E08900001 by coordinator:lee",
                  "ACT_ACCOUNT_LOCKED accounts/lee in councils/E08900001 by system:sign-in"));
}

TEST_F(NotedAccountsTest, TheFirstAdministratorAndEachNewKeyAreNoted) {
  v1::BootstrapRequest request;
  std::ifstream(Accounts::SecretIn(folder)) >> *request.mutable_secret();
  request.set_name("accounts/root");
  request.set_password(kPassword);
  ASSERT_TRUE(accounts->Bootstrap(request).ok());
  const std::string key = *accounts->RotateKeys(kRoot);
  time.Advance(Accounts::kKeyLife + absl::Hours(1));
  EXPECT_EQ(OutcomeOf("root", kPassword), "signed in");
  ASSERT_EQ(noted.size(), 3u);
  EXPECT_EQ(noted[0], "ACT_BOOTSTRAPPED accounts/root in councils/- by administrator:root");
  EXPECT_EQ(noted[1], absl::StrCat("ACT_SIGNING_KEY_ROTATED keys/", key,
                                   " in councils/- by administrator:root"));
  EXPECT_THAT(noted[2], ::testing::MatchesRegex(
                            "ACT_SIGNING_KEY_ROTATED keys/.* in councils/- by system:sign-in"));
}

// F70
TEST_F(NotedAccountsTest, WhatCannotBeNotedIsNotDoneButALockHolds) {
  Create("lee");
  const std::string token = *SignIn("lee", kPassword);
  failure = absl::UnavailableError("the disk is gone");
  v1::Account lee = accounts->List().accounts(0);
  lee.add_councils("*");
  EXPECT_EQ(accounts->SetRoles(kRoot, lee).status(), failure);
  EXPECT_EQ(accounts->SetDisabled(kRoot, "accounts/lee", true).status(), failure);
  EXPECT_EQ(accounts->RotateKeys(kRoot).status(), failure);
  lee.set_name("accounts/eve");
  EXPECT_EQ(accounts->Create(kRoot, lee, kPassword).status(), failure);
  EXPECT_EQ(accounts->List().accounts_size(), 1);
  EXPECT_EQ(accounts->List().accounts(0).councils_size(), 1);
  Start();
  EXPECT_EQ(OutcomeOf(token), "taken");
  accounts->NoteActsBy([this](const Actor&, const record::v1::ActRecorded&) { return failure; });
  for (int i = 0; i < Accounts::kMostWrongTries; ++i) OutcomeOf("lee", "wrong");
  EXPECT_EQ(OutcomeOf("lee", kPassword), "SIGN_IN_REFUSED");
}

TEST_F(AccountsTest, OthersReadNothingOfIt) {
  Create("lee");
  struct stat found {};
  ASSERT_EQ(stat(folder.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    ASSERT_EQ(stat(file.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0077, 0u) << file;
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    EXPECT_EQ(text.str().find(kPassword), std::string::npos) << file;
  }
}

}  // namespace
}  // namespace ccfa::identity
