#pragma once

#include "absl/status/status.h"
#include "ccfa/identity/v1/store.pb.h"

namespace ccfa::identity {

/// INVALID_ARGUMENT naming the field of an account that cannot be.
absl::Status CheckAccount(const v1::Account& account);

/// Lets an account do what another says: its roles, councils, wards and agency.
void Grant(const v1::Account& from, v1::Account& to);

/// Whether somebody may see to the accounts.
bool IsAdministrator(const v1::StoredAccount& account);

}  // namespace ccfa::identity
