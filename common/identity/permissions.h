#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::identity {

/// One RPC: what its request is about, and who may ask it. The table in permissions.cc is all there
/// is: what is not in it, nobody may.
struct Permission {
  enum class About {
    /// Its request names a council, which must be one of the caller's.
    kCouncil,
    /// The process as a whole, or all councils.
    kNoCouncil,
  };
  absl::string_view rpc;
  /// Roles, apart by blanks: "councillor@ward" may where the request names no ward but their own,
  /// "officer@agency" no agency but their own, "administrator@all" with every council. "staff" are
  /// all roles but the public and partners, "everybody" all, "anyone" needs no identity at all.
  absl::string_view who;
  About about = About::kCouncil;
};

/// The row of "/ccfa.intake.v1.IntakeService/LogCall", as gRPC names it; null when there is none.
const Permission* FindPermission(absl::string_view method);

/// Whether a role is one of those who work on calls: neither of the public nor another system.
bool IsStaff(absl::string_view role);

/// How a role may use an RPC.
struct Grant {
  bool granted = false;
  bool own_ward_only = false;
  bool own_agency_only = false;
  bool every_council = false;
};
Grant GrantOf(const Permission& permission, absl::string_view role);

/// INTERNAL naming the first RPC of a service that is not in the table: it must not be served.
absl::Status CheckTable(const google::protobuf::ServiceDescriptor& service);

}  // namespace ccfa::identity
