#include "common/host/flags.h"

#include <CLI/CLI.hpp>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/refusal.h"

namespace ccfa::host {
namespace {

constexpr int kMostPartitions = 1000;

absl::Status AddSetting(absl::string_view flag, const std::string& setting,
                        journal::KafkaSettings& settings) {
  std::pair<std::string, std::string> parts = absl::StrSplit(setting, absl::MaxSplits('=', 1));
  if (parts.first.empty() || parts.first.size() == setting.size()) {
    // It may be a secret: not repeated.
    return InvalidField(flag, "expected NAME=VALUE, as security.protocol=ssl");
  }
  settings[parts.first] = parts.second;
  return absl::OkStatus();
}

void AddIdentity(CLI::App& app, IdentityFlags& flags) {
  app.add_option(
         "--identity", flags.mode,
         "Who is believed: tokens of local accounts, here or at the process accounts=HOST:PORT, or "
         "signed with a key of jwks=FILE or of the OpenID Connect provider oidc=https://ISSUER; or "
         "trusted: whoever connects, in what `ccfa-actor` says. When left out: accounts, and with "
         "--kafka trusted")
      ->envname("CCFA_IDENTITY");
  app.add_option("--identity-issuer", flags.issuer, "Who makes the tokens: their claim iss")
      ->envname("CCFA_IDENTITY_ISSUER")
      ->capture_default_str();
  app.add_option("--identity-audience", flags.audience, "Whom they are for: their claim aud")
      ->envname("CCFA_IDENTITY_AUDIENCE")
      ->capture_default_str();
  app.add_option("--identity-claims", flags.claims,
                 "NAME=CLAIM a line, where the issuer calls id, roles, councils, wards or agency "
                 "something else")
      ->envname("CCFA_IDENTITY_CLAIMS");
  app.add_option("--identity-denied", flags.denied,
                 "Tokens that count no more, a jti a line; replaced, it counts at once")
      ->envname("CCFA_IDENTITY_DENIED");
  app.add_option("--identity-ca", flags.ca,
                 "The authority of the provider's certificate (PEM); the machine's when left out")
      ->envname("CCFA_IDENTITY_CA");
  app.add_option("--identity-skew", flags.skew_s, "Seconds the issuer's clock may be off")
      ->envname("CCFA_IDENTITY_SKEW")
      ->check(CLI::Range(0, 240))
      ->capture_default_str();
}

void AddFront(CLI::App& app, FrontFlags& flags) {
  CLI::Option* http =
      app.add_option("--http", flags.http,
                     "HOST:PORT of the HTTP server, as 127.0.0.1:8080: the console, "
                     "REST and Open311; none when left out")
          ->envname("CCFA_HTTP");
  app.add_option(
         "--requests-a-second", flags.requests_a_second,
         "How often each token may ask there, and each address without one; an address with "
         "tokens, 20 times as often; 0: as often as they like")
      ->envname("CCFA_REQUESTS_A_SECOND")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
      ->needs(http);
  CLI::Option* webhooks =
      app.add_option("--webhooks", flags.webhooks,
                     "File of receivers that are told by HTTP POST what happens in a council")
          ->envname("CCFA_WEBHOOKS")
          ->needs(http);
  app.add_option("--webhooks-state", flags.webhooks_state,
                 "Folder that keeps how far each receiver has come; FILE.state when left out")
      ->envname("CCFA_WEBHOOKS_STATE")
      ->needs(webhooks);
  CLI::Option* tiles =
      app.add_option("--map-tiles", flags.map_tiles,
                     "Pictures under the console's maps, as https://tiles.example/{z}/{x}/{y}.png; "
                     "none when left out, and nobody else is told who looks where")
          ->envname("CCFA_MAP_TILES")
          ->needs(http);
  app.add_option("--map-attribution", flags.map_attribution, "Whom these are owed to")
      ->envname("CCFA_MAP_ATTRIBUTION")
      ->needs(tiles);
  CLI::Option* public_url =
      app.add_option("--public-url", flags.public_url,
                     "Where browsers reach it, as https://calls.example: people sign in at the "
                     "provider of --identity oidc=ISSUER then")
          ->envname("CCFA_PUBLIC_URL")
          ->needs(http);
  app.add_option("--sign-in-secret-file", flags.sign_in_secret_file,
                 "File of its secret at that provider, where --identity-audience is its name")
      ->envname("CCFA_SIGN_IN_SECRET_FILE")
      ->needs(public_url);
}

}  // namespace

Flags ParseFlags(int argc, char** argv, const std::string& name, const std::string& what_it_is,
                 FlagsOf program, std::optional<int>& exit_code) {
  Flags flags;
  CLI::App app(name + ": " + what_it_is);
  app.add_option("--data", flags.data,
                 "Folder of the journals and tables; made when it is not there")
      ->envname("CCFA_DATA")
      ->required();
  app.add_option("--listen", flags.listen,
                 "HOST:PORT of the gRPC server; loopback only without TLS, port 0 takes a free one")
      ->envname("CCFA_LISTEN")
      ->capture_default_str();
  if (program.has_front) AddFront(app, flags.front);
  app.add_option("--metrics", flags.metrics,
                 "HOST:PORT of the Prometheus endpoint /metrics; none when left out")
      ->envname("CCFA_METRICS");
  app.add_option("--bank-holidays", flags.bank_holidays,
                 "Bank holidays in gov.uk's JSON; without it only weekends are off")
      ->envname("CCFA_BANK_HOLIDAYS");
  app.add_option("--nation", flags.nation, "Division of the bank holidays")
      ->envname("CCFA_NATION")
      ->check(CLI::IsMember({"england-and-wales", "scotland", "northern-ireland"}))
      ->capture_default_str();
  app.add_option("--config", flags.config,
                 "A council's rules (`ccfactl config defaults` prints such a file); repeatable")
      ->envname("CCFA_CONFIG")
      ->delimiter(',');
  app.add_option("--kafka", flags.kafka,
                 "HOST:PORT,... of Apache Kafka, which keeps the journals; several such processes "
                 "share the work and stand in for each other")
      ->envname("CCFA_KAFKA")
      ->required(program.needs_kafka);
  app.add_option("--kafka-setting", flags.kafka_settings,
                 "NAME=VALUE of librdkafka, such as security.protocol=ssl; repeatable");
  app.add_option("--kafka-settings-file", flags.kafka_settings_file,
                 "The same from a file, one a line: for what must not stand on a command line")
      ->envname("CCFA_KAFKA_SETTINGS_FILE");
  app.add_option("--address", flags.address,
                 "HOST:PORT at which the others find this process; that of --listen when left out. "
                 "The certificate must name the host")
      ->envname("CCFA_ADDRESS");
  app.add_option("--replication", flags.replication,
                 "Replicas a topic has: those that are made get it, those that are there must")
      ->envname("CCFA_REPLICATION")
      ->check(CLI::Range(1, 15))
      ->capture_default_str();
  app.add_option("--partitions", flags.partitions,
                 "Partitions of every topic, for ever; where topics are there already, as many as "
                 "they have, otherwise 12 on Kafka and 1 without")
      ->envname("CCFA_PARTITIONS")
      ->check(CLI::Range(1, kMostPartitions));
  app.add_option("--share", flags.share,
                 "I/N: of N processes of this kind this is number I, and takes its part of the "
                 "partitions first; the others' only when nobody has them")
      ->envname("CCFA_SHARE")
      ->capture_default_str();
  app.add_option("--tls-cert", flags.tls.cert,
                 "Certificate chain of this process (PEM); with the next two, every caller needs "
                 "a certificate of the same authority, unless tokens say who asks")
      ->envname("CCFA_TLS_CERT");
  app.add_option("--tls-key", flags.tls.key, "Its private key (PEM)")->envname("CCFA_TLS_KEY");
  app.add_option("--tls-ca", flags.tls.ca, "The authority of every process and caller (PEM)")
      ->envname("CCFA_TLS_CA");
  AddIdentity(app, flags.identity);
  app.add_option("--master-key", flags.master_key,
                 "File of the master key that people's keys are wrapped by, for its owner only: 64 "
                 "hexadecimal digits, old ones on lines below; or CCFA_MASTER_KEY, the key itself. "
                 "Without it no personal data is taken")
      ->envname("CCFA_MASTER_KEY_FILE");
  app.add_option("--keys", flags.keys,
                 "Folder of people's keys, backed up apart from the data; DATA/keys when left out")
      ->envname("CCFA_KEYS");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : 2;
  }
  // Accounts are one process's, and on Kafka there are many.
  if (flags.identity.mode.empty())
    flags.identity.mode = flags.kafka.empty() ? "accounts" : "trusted";
  return flags;
}

