#include "tests/bench/identity.h"

#include <sys/wait.h>
#include <unistd.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/clock.h"
#include "common/identity/accounts.h"
#include "common/rpc/credentials.h"
#include "tests/bench/load.h"
#include "tests/bench/process.h"

namespace ccfa::bench {
namespace {

constexpr int kInFlight = 64;
constexpr char kPassword[] = "of the bench alone";

}  // namespace

bool MakeCertificate(const rpc::TlsFiles& files) {
  const pid_t child = fork();
  if (child == 0) {
    execlp("openssl", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
           "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=bench", "-addext",
           "subjectAltName=IP:127.0.0.1", "-keyout", files.key.c_str(), "-out", files.cert.c_str(),
           static_cast<char*>(nullptr));
    _exit(1);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

absl::StatusOr<std::string> IssueToken(const std::string& folder) {
  static const SystemTime time;
  auto accounts = identity::Accounts::Open(folder, "ccfa", "ccfa", time);
  if (!accounts.ok()) return accounts.status();
  identity::v1::Account account;
  account.set_name("accounts/bench");
  account.add_roles("administrator");
  account.add_councils("*");
  if (auto made = (*accounts)->Create({"administrator", "bench", ""}, account, kPassword);
      !made.ok())
    return made.status();
  identity::v1::SignInRequest request;
  request.set_name(account.name());
  request.set_password(kPassword);
  absl::StatusOr<identity::v1::SignInResponse> response = (*accounts)->SignIn(request);
  if (!response.ok()) return response.status();
  return response->token();
}

absl::StatusOr<IdentityRates> MeasureIdentity(const IdentityBench& bench) {
  const std::string issuer = bench.folder + "/issuer";
  absl::StatusOr<std::string> token = IssueToken(issuer);
  if (!token.ok()) return token.status();
  rpc::TlsFiles files{bench.folder + "/tls.crt", bench.folder + "/tls.key", ""};
  if (!MakeCertificate(files)) return absl::UnavailableError("openssl made no certificate");

  auto trusted = ServerProcess::Start({bench.server, "--data", bench.folder + "/trusted",
                                       "--listen", "127.0.0.1:0", "--identity", "trusted"});
  auto tokens = ServerProcess::Start({bench.server, "--data", bench.folder + "/tokens", "--listen",
                                      "127.0.0.1:0", "--tls-cert", files.cert, "--tls-key",
                                      files.key, "--identity",
                                      absl::StrCat("jwks=", identity::Accounts::KeysIn(issuer))});
  if (!trusted.ok()) return trusted.status();
  if (!tokens.ok()) return tokens.status();
  auto plain = grpc::CreateChannel(trusted->address(), grpc::InsecureChannelCredentials());
  auto sealed = grpc::CreateChannel(
      tokens->address(),
      grpc::CompositeChannelCredentials(rpc::ChannelCredentials({"", "", files.cert}),
                                        grpc::AccessTokenCredentials(*token)));

  const intake::v1::LogCallRequest request = SampleCall(/*imported=*/false);
  std::vector<double> rates_trusted, rates_tokens, ratios;
  for (const auto& channel : {plain, sealed}) {
    if (absl::Status ready = bench.prepare(channel); !ready.ok()) return ready;
  }
  // The first round only warms.
  for (int round = 0; round <= bench.rounds; ++round) {
    double rates[2];
    for (int i = 0; i < 2; ++i) {
      const auto& channel = i == 0 ? plain : sealed;
      auto intake = intake::v1::IntakeService::NewStub(channel);
      Seen seen = ClosedLoop(*intake, kInFlight, bench.length, request);
      if (seen.failed > 0) return absl::UnavailableError("requests were refused");
      rates[i] = seen.per_second;
      bench.settle(channel);
    }
    if (round == 0) continue;
    rates_trusted.push_back(rates[0]);
    rates_tokens.push_back(rates[1]);
    ratios.push_back(rates[1] / rates[0]);
  }
  return IdentityRates{Median(rates_trusted), Median(rates_tokens), Median(ratios)};
}

}  // namespace ccfa::bench
