// The command line client: every step of a call's road, for people and scripts.

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"
#include "common/rpc/grpc_log.h"
#include "common/rpc/server.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/token_file.h"

namespace ccfa::ctl {
namespace {

std::string FromEnvironment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

/// How it went wrong: in words on standard error, and as an object under --json.
void PrintError(const Session& session) {
  const absl::Status& status = session.outcome;
  if (!session.json) {
    std::cerr << "ccfactl: " << status.message() << " (" << ReasonOf(status) << ")\n";
    return;
  }
  nlohmann::json error = {{"code", absl::StatusCodeToString(status.code())},
                          {"reason", ReasonOf(status)},
                          {"field", FieldOf(status)},
                          {"message", std::string(status.message())}};
  std::cerr << error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

/// What a token says of its owner is not said twice. In plain text it goes to this machine alone.
void TakeToken(Session& session, bool is_role_asked_for) {
  for (absl::string_view server : absl::StrSplit(session.server, ','))
    if (!rpc::CheckReach(absl::StripAsciiWhitespace(server), session.tls).ok()) return;
  session.token = ReadToken(session.server);
  if (!session.token.empty() && !is_role_asked_for) session.actor.clear();
}

int Main(int argc, char** argv) {
  Session session;
  session.server = FromEnvironment("CCFA_SERVER", session.server);
  session.actor =
      FromEnvironment("CCFA_ACTOR", "administrator:" + FromEnvironment("USER", "local"));
  session.tls = {FromEnvironment("CCFA_TLS_CERT", ""), FromEnvironment("CCFA_TLS_KEY", ""),
                 FromEnvironment("CCFA_TLS_CA", "")};
  rpc::SilenceGrpc();
  CLI::App app("ccfactl: log, route, work and follow community calls");
  app.add_option("--server", session.server,
                 "HOST:PORT of any process; or several, of which one must answer; from CCFA_SERVER")
      ->capture_default_str();
  auto* as =
      app.add_option("--as", session.actor,
                     "Who you are, ROLE:ID or officer:ID@AGENCY; from CCFA_ACTOR; after `ccfactl "
                     "login`, in which of your roles you act")
          ->capture_default_str();
  app.add_option(
      "--as-at", session.as_at,
      "Show everything as it was at a past moment, such as 2026-11-27T10:00:00Z; only for "
      "commands that read");
  app.add_option("--tls-cert", session.tls.cert,
                 "Your certificate (PEM), for servers that want one; from CCFA_TLS_CERT");
  app.add_option("--tls-key", session.tls.key, "Its private key (PEM); from CCFA_TLS_KEY");
  app.add_option("--tls-ca", session.tls.ca,
                 "The authority of every server (PEM); from CCFA_TLS_CA");
  // Before the command runs, and after the server and who asks are known.
  app.parse_complete_callback([&session, as] { TakeToken(session, as->count() > 0); });
  app.add_flag("--json", session.json, "One JSON object a line instead of tables");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 refused, 5 try again later.");
  AddPlaces(app, session);
  AddCalls(app, session);
  AddCallers(app, session);
  AddProblems(app, session);
  AddScrutiny(app, session);
  AddReviews(app, session);
  AddCaseReviews(app, session);
  AddAnalysis(app, session);
  AddOpenData(app, session);
  AddClocks(app, session);
  AddConfig(app, session);
  AddRecord(app, session);
  AddEvents(app, session);
  AddCluster(app, session);
  AddJournal(app, session);
  AddKeys(app, session);
  AddAccounts(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::cout.flush();
  if (!session.outcome.ok()) PrintError(session);
  return ExitCodeOf(session.outcome);
}

}  // namespace
}  // namespace ccfa::ctl

int main(int argc, char** argv) {
  return ccfa::ctl::Main(argc, argv);
}
