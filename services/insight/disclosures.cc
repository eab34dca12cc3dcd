#include "services/insight/disclosures.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/paging.h"

namespace ccfa::insight {
namespace {

void Note(Tables& tables, const intake::v1::CallerOpened& opened,
          const record::v1::Record& record) {
  v1::Disclosure disclosure;
  *disclosure.mutable_time() = record.time();
  disclosure.set_call(opened.name());
  disclosure.set_who(record.actor());
  disclosure.set_agency(opened.agency());
  disclosure.set_purpose(opened.purpose());
  disclosure.set_legal_basis(opened.legal_basis());
  *disclosure.mutable_fields() = opened.fields();
  disclosure.set_agreement(opened.agreement());
  disclosure.set_event_id(absl::StrCat("ccfa.intake.v1/0/", record.seq()));
  tables.disclosures.Put(absl::StrFormat("councils/%s%c%020d",
                                         std::string(CouncilOf(opened.name())), kEnd, record.seq()),
                         disclosure);
}

void SayOfCaller(Tables& tables, const record::v1::Record& record, const std::string& words) {
  UpdateStory(tables, record.subject(), record, [&](v1::StoryRow& row) {
    row.mutable_intake()->set_caller(words);
    row.mutable_intake()->set_etag(absl::StrCat(record.seq()));
  });
}

}  // namespace

std::string CallerWords(const intake::v1::Caller& caller) {
  if (caller.erased()) return "erased";
  if (caller.consent_needed()) return "consent needed";
  return caller.key().empty() ? "" : "sealed";
}

void FoldPersonal(Tables& tables, const intake::v1::Event& event,
                  const record::v1::Record& record) {
  if (event.has_caller_opened()) return Note(tables, event.caller_opened(), record);
  if (event.has_caller_changed())
    return SayOfCaller(tables, record, CallerWords(event.caller_changed().caller()));
  if (event.has_caller_erased()) return SayOfCaller(tables, record, "erased");
  // Asked here, which is all that was needed.
  SayOfCaller(tables, record, "sealed");
}

absl::Status ListDisclosures(const Tables& tables, const v1::ListDisclosuresRequest& request,
                             v1::ListDisclosuresResponse& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  absl::StatusOr<rpc::Page> page = rpc::Page::Of(
      request.page_size(), request.page_token(),
      absl::StrCat("disclosures ", request.parent(), " ", request.of(), " ", request.agency()));
  if (!page.ok()) return page.status();
  tables.disclosures.Scan(
      request.parent() + kEnd, page->after(),
      [&](absl::string_view name, const v1::Disclosure& disclosure) {
        const bool wanted =
            (request.of().empty() || disclosure.call() == request.of()) &&
            (request.agency().empty() || LastId(disclosure.agency()) == request.agency());
        if (!wanted) return true;
        if (!page->Take(name)) return false;
        *reply.add_disclosures() = disclosure;
        return true;
      });
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

}  // namespace ccfa::insight
