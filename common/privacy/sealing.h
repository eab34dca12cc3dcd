#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/privacy/v1/privacy.pb.h"
#include "common/privacy/secret.h"

namespace ccfa::privacy {

/// Seals a text. It opens again only with the same key and the same `bound_to`: whose it is and
/// what, so that nothing sealed can be moved to another place.
v1::Sealed Seal(const Secret& key, absl::string_view bound_to, absl::string_view text);

/// DATA_LOSS when it was sealed otherwise, or has been touched since.
absl::StatusOr<std::string> Open(const Secret& key, absl::string_view bound_to,
                                 const v1::Sealed& sealed);

/// Tells one text from another to whoever has the key, and says nothing to anybody else.
uint64_t KeyedFingerprint(const Secret& key, absl::string_view text);

}  // namespace ccfa::privacy
