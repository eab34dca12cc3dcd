#include "common/rpc/gate.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/actor.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/request.h"
#include "google/protobuf/descriptor.h"

namespace ccfa::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using identity::Caller;
using identity::Grant;
using identity::Permission;

constexpr absl::string_view kBearer = "Bearer ";

absl::Status RoleMayNot(const Permission& row, absl::string_view roles) {
  return Forbidden("ROLE_MAY_NOT", absl::StrCat(row.rpc, " is for ", row.who, "; you are ", roles));
}

/// The values of the text fields of that name, in the request and in what it carries.
std::vector<std::string> ValuesOf(const Message& request, const char* name) {
  std::vector<std::string> values = {StringField(request, name)};
  for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = request.GetDescriptor()->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated()) continue;
    values.push_back(StringField(request.GetReflection()->GetMessage(request, field), name));
  }
  values.erase(std::remove(values.begin(), values.end(), ""), values.end());
  return values;
}

/// Every council by whose name a request says what it is about.
absl::Status CheckCouncils(const Caller& caller, const Message& request) {
  absl::StatusOr<std::string> first = CouncilOfRequest(request);
  if (!first.ok()) return first.status();
  std::vector<std::string> councils = {*first};
  for (const char* field : {"parent", "name", "call"}) {
    if (std::string name = StringField(request, field); !name.empty())
      councils.emplace_back(CouncilOf(name));
  }
  for (const std::string& council : councils) {
    if (caller.IsOf(council)) continue;
    return Forbidden(
        "NOT_YOUR_COUNCIL",
        absl::StrCat("this is of council ", council, ", and your token is for ",
                     caller.councils.empty() ? "none" : absl::StrJoin(caller.councils, ", "),
                     ": an administrator there can give you the council"));
  }
  return absl::OkStatus();
}

absl::Status CheckThings(const Grant& grant, const Caller& caller, const Message& request) {
  for (const std::string& ward : ValuesOf(request, "ward")) {
    if (!grant.own_ward_only || caller.Represents(LastId(ward))) continue;
    return Forbidden("NOT_YOUR_WARD",
                     absl::StrCat("expected a ward that you represent (",
                                  absl::StrJoin(caller.wards, ", "), "), got ", LastId(ward)));
  }
  for (const char* field : {"agency", "recipient"}) {
    for (const std::string& agency : ValuesOf(request, field)) {
      if (!grant.own_agency_only || LastId(agency) == caller.agency) continue;
      return Forbidden("NOT_YOUR_AGENCY", absl::StrCat("expected an officer of ", LastId(agency),
                                                       ", got one of ", caller.agency));
    }
  }
  return absl::OkStatus();
}

/// The role somebody acts in: the one they ask for, else the first of theirs that may.
absl::StatusOr<std::string> RoleOf(const Permission& row, const Caller& caller,
                                   const std::string& wanted) {
  if (wanted.empty()) {
    for (const std::string& role : caller.roles)
      if (GrantOf(row, role).granted) return role;
    return RoleMayNot(row, absl::StrJoin(caller.roles, ", "));
  }
  for (const std::string& role : caller.roles) {
    if (caller.As(role).ToString() != wanted) continue;
    if (GrantOf(row, role).granted) return role;
    return RoleMayNot(row, role);
  }
  return Forbidden("NOT_YOUR_ROLE",
                   absl::StrCat("ccfa-actor asks for another than your token's ",
                                absl::StrJoin(caller.roles, ", "), " as ", caller.id));
}

}  // namespace

absl::StatusOr<std::string> Gate::Admit(const Ask& ask) const {
  const Permission* row = identity::FindPermission(ask.method);
  if (row == nullptr) {
    return Forbidden("RPC_NOT_LISTED",
                     "nobody may ask this: it is not in the table of permissions");
  }
  if (row->who == "anyone") return wants_tokens() ? "" : ask.actor;
  return wants_tokens() ? AdmitToken(*row, ask) : AdmitTrusted(*row, ask);
}

absl::StatusOr<std::string> Gate::AdmitTrusted(const Permission& row, const Ask& ask) const {
  // Who does not say who they are may read; commands are refused by those who decide them.
  absl::StatusOr<Actor> actor = ParseActor(ask.actor);
  if (actor.ok() && !GrantOf(row, actor->role).granted) return RoleMayNot(row, actor->role);
  return ask.actor;
}

absl::StatusOr<std::string> Gate::AdmitToken(const Permission& row, const Ask& ask) const {
  if (ask.authorizations.empty()) {
    return identity::RefuseToken("TOKEN_MISSING", "is required: sign in, with `ccfactl login`");
  }
  absl::string_view token = ask.authorizations[0];
  if (ask.authorizations.size() > 1 ||
      !absl::EqualsIgnoreCase(token.substr(0, kBearer.size()), kBearer)) {
    return identity::RefuseToken("TOKEN_MALFORMED", "expected one \"Bearer TOKEN\"");
  }
  token.remove_prefix(kBearer.size());
  absl::StatusOr<std::shared_ptr<const Caller>> caller = verifier_->Verify(token);
  if (!caller.ok()) return caller.status();
  absl::StatusOr<std::string> role = RoleOf(row, **caller, ask.actor);
  if (!role.ok()) return role.status();
  const Grant grant = GrantOf(row, *role);
  if (grant.every_council && !(*caller)->IsOf(identity::kEveryCouncil)) {
    return Forbidden("NOT_YOUR_COUNCIL",
                     "this is about all councils, and your token is not for all of them");
  }
  if (row.about == Permission::About::kCouncil) {
    if (ask.request == nullptr) return InvalidField("request", "cannot be read");
    absl::Status status = CheckCouncils(**caller, *ask.request);
    if (status.ok()) status = CheckThings(grant, **caller, *ask.request);
    if (!status.ok()) return status;
  }
  return (*caller)->As(*role).ToString();
}

}  // namespace ccfa::rpc
