#include "common/host/people_keys.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/journal/kafka_keys.h"
#include "common/journal/kafka_topic.h"
#include "common/privacy/key_files.h"

namespace ccfa::host {
namespace {

absl::StatusOr<std::unique_ptr<privacy::KeyStore>> OpenOnKafka(const Flags& flags,
                                                               Host::Kafka& kafka) {
  if (!flags.keys.empty())
    return InvalidField("--keys", "with --kafka people's keys are on Kafka; leave it out");
  absl::StatusOr<absl::Duration> segment =
      journal::PrepareKeyTopic(kafka.settings, kafka.partitions, flags.replication);
  if (!segment.ok()) {
    return absl::Status(segment.status().code(),
                        absl::StrCat("--kafka: ", segment.status().message()));
  }
  absl::StatusOr<std::unique_ptr<journal::KafkaKeys>> keys =
      journal::KafkaKeys::Open({kafka.settings, kafka.partitions, *segment});
  if (!keys.ok()) return keys.status();
  kafka.followers = (*keys)->followers();
  return *std::move(keys);
}

}  // namespace

absl::StatusOr<std::optional<privacy::MasterKeys>> ReadMasterKeys(const Flags& flags) {
  char* key = std::getenv("CCFA_MASTER_KEY");
  if (key != nullptr && *key == '\0') key = nullptr;
  if (flags.master_key.empty() && key == nullptr) return std::nullopt;
  privacy::KeepMemoryPrivate();
  absl::StatusOr<privacy::MasterKeys> master =
      flags.master_key.empty() ? privacy::MasterKeys::Parse(key)
                               : privacy::MasterKeys::ReadFile(flags.master_key);
  // The environment can be read by others for as long as the process lives.
  if (key != nullptr) std::memset(key, 0, std::strlen(key));
  if (!master.ok()) {
    return absl::Status(master.status().code(),
                        absl::StrCat("--master-key: ", master.status().message()));
  }
  return *std::move(master);
}

absl::StatusOr<std::unique_ptr<privacy::Vault>> OpenVault(const Flags& flags,
                                                          std::optional<privacy::MasterKeys> master,
                                                          const Host::Services& services,
                                                          std::optional<Host::Kafka>& kafka) {
  const bool is_needed = std::any_of(services.begin(), services.end(), [](const auto& service) {
    return service->description().has_personal_data;
  });
  if (!master || !is_needed) return std::make_unique<privacy::Vault>();
  absl::StatusOr<std::unique_ptr<privacy::KeyStore>> store =
      kafka ? OpenOnKafka(flags, *kafka)
            : privacy::KeyFiles::Open(flags.keys.empty() ? flags.data + "/keys" : flags.keys);
  if (!store.ok()) return store.status();
  return std::make_unique<privacy::Vault>(*std::move(master), *std::move(store));
}

}  // namespace ccfa::host
