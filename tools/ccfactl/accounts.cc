// Who one is, and local accounts.

#include <nlohmann/json.hpp>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ccfa/identity/v1/identity.grpc.pb.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/identity/base64url.h"
#include "common/identity/token.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/token_file.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using identity::v1::IdentityService;
using IdentityStub = IdentityService::Stub;

/// Asks the process that has the accounts; the one that answers at --server where none says so.
/// Waits while it is only getting ready.
template <class Request, class Reply>
absl::Status Ask(Session& session,
                 grpc::Status (IdentityStub::*rpc)(grpc::ClientContext*, const Request&, Reply*),
                 const Request& request, Reply& reply) {
  absl::StatusOr<std::vector<std::string>> addresses = session.cluster().WithAccounts();
  if (!addresses.ok()) return addresses.status();
  // The first administrator comes over the loopback, not by the address that others know.
  if (std::is_same_v<Request, identity::v1::BootstrapRequest>)
    *addresses = {session.cluster().Address("")};
  absl::Status answered;
  Patience patience;
  do {
    for (const std::string& address : *addresses) {
      auto stub = IdentityService::NewStub(session.cluster().ChannelTo(address));
      grpc::ClientContext context;
      session.Prepare(context);
      answered = rpc::FromGrpc((stub.get()->*rpc)(&context, request, &reply));
      // One that was killed did not say that it has gone.
      if (!absl::IsUnavailable(answered)) break;
    }
  } while (ReasonOf(answered) == "STARTING" && patience.Wait());
  if (!absl::IsUnimplemented(answered)) return answered;
  return absl::UnimplementedError(
      "nobody signs in there: no process that is known was started with --identity accounts");
}

std::string NameOf(const std::string& id) {
  return absl::StrCat("accounts/", id);
}

/// A command about one account: `fill` completes its request, with what is read from a terminal.
template <class Request, class Reply>
CLI::App* AddVerb(CLI::App& group, Session& session, const std::string& verb,
                  const std::string& help,
                  grpc::Status (IdentityStub::*rpc)(grpc::ClientContext*, const Request&, Reply*),
                  std::function<absl::Status(Request&)> fill) {
  CLI::App* command = group.add_subcommand(verb, help);
  command->callback([&session, rpc, fill = std::move(fill)] {
    Request request;
    session.outcome = fill(request);
    if (!session.outcome.ok()) return;
    Reply reply;
    session.outcome = Ask(session, rpc, request, reply);
    if (session.outcome.ok()) session.Print(reply);
  });
  return command;
}

absl::Status ReadInto(std::string& secret, const std::string& file, const std::string& prompt) {
  absl::StatusOr<std::string> read = ReadSecret(file, prompt);
  if (read.ok()) secret = *std::move(read);
  return read.status();
}

struct Words {
  std::string id, file, new_file, secret_file, code;
  identity::v1::Account account;
};

void BindAccount(CLI::App& command, identity::v1::Account& account) {
  const auto list = [&](const char* flag, auto* field, const char* help) {
    command
        .add_option_function<std::vector<std::string>>(
            flag, [field](const auto& all) { field->Assign(all.begin(), all.end()); }, help)
        ->delimiter(',');
  };
  list("--roles", account.mutable_roles(), "councillor, coordinator, officer, ...; repeatable");
  list("--councils", account.mutable_councils(), "Codes of councils, or * for every one");
  list("--wards", account.mutable_wards(), "Codes of the wards that a councillor represents");
  command.add_option_function<std::string>(
      "--agency", [&account](const std::string& id) { account.set_agency(id); },
      "An officer's agency, by its id");
}

void BindPassword(CLI::App& command, std::string& file) {
  command.add_option("--password-file", file,
                     "Where the password stands, - for standard input; asked for at the terminal "
                     "when left out");
}

void SignIn(Session& session, const Words& words) {
  identity::v1::SignInRequest request;
  request.set_name(NameOf(words.id));
  request.set_code(words.code);
  session.outcome = ReadInto(*request.mutable_password(), words.file, "Password");
  if (!session.outcome.ok()) return;
  session.token.clear();
  identity::v1::SignInResponse response;
  session.outcome = Ask(session, &IdentityStub::SignIn, request, response);
  if (session.outcome.ok()) session.outcome = KeepToken(session.server, response.token());
  if (!session.outcome.ok()) return;
  response.clear_token();
  session.Print(response);
}

