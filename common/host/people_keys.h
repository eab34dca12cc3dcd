#pragma once

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "common/host/flags.h"
#include "common/host/host.h"
#include "common/privacy/master_keys.h"
#include "common/privacy/vault.h"

namespace ccfa::host {

/// The master keys that the flags or the environment give, which forgets them; none without. From
/// then on the process's memory is its own. Before any thread starts.
absl::StatusOr<std::optional<privacy::MasterKeys>> ReadMasterKeys(const Flags& flags);

/// Where the keys of people's data are: with the data, or on Kafka, which then reads them too.
/// Closed without a master key, and where no service takes such data.
absl::StatusOr<std::unique_ptr<privacy::Vault>> OpenVault(const Flags& flags,
                                                          std::optional<privacy::MasterKeys> master,
                                                          const Host::Services& services,
                                                          std::optional<Host::Kafka>& kafka);

}  // namespace ccfa::host