absl::StatusOr<journal::KafkaSettings> KafkaSettingsOf(const Flags& flags) {
  journal::KafkaSettings settings;
  if (!flags.kafka_settings_file.empty()) {
    std::ifstream file(flags.kafka_settings_file);
    if (!file) {
      return absl::NotFoundError(
          absl::StrCat("--kafka-settings-file: cannot read ", flags.kafka_settings_file));
    }
    for (std::string line; std::getline(file, line);) {
      absl::StripAsciiWhitespace(&line);
      if (line.empty() || line[0] == '#') continue;
      absl::Status added = AddSetting("--kafka-settings-file", line, settings);
      if (!added.ok()) return added;
    }
  }
  for (const std::string& setting : flags.kafka_settings) {
    absl::Status added = AddSetting("--kafka-setting", setting, settings);
    if (!added.ok()) return added;
  }
  settings["bootstrap.servers"] = flags.kafka;
  return settings;
}

absl::StatusOr<Share> ShareOf(const Flags& flags) {
  Share share;
  std::pair<std::string, std::string> parts = absl::StrSplit(flags.share, absl::MaxSplits('/', 1));
  if (!absl::SimpleAtoi(parts.first, &share.number) || !absl::SimpleAtoi(parts.second, &share.of) ||
      share.number < 1 || share.of < share.number) {
    return InvalidField("--share", absl::StrCat("expected I/N, as 1/3, got \"", flags.share, "\""));
  }
  return share;
}

}  // namespace ccfa::host