void SignOut(Session& session) {
  identity::v1::SignOutRequest request;
  request.set_token(std::move(session.token));
  session.token.clear();
  const bool had = ForgetToken(session.server);
  identity::v1::SignOutResponse response;
  if (!request.token().empty())
    session.outcome = Ask(session, &IdentityStub::SignOut, request, response);
  // Another's token: only they could end it.
  if (absl::IsUnimplemented(session.outcome)) session.outcome = absl::OkStatus();
  if (session.outcome.ok() && !session.json)
    std::cout << (had ? "signed out\n" : "there was no token\n");
}

/// What one's token says of oneself: the server may think otherwise.
void WhoAmI(const Session& session) {
  if (session.token.empty()) {
    std::cout << session.actor << (session.json ? "" : "  (no token: servers that want one refuse)")
              << "\n";
    return;
  }
  absl::StatusOr<identity::Token> token = identity::ParseToken(session.token);
  std::cout << (token.ok() ? token->claims.dump() : "a token that cannot be read") << "\n";
}

void AddOwn(CLI::App& app, Session& session, const std::shared_ptr<Words>& words) {
  CLI::App* login = app.add_subcommand("login", "Sign in at --server with a local account");
  login->add_option("--user", words->id, "The account's id; from USER")
      ->envname("USER")
      ->required();
  login->add_option("--code", words->code, "The code of now, for accounts with TOTP");
  BindPassword(*login, words->file);
  login->callback([&session, words] { SignIn(session, *words); });
  app.add_subcommand("logout", "End the token for --server, and forget it")->callback([&session] {
    SignOut(session);
  });
  app.add_subcommand("whoami", "What the token for --server says")->callback([&session] {
    WhoAmI(session);
  });
}

void AddOwnAccount(CLI::App& group, Session& session, const std::shared_ptr<Words>& words) {
  CLI::App* bootstrap = AddVerb<identity::v1::BootstrapRequest, identity::v1::Account>(
      group, session, "bootstrap", "The first administrator, with the secret in the data folder",
      &IdentityStub::Bootstrap, [words](auto& request) {
        request.set_name(NameOf(words->id));
        absl::Status read = ReadInto(*request.mutable_secret(), words->secret_file, "Secret");
        return read.ok() ? ReadInto(*request.mutable_password(), words->file, "Password") : read;
      });
  bootstrap->add_option("id", words->id, "The account's id")->required();
  bootstrap->add_option("--secret-file", words->secret_file,
                        "identity/bootstrap-secret in the process's data folder");
  BindPassword(*bootstrap, words->file);
  CLI::App* change = AddVerb<identity::v1::ChangePasswordRequest, identity::v1::Account>(
      group, session, "password", "Change one's own password", &IdentityStub::ChangePassword,
      [words](auto& request) {
        absl::Status read = ReadInto(*request.mutable_password(), words->file, "Old password");
        return read.ok()
                   ? ReadInto(*request.mutable_new_password(), words->new_file, "New password")
                   : read;
      });
  BindPassword(*change, words->file);
  change->add_option("--new-password-file", words->new_file, "The same for the new one");
  CLI::App* totp = AddVerb<identity::v1::EnrolTotpRequest, identity::v1::EnrolTotpResponse>(
      group, session, "totp", "Enrol one's own authenticator (TOTP)", &IdentityStub::EnrolTotp,
      [words](auto& request) {
        return ReadInto(*request.mutable_password(), words->file, "Password");
      });
  BindPassword(*totp, words->file);
}

