#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace ccfa::identity {

/// Codes of RFC 6238: six digits that follow from a secret and the half minute.
std::string TotpCode(absl::string_view secret, int64_t step);
int64_t TotpStep(absl::Time now);

/// The half minute that a code is of: this one, or one beside it for clocks that differ; none that
/// is not after `last`, so that no code counts twice.
std::optional<int64_t> FindTotp(absl::string_view secret, absl::string_view code, absl::Time now,
                                int64_t last);

/// As authenticators take it.
std::string ToBase32(absl::string_view bytes);

}  // namespace ccfa::identity
