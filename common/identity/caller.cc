#include "common/identity/caller.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/identity/json_object.h"
#include "common/identity/token.h"

namespace ccfa::identity {
namespace {

bool Has(const std::vector<std::string>& all, absl::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

absl::Status Unusable(const std::string& claim, absl::string_view expected) {
  return RefuseToken("TOKEN_UNUSABLE",
                     absl::StrCat("the token's claim \"", claim, "\": expected ", expected));
}

/// Absent: an empty list. None: of another type.
std::optional<std::vector<std::string>> ListOf(const nlohmann::json& claims,
                                               const std::string& name) {
  std::vector<std::string> texts;
  auto found = claims.find(name);
  if (found == claims.end()) return texts;
  if (found->is_string()) return std::vector{found->get<std::string>()};
  if (!found->is_array()) return std::nullopt;
  for (const nlohmann::json& element : *found) {
    if (!element.is_string()) return std::nullopt;
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

}  // namespace

bool Caller::IsOf(absl::string_view council) const {
  return Has(councils, kEveryCouncil) || (!council.empty() && Has(councils, council));
}

bool Caller::Represents(absl::string_view ward) const {
  return Has(wards, ward);
}

Actor Caller::As(const std::string& role) const {
  return {role, id, role == "officer" ? agency : ""};
}

absl::StatusOr<Caller> ToCaller(const nlohmann::json& claims, const ClaimNames& names) {
  Caller caller;
  caller.id = StringOf(claims, names.id.c_str()).value_or("");
  if (!IsId(caller.id)) {
    return Unusable(names.id, "an id of 1 to 64 characters of A-Z a-z 0-9 . _ -");
  }
  if (claims.contains(names.agency)) {
    caller.agency = StringOf(claims, names.agency.c_str()).value_or("");
    if (!IsId(caller.agency)) return Unusable(names.agency, "the id of an agency");
  }
  auto roles = ListOf(claims, names.roles), councils = ListOf(claims, names.councils),
       wards = ListOf(claims, names.wards);
  if (!roles) return Unusable(names.roles, "a text or a list of texts");
  if (!councils) return Unusable(names.councils, "a text or a list of texts");
  if (!wards) return Unusable(names.wards, "a text or a list of texts");
  for (std::string& role : *roles) {
    // Providers list groups of all kinds; an officer without an agency is none.
    if (ParseActor(caller.As(role).ToString()).ok()) caller.roles.push_back(std::move(role));
  }
  if (caller.roles.empty()) {
    return Unusable(names.roles,
                    "a role such as councillor or coordinator (an officer also needs "
                    "an agency)");
  }
  caller.councils = *std::move(councils);
  caller.wards = *std::move(wards);
  return caller;
}

absl::StatusOr<ClaimNames> ParseClaimNames(absl::string_view text) {
  ClaimNames names;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits('=', 1));
    std::string* name = parts.first == "id"         ? &names.id
                        : parts.first == "roles"    ? &names.roles
                        : parts.first == "councils" ? &names.councils
                        : parts.first == "wards"    ? &names.wards
                        : parts.first == "agency"   ? &names.agency
                                                    : nullptr;
    if (name == nullptr || parts.second.empty()) {
      return InvalidField("--identity-claims",
                          absl::StrCat("expected id, roles, councils, wards or agency, \"=\" and "
                                       "the claim's name, got \"",
                                       line.substr(0, 80), "\""));
    }
    *name = parts.second;
  }
  return names;
}

}  // namespace ccfa::identity
