#include "common/identity/account_rights.h"

#include <algorithm>

#include "common/core/actor.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/identity/caller.h"

namespace ccfa::identity {

absl::Status CheckAccount(const v1::Account& account) {
  if (absl::Status name = CheckName("account.name", account.name(), "accounts/*"); !name.ok())
    return name;
  if (account.roles().empty()) return InvalidField("account.roles", "expected at least one");
  for (const std::string& role : account.roles()) {
    const Actor actor{role, "id", role == "officer" ? account.agency() : ""};
    absl::StatusOr<Actor> good = ParseActor(actor.ToString());
    if (!good.ok()) return InvalidField("account.roles", good.status().message());
  }
  for (const std::string& council : account.councils()) {
    if (council != kEveryCouncil && !IsId(council))
      return InvalidField("account.councils", "expected codes, or * for every council");
  }
  for (const std::string& ward : account.wards())
    if (!IsId(ward)) return InvalidField("account.wards", "expected codes");
  return absl::OkStatus();
}

void Grant(const v1::Account& from, v1::Account& to) {
  *to.mutable_roles() = from.roles();
  *to.mutable_councils() = from.councils();
  *to.mutable_wards() = from.wards();
  to.set_agency(from.agency());
}

bool IsAdministrator(const v1::StoredAccount& account) {
  const auto has = [](const auto& all, absl::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  return !account.account().disabled() && has(account.account().roles(), "administrator") &&
         has(account.account().councils(), kEveryCouncil);
}

}  // namespace ccfa::identity
