#include "services/insight/audit.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/paging.h"

namespace ccfa::insight {
namespace {

/// "LEGAL_BASIS_PUBLIC_TASK" as "public task"; a later build's value has no words here.
std::string WordsOf(const std::string& value, absl::string_view type) {
  if (value.size() <= type.size()) return "?";
  return absl::AsciiStrToLower(absl::StrReplaceAll(value.substr(type.size() + 1), {{"_", " "}}));
}

std::string WordsOf(record::v1::Act act) {
  return WordsOf(record::v1::Act_Name(act), "ACT");
}

/// What is administered by events of a service's own: places and who looks after them, rules, keys.
bool IsAdministered(const std::string& type) {
  static const absl::flat_hash_set<std::string> kTypes = {
      "ccfa.intake.v1.KeysRotated",           "ccfa.routing.v1.AgencyRegistered",
      "ccfa.routing.v1.AgreementRecorded",    "ccfa.routing.v1.AreaRegistered",
      "ccfa.routing.v1.CouncilConfigured",    "ccfa.routing.v1.CouncilRegistered",
      "ccfa.routing.v1.CouncillorRegistered", "ccfa.routing.v1.PostcodesRegistered",
      "ccfa.routing.v1.TeamChanged",          "ccfa.routing.v1.TeamCreated",
      "ccfa.routing.v1.WardRegistered",       "ccfa.routing.v1.WardRetired"};
  return kTypes.contains(type);
}

/// "a visit (public task: name, contact)"
std::string WhyOpened(const intake::v1::CallerOpened& opened) {
  const std::string fields = absl::StrJoin(opened.fields(), ", ", [](std::string* out, int field) {
    absl::StrAppend(
        out, WordsOf(intake::v1::PersonalField_Name(static_cast<intake::v1::PersonalField>(field)),
                     "PERSONAL_FIELD"));
  });
  return absl::StrCat(opened.purpose(), " (",
                      WordsOf(intake::v1::LegalBasis_Name(opened.legal_basis()), "LEGAL_BASIS"),
                      ": ", fields, ")");
}

/// What an event did with somebody's personal data; empty when nothing.
std::string AccessOf(const google::protobuf::Message& inner, const std::string& what) {
  if (const auto* logged = dynamic_cast<const intake::v1::CallLogged*>(&inner))
    return logged->caller().fields().empty() ? "" : "caller written down";
  if (const auto* referred = dynamic_cast<const intake::v1::CallReferredToCouncil*>(&inner))
    return referred->caller().fields().empty() ? "" : "caller passed on";
  const bool is_access = dynamic_cast<const intake::v1::CallerOpened*>(&inner) != nullptr ||
                         dynamic_cast<const intake::v1::CallerChanged*>(&inner) != nullptr ||
                         dynamic_cast<const intake::v1::ConsentRecorded*>(&inner) != nullptr ||
                         dynamic_cast<const intake::v1::ConsentWithdrawn*>(&inner) != nullptr ||
                         dynamic_cast<const intake::v1::CallerErased*>(&inner) != nullptr;
  return is_access ? what : "";
}

/// Keys ascend as time goes back.
std::string Before(absl::Time time) {
  return absl::StrFormat("%016x", ~static_cast<uint64_t>(absl::ToUnixMicros(time)));
}

std::string PrefixOf(absl::string_view council) {
  return absl::StrCat("councils/", council, absl::string_view(&kEnd, 1));
}

}  // namespace

void NoteAudit(Tables& tables, const v1::HistoryEntry& entry, const record::v1::Record& record,
               const google::protobuf::Message& inner) {
  v1::AuditEntry audit;
  audit.set_kind(v1::AUDIT_KIND_ACT);
  audit.set_what(entry.what());
  audit.set_on(entry.subject());
  audit.set_why(entry.why());
  if (const auto* act = dynamic_cast<const record::v1::ActRecorded*>(&inner)) {
    audit.set_what(WordsOf(act->act()));
    if (!act->on().empty()) audit.set_on(act->on());
  } else if (std::string access = AccessOf(inner, entry.what()); !access.empty()) {
    audit.set_kind(v1::AUDIT_KIND_ACCESS);
    audit.set_what(access);
    if (const auto* opened = dynamic_cast<const intake::v1::CallerOpened*>(&inner))
      audit.set_why(WhyOpened(*opened));
  } else if (!IsAdministered(entry.type())) {
    return;
  }
  *audit.mutable_time() = entry.time();
  audit.set_who(entry.actor());
  audit.set_event_id(entry.event_id());
  // Of one instant, the later of a topic comes first too.
  const std::string topic = entry.event_id().substr(0, entry.event_id().find('/'));
  tables.audit.Put(
      absl::StrCat(PrefixOf(CouncilOf(entry.subject())), Before(FromProto(audit.time())), " ",
                   topic, " ", absl::StrFormat("%016x", ~record.seq())),
      audit);
}

absl::Status ListAudit(const Tables& tables, const v1::ListAuditRequest& request,
                       v1::ListAuditResponse& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (!v1::AuditKind_IsValid(request.kind())) return InvalidField("kind", "is no kind of entry");
  v1::ListAuditRequest list = request;
  list.clear_page_token();
  list.clear_page_size();
  absl::StatusOr<rpc::Page> page = rpc::Page::Of(request.page_size(), request.page_token(),
                                                 absl::StrCat("audit ", list.ShortDebugString()));
  if (!page.ok()) return page.status();
  const std::string prefix = PrefixOf(CouncilOf(request.parent()));
  const absl::Time from = request.has_from() ? FromProto(request.from()) : absl::InfinitePast();
  std::string after = page->after();
  // Behind everything of that very instant.
  if (after.empty() && request.has_to()) after = prefix + Before(FromProto(request.to())) + "~";
  tables.audit.Scan(prefix, after, [&](absl::string_view key, const v1::AuditEntry& entry) {
    if (FromProto(entry.time()) < from) return false;
    const bool wanted =
        (request.who().empty() || entry.who() == request.who()) &&
        (request.kind() == v1::AUDIT_KIND_UNSPECIFIED || entry.kind() == request.kind());
    if (!wanted) return true;
    if (!page->Take(key)) return false;
    *reply.add_entries() = entry;
    return true;
  });
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

bool IsExportRecorded(const Tables& tables, absl::string_view council, absl::string_view who,
                      absl::Time since) {
  bool found = false;
  tables.audit.Scan(PrefixOf(council), "", [&](absl::string_view, const v1::AuditEntry& entry) {
    if (FromProto(entry.time()) < since) return false;
    found = entry.who() == who && entry.what() == WordsOf(record::v1::ACT_CALLS_EXPORTED);
    return !found;
  });
  return found;
}

}  // namespace ccfa::insight
