#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/core/actor.h"

namespace ccfa::identity {

inline constexpr char kEveryCouncil[] = "*";

/// Who a verified token speaks for, and on whose things.
struct Caller {
  std::string id;
  std::vector<std::string> roles;
  /// Codes; "*" is every council.
  std::vector<std::string> councils;
  /// Codes of the wards a councillor represents.
  std::vector<std::string> wards;
  /// An officer's.
  std::string agency;

  bool IsOf(absl::string_view council) const;
  bool Represents(absl::string_view ward) const;
  Actor As(const std::string& role) const;
};

/// What the claims are called at the provider.
struct ClaimNames {
  std::string id = "sub";
  std::string roles = "roles";
  std::string councils = "councils";
  std::string wards = "wards";
  std::string agency = "agency";
};

/// UNAUTHENTICATED TOKEN_UNUSABLE naming the claim that is absent, of another type or no id. Roles,
/// councils and wards are a text or a list of texts; roles unknown here are left out, and one must
/// be left.
absl::StatusOr<Caller> ToCaller(const nlohmann::json& claims, const ClaimNames& names);

/// A text of NAME=CLAIM lines, as "roles=groups". INVALID_ARGUMENT naming the line.
absl::StatusOr<ClaimNames> ParseClaimNames(absl::string_view text);

}  // namespace ccfa::identity