/// Asks nobody: a key is the account and its password, as services/gateway/open311_key reads them.
void AddKey(CLI::App& group, Session& session, const std::shared_ptr<Words>& words) {
  CLI::App* key =
      group.add_subcommand("key", "The key by which a partner's system asks over Open311");
  key->add_option("id", words->id, "The account's id")->required();
  BindPassword(*key, words->file);
  key->callback([&session, words] {
    std::string password;
    session.outcome = IsId(words->id) ? ReadInto(password, words->file, "Its password")
                                      : InvalidField("id", "is none of an account");
    if (session.outcome.ok())
      std::cout << identity::ToBase64Url(absl::StrCat(words->id, ":", password)) << "\n";
  });
}

template <class Request>
void AddNamed(CLI::App& group, Session& session, const std::shared_ptr<Words>& words,
              const std::string& verb, const std::string& help,
              grpc::Status (IdentityStub::*rpc)(grpc::ClientContext*, const Request&,
                                                identity::v1::Account*)) {
  AddVerb<Request, identity::v1::Account>(group, session, verb, help, rpc,
                                          [words](Request& request) {
                                            request.set_name(NameOf(words->id));
                                            return absl::OkStatus();
                                          })
      ->add_option("id", words->id, "The account's id")
      ->required();
}

void AddOthers(CLI::App& group, Session& session, const std::shared_ptr<Words>& words) {
  CLI::App* add = AddVerb<identity::v1::CreateAccountRequest, identity::v1::Account>(
      group, session, "add", "Create an account", &IdentityStub::CreateAccount,
      [words](auto& request) {
        *request.mutable_account() = words->account;
        request.mutable_account()->set_name(NameOf(words->id));
        return ReadInto(*request.mutable_password(), words->file, "Their password");
      });
  add->add_option("id", words->id, "The account's id, as commands are recorded with it")
      ->required();
  BindAccount(*add, words->account);
  BindPassword(*add, words->file);
  CLI::App* roles = AddVerb<identity::v1::SetRolesRequest, identity::v1::Account>(
      group, session, "roles", "Set what somebody may; the tokens they have end",
      &IdentityStub::SetRoles, [words](auto& request) {
        *request.mutable_account() = words->account;
        request.mutable_account()->set_name(NameOf(words->id));
        return absl::OkStatus();
      });
  roles->add_option("id", words->id, "The account's id")->required();
  BindAccount(*roles, words->account);
  CLI::App* reset = AddVerb<identity::v1::SetPasswordRequest, identity::v1::Account>(
      group, session, "reset-password", "A new password for who has forgotten theirs",
      &IdentityStub::SetPassword, [words](auto& request) {
        request.set_name(NameOf(words->id));
        return ReadInto(*request.mutable_password(), words->file, "Their new password");
      });
  reset->add_option("id", words->id, "The account's id")->required();
  BindPassword(*reset, words->file);
  AddNamed(group, session, words, "disable", "Nobody signs in with it any more",
           &IdentityStub::DisableAccount);
  AddNamed(group, session, words, "enable", "They sign in again", &IdentityStub::EnableAccount);
  AddNamed(group, session, words, "reset-totp", "They sign in without codes until they enrol again",
           &IdentityStub::ResetTotp);
  AddVerb<identity::v1::RotateKeysRequest, identity::v1::RotateKeysResponse>(
      group, session, "rotate-keys", "Sign new tokens with a new key", &IdentityStub::RotateKeys,
      [](auto&) { return absl::OkStatus(); });
  group.add_subcommand("list", "Every account")->callback([&session] {
    identity::v1::ListAccountsResponse reply;
    session.outcome = Ask(session, &IdentityStub::ListAccounts, {}, reply);
    if (!session.outcome.ok()) return;
    Table table({"name", "roles", "councils", "wards", "agency", "disabled", "has_totp"});
    for (const auto& account : reply.accounts())
      session.json ? void(std::cout << ToJson(account) << "\n") : table.Add(account);
    if (!session.json) table.Print(std::cout);
  });
}

}  // namespace

void AddAccounts(CLI::App& app, Session& session) {
  auto words = std::make_shared<Words>();
  AddOwn(app, session, words);
  CLI::App* group = app.add_subcommand("accounts", "Local accounts")->require_subcommand(1);
  AddOwnAccount(*group, session, words);
  AddOthers(*group, session, words);
  AddKey(*group, session, words);
}

}  // namespace ccfa::ctl
