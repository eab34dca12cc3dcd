#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/host/identity.h"
#include "common/journal/kafka_producer.h"
#include "common/rpc/tls_files.h"

namespace ccfa::host {

/// What an operator says of a process's front.
struct FrontFlags {
  /// HOST:PORT; empty: there is none.
  std::string http;
  /// How often each token may ask, and each address without one; 0: as often as it likes.
  double requests_a_second = 100;
  /// The file of who is told what happens, and the folder that keeps how far; may be empty.
  std::string webhooks, webhooks_state;
  /// Where browsers reach it, and the file of its secret at the identity provider: for a sign-in
  /// there. May be empty.
  std::string public_url, sign_in_secret_file;
  /// The URL of a tile server, under the console's maps, and whom it is owed to; may be empty.
  std::string map_tiles, map_attribution;
};

/// What an operator says of a process; each flag has an environment variable, CCFA_LISTEN for
/// --listen.
struct Flags {
  std::string data;
  std::string listen = "127.0.0.1:7400";
  std::string metrics;
  FrontFlags front;
  std::string bank_holidays;
  std::string nation = "england-and-wales";
  std::vector<std::string> config;
  std::string kafka;
  std::vector<std::string> kafka_settings;
  std::string kafka_settings_file;
  std::string address;
  int replication = 3;
  /// 0: as many as the topics have; the default where they must be made.
  int partitions = 0;
  std::string share = "1/1";
  rpc::TlsFiles tls;
  IdentityFlags identity;
  std::string master_key;
  std::string keys;
};

/// What tells a program's flags from another's.
struct FlagsOf {
  /// Without --kafka it cannot run.
  bool needs_kafka = true;
  /// It has --http.
  bool has_front = false;
};

/// The flags of a command line and the environment. Help, and what is wrong with the flags, is
/// printed; then the exit code to end with is set.
Flags ParseFlags(int argc, char** argv, const std::string& name, const std::string& what_it_is,
                 FlagsOf program, std::optional<int>& exit_code);

/// librdkafka's settings that the flags give. INVALID_ARGUMENT naming the flag.
absl::StatusOr<journal::KafkaSettings> KafkaSettingsOf(const Flags& flags);

/// "2/3": the second of three. INVALID_ARGUMENT naming the flag.
struct Share {
  int number = 1;
  int of = 1;
  bool Has(int partition) const { return partition % of == number - 1; }
};
absl::StatusOr<Share> ShareOf(const Flags& flags);

}  // namespace ccfa::host
