#include "services/intake/callers.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/bounds.h"
#include "common/core/hash.h"
#include "common/core/marks.h"
#include "common/core/names.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "services/intake/domain/caller.h"

namespace ccfa::intake {
namespace {

constexpr size_t kIdBytes = 16;

/// How much of a person is written down: they protect memory and are nobody's policy.
struct Bound {
  v1::PersonalField field;
  const char* name;
  size_t bytes;
  bool one_line;
};
constexpr Bound kBounds[] = {
    {v1::PERSONAL_FIELD_NAME, "name", 200, true},
    {v1::PERSONAL_FIELD_CONTACT, "contact", 300, true},
    {v1::PERSONAL_FIELD_ADDRESS, "address", 500, false},
    {v1::PERSONAL_FIELD_NOTES, "notes", 4000, false},
};

std::string& TextOf(v1::CallerDetails& details, v1::PersonalField field) {
  switch (field) {
    case v1::PERSONAL_FIELD_NAME:
      return *details.mutable_name();
    case v1::PERSONAL_FIELD_CONTACT:
      return *details.mutable_contact();
    case v1::PERSONAL_FIELD_ADDRESS:
      return *details.mutable_address();
    default:
      return *details.mutable_notes();
  }
}

const std::string& TextOf(const v1::CallerDetails& details, v1::PersonalField field) {
  return TextOf(const_cast<v1::CallerDetails&>(details), field);
}

/// Never quotes what a field holds.
absl::Status CheckDetails(absl::string_view path, const v1::CallerDetails& details) {
  for (const Bound& bound : kBounds) {
    const std::string& text = TextOf(details, bound.field);
    const std::string field = absl::StrCat(path, ".", bound.name);
    if (text.size() > bound.bytes) {
      return InvalidField(field,
                          absl::StrCat("at most ", bound.bytes, " bytes, got ", text.size()));
    }
    if (bound.one_line && absl::StrContains(text, '\n')) return InvalidField(field, "is one line");
  }
  return absl::OkStatus();
}

/// What a field is sealed as: it opens as nothing else, and a marked text as no other text.
std::string What(v1::PersonalField field, absl::string_view text = "") {
  return absl::StrCat(static_cast<int>(field), text.empty() ? "" : " ", text);
}

void SealInto(v1::Caller& caller, const privacy::PersonKey& key, const v1::CallerDetails& details) {
  caller.set_key(key.name());
  for (const Bound& bound : kBounds) {
    const std::string& text = TextOf(details, bound.field);
    if (text.empty()) continue;
    v1::SealedField& field = *caller.add_fields();
    field.set_field(bound.field);
    *field.mutable_sealed() = key.Seal(What(bound.field), text);
  }
}

void SealMarked(v1::Caller& caller, const privacy::PersonKey& key, absl::string_view name,
                absl::string_view text) {
  caller.set_key(key.name());
  v1::SealedField& field = *caller.add_fields();
  field.set_field(v1::PERSONAL_FIELD_MARKED);
  field.set_text(std::string(name));
  *field.mutable_sealed() = key.Seal(What(v1::PERSONAL_FIELD_MARKED, name), text);
}

/// Those fields of a caller that are wanted, in clear.
template <class Wanted>
absl::Status OpenFields(const privacy::PersonKey& key, const v1::Caller& caller, Wanted wanted,
                        v1::OpenCallerResponse& opened) {
  for (const v1::SealedField& field : caller.fields()) {
    if (!wanted(field.field())) continue;
    absl::StatusOr<std::string> text = key.Open(What(field.field(), field.text()), field.sealed());
    if (!text.ok()) return text.status();
    if (field.field() == v1::PERSONAL_FIELD_MARKED) {
      v1::MarkedText& marked = *opened.add_marked();
      marked.set_field(field.text());
      marked.set_text(*std::move(text));
    } else {
      TextOf(*opened.mutable_caller(), field.field()) = *std::move(text);
    }
  }
  return absl::OkStatus();
}

template <class Request>
uint64_t FingerprintOf(const privacy::PersonKey& key, const Request& request) {
  std::string bytes =
      absl::StrCat(Request::descriptor()->name(), "\n", request.SerializeAsString());
  const uint64_t fingerprint = key.FingerprintOf(bytes);
  privacy::Wipe(bytes);
  return fingerprint;
}

}  // namespace

bool Callers::IsPersonal(const v1::LogCallRequest& request) {
  return request.has_caller() || HasMarks(request.details());
}

absl::StatusOr<v1::Call> Callers::CallNamed(const std::string& name) const {
  absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = engines_.Of(CouncilOf(name)).Read();
  if (!rows.ok()) return rows.status();
  const Tables tables(**rows);
  v1::Call call = tables.calls.Get(name).value_or(v1::Call());
  if (!(*rows)->status().ok()) return (*rows)->status();
  return call;
}

absl::StatusOr<privacy::PersonKey> Callers::NewKey(absl::string_view council,
                                                   absl::string_view what,
                                                   const std::string& request_id) const {
  absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = engines_.Of(council).Read();
  if (!rows.ok()) return rows.status();
  return NewKey(**rows, council, what, request_id);
}

absl::StatusOr<privacy::PersonKey> Callers::NewKey(state::Rows& rows, absl::string_view council,
                                                   absl::string_view what,
                                                   const std::string& request_id) const {
  // A request that is sent again finds the key that it made at first, and is recognised by it.
  const std::string id =
      request_id.empty() ? RandomHex(kIdBytes)
                         : absl::BytesToHexString(
                               Digest(absl::StrCat(what, "\n", request_id)).substr(0, kIdBytes));
  const std::string name = absl::StrCat("councils/", council, "/callers/", id);
  if (auto erased = Tables(rows).erased.Get(name)) return CallerErasedAlready(erased->name());
  return vault_.FindOrMake(name);
}

absl::StatusOr<SealedRequest<v1::LogSealedCall>> Callers::Seal(
    const v1::LogCallRequest& request) const {
  const v1::NewCaller& caller = request.caller();
  SealedRequest<v1::LogSealedCall> sealed;
  *sealed.request.mutable_details() = request.details();
  absl::StatusOr<std::vector<MarkedText>> marked =
      CutMarks("details", *sealed.request.mutable_details());
  absl::Status status = marked.status();
  // How somebody was asked is not sealed.
  for (const v1::Consent& consent : caller.consents())
    if (status.ok()) status = CheckBounds(consent);
  if (status.ok()) status = vault_.CheckOpen();
  if (status.ok()) status = CheckName("parent", request.parent(), "councils/*");
  if (status.ok()) status = CheckDetails("caller.details", caller.details());
  if (!status.ok()) return status;
  absl::StatusOr<privacy::PersonKey> key =
      NewKey(CouncilOf(request.parent()), request.parent(), request.request_id());
  if (!key.ok()) return key.status();
  sealed.request.set_parent(request.parent());
  v1::Caller& to = *sealed.request.mutable_caller();
  SealInto(to, *key, caller.details());
  for (MarkedText& one : *marked) {
    SealMarked(to, *key, one.field, one.text);
    privacy::Wipe(one.text);
  }
  to.set_anonymous(caller.anonymous());
  to.set_keep_private(caller.keep_private());
  *to.mutable_consents() = caller.consents();
  sealed.fingerprint = FingerprintOf(*key, request);
  if (request.request_id().empty()) sealed.made = key->name();
  return sealed;
}

absl::StatusOr<SealedRequest<v1::ChangeSealedCaller>> Callers::Seal(
    const v1::ChangeCallerRequest& request) const {
  absl::Status status = vault_.CheckOpen();
  if (status.ok()) status = CheckName("name", request.name(), "councils/*/calls/*");
  if (status.ok()) status = CheckDetails("details", request.details());
  if (!status.ok()) return status;
  absl::StatusOr<v1::Call> call = CallNamed(request.name());
  if (!call.ok()) return call.status();
  const std::string& known = call->caller().key();
  if (call->caller().erased()) return CallerErasedAlready(request.name());
  absl::StatusOr<privacy::PersonKey> key =
      known.empty() ? NewKey(CouncilOf(request.name()), request.name(), request.request_id())
                    : vault_.Find(known);
  if (absl::IsNotFound(key.status())) return CallerErasedAlready(request.name());
  if (!key.ok()) return key.status();
  SealedRequest<v1::ChangeSealedCaller> sealed;
  v1::ChangeSealedCaller& to = sealed.request;
  to.set_name(request.name());
  to.set_etag(request.etag());
  SealInto(*to.mutable_caller(), *key, request.details());
  *to.mutable_remove() = request.remove();
  if (request.has_anonymous()) to.set_anonymous(request.anonymous());
  if (request.has_keep_private()) to.set_keep_private(request.keep_private());
  sealed.fingerprint = FingerprintOf(*key, request);
  if (known.empty() && request.request_id().empty()) sealed.made = key->name();
  return sealed;
}

absl::StatusOr<v1::ReferSealedCall> Callers::Reseal(
    const v1::ReferCallToCouncilRequest& request) const {
  v1::ReferSealedCall sealed;
  sealed.set_name(request.name());
  sealed.set_council(request.council());
  sealed.set_reason(request.reason());
  sealed.set_etag(request.etag());
  const std::string council(CouncilOf(request.council()));
  if (!vault_.is_open() || !CheckName("council", request.council(), "councils/*").ok())
    return sealed;
  absl::StatusOr<v1::Call> call = CallNamed(request.name());
  if (!call.ok()) return call.status();
  const v1::Caller& caller = call->caller();
  if (caller.fields().empty() || !HasConsent(caller, v1::CONSENT_TO_COUNCIL)) return sealed;
  // Another process may have them: what it knows and this one does not yet, it says when the call
  // is there.
  absl::StatusOr<std::unique_ptr<state::Snapshot>> theirs = engines_.Of(council).ReadAsFollower();
  // One that takes no calls gives it back: it needs no key.
  if (!theirs.ok() || !Tables(**theirs).known.Contains(request.council())) return sealed;
  absl::StatusOr<privacy::PersonKey> key = vault_.Find(caller.key());
  if (absl::IsNotFound(key.status())) return sealed;
  if (!key.ok()) return key.status();
  v1::OpenCallerResponse opened;
  absl::Status all = OpenFields(
      *key, caller, [](v1::PersonalField) { return true; }, opened);
  if (!all.ok()) return all;
  absl::StatusOr<privacy::PersonKey> their_key =
      NewKey(**theirs, council, request.name(), request.request_id());
  // Sent again after they erased it: the first answer stands, and nothing travels.
  if (absl::IsFailedPrecondition(their_key.status()) || absl::IsNotFound(their_key.status()))
    return sealed;
  if (!their_key.ok()) return their_key.status();
  SealInto(*sealed.mutable_caller(), *their_key, opened.caller());
  for (const v1::MarkedText& one : opened.marked())
    SealMarked(*sealed.mutable_caller(), *their_key, one.field(), one.text());
  return sealed;
}

absl::Status Callers::Open(const v1::OpenCallerRequest& request,
                           v1::OpenCallerResponse& opened) const {
  absl::StatusOr<v1::Call> call = CallNamed(request.name());
  if (!call.ok()) return call.status();
  absl::StatusOr<privacy::PersonKey> key = vault_.Find(call->caller().key());
  if (absl::IsNotFound(key.status())) return CallerErasedAlready(request.name());
  if (!key.ok()) return key.status();
  const auto wanted = [&](v1::PersonalField field) {
    return std::count(request.fields().begin(), request.fields().end(), field) > 0;
  };
  return OpenFields(*key, call->caller(), wanted, opened);
}

absl::Status Callers::DestroyErased(const std::string& call_name) const {
  absl::StatusOr<v1::Call> call = CallNamed(call_name);
  if (!call.ok()) return call.status();
  return call->caller().erased() ? vault_.Destroy({call->caller().key()}) : absl::OkStatus();
}

}  // namespace ccfa::intake
