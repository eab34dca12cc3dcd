// Who may see who called, what for and on what legal basis (F58).

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/calendar/date.h"
#include "common/core/refusal.h"
#include "services/intake/domain/call.h"
#include "services/intake/domain/caller.h"
#include "services/intake/domain/decide.h"

namespace ccfa::intake {
namespace {

using v1::Call;

absl::Status CheckRequest(const v1::OpenCallerRequest& request) {
  absl::Status name = CheckName("name", request.name(), "councils/*/calls/*");
  if (!name.ok()) return name;
  const std::string& purpose = request.purpose();
  if (purpose.empty() || purpose.size() > kPurposeBytes || absl::StrContains(purpose, '\n')) {
    return InvalidField("purpose", absl::StrCat("is required: what for, on one line of at most ",
                                                kPurposeBytes, " bytes"));
  }
  if (!v1::LegalBasis_IsValid(request.legal_basis()) ||
      request.legal_basis() == v1::LEGAL_BASIS_UNSPECIFIED) {
    return InvalidField("legal_basis", "is required: on what law");
  }
  for (int field : request.fields()) {
    if (!v1::PersonalField_IsValid(field) || field == v1::PERSONAL_FIELD_UNSPECIFIED)
      return InvalidField("fields", "has one that is none");
  }
  if (!request.fields().empty() && request.fields_size() <= v1::PersonalField_MAX)
    return absl::OkStatus();
  return InvalidField("fields", "is required: each of what is to be seen, once");
}

/// Whether an agreement is current, and names this purpose and all of these fields.
bool Covers(const v1::AgreementKnown& agreement, const v1::OpenCallerRequest& request,
            absl::CivilDay today) {
  auto from = calendar::ParseDate(agreement.from_date());
  auto to = calendar::ParseDate(agreement.to_date());
  if (!from.ok() || !to.ok() || today < *from || *to < today) return false;
  const auto& purposes = agreement.purposes();
  const auto& named = agreement.fields();
  return std::count(purposes.begin(), purposes.end(), request.purpose()) > 0 &&
         std::all_of(request.fields().begin(), request.fields().end(),
                     [&](int field) { return std::count(named.begin(), named.end(), field) > 0; });
}

/// The agreement that lets an agency see what it asks for.
absl::StatusOr<std::string> AgreementFor(const Tables& tables, const std::string& agency,
                                         const v1::OpenCallerRequest& request,
                                         const Context& context) {
  std::string found;
  tables.agreements.ScanIndex(
      kAgreementsByAgency, absl::StrCat(agency, "\x01"), "",
      [&](absl::string_view, const v1::AgreementKnown& agreement) {
        if (!Covers(agreement, request, context.calendar.DayOf(context.now))) return true;
        found = agreement.name();
        return false;
      });
  if (!found.empty()) return found;
  return Forbidden("NO_AGREEMENT",
                   absl::StrCat("no current agreement lets ", LastId(agency),
                                " see these fields for this purpose; an administrator records "
                                "agreements"));
}

/// What callers asked of the council binds it towards agencies, unless the law or a life says
/// otherwise.
absl::Status CheckWishes(const v1::Caller& caller, const v1::OpenCallerRequest& request) {
  if (request.legal_basis() == v1::LEGAL_BASIS_LEGAL_OBLIGATION ||
      request.legal_basis() == v1::LEGAL_BASIS_VITAL_INTERESTS) {
    return absl::OkStatus();
  }
  const bool more_than_name =
      std::any_of(request.fields().begin(), request.fields().end(),
                  [](int field) { return field != v1::PERSONAL_FIELD_NAME; });
  if (!caller.anonymous() && !(caller.keep_private() && more_than_name)) return absl::OkStatus();
  return Forbidden("WISHES_OTHERWISE",
                   caller.anonymous() ? "the caller wishes that no agency knows who they are"
                                      : "the caller wishes that agencies know their name at most");
}

absl::Status CheckIsOfTheCouncil(const Call& call, const Actor& actor) {
  if (actor.role == "coordinator") return absl::OkStatus();
  if (actor.role == "councillor" && CheckIsCallsCouncillor(call, actor).ok())
    return absl::OkStatus();
  return Forbidden("MAY_NOT_OPEN",
                   absl::StrCat("who called is seen by the call's councillor, a coordinator, or an "
                                "agency's officer by agreement, not by ",
                                actor.ToString()));
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::OpenCallerRequest& request,
                             const Context& context) {
  if (absl::Status status = CheckRequest(request); !status.ok()) return status;
  auto call = tables.calls.Get(request.name());
  if (!call) return NotFound("name", request.name());
  const bool by_agency = context.actor.role == "officer" && !context.actor.agency.empty();
  if (!by_agency) {
    absl::Status council = CheckIsOfTheCouncil(*call, context.actor);
    if (!council.ok()) return council;
  }
  Event event;
  v1::CallerOpened& opened = *event.mutable_caller_opened();
  if (by_agency) {
    opened.set_agency(
        absl::StrCat("councils/", CouncilOf(request.name()), "/agencies/", context.actor.agency));
    absl::StatusOr<std::string> agreement = AgreementFor(tables, opened.agency(), request, context);
    if (!agreement.ok()) return agreement.status();
    opened.set_agreement(*agreement);
    absl::Status wishes = CheckWishes(call->caller(), request);
    if (!wishes.ok()) return wishes;
  }
  if (call->caller().erased()) return CallerErasedAlready(call->name());
  if (call->caller().fields().empty()) return NoCaller(call->name());
  const v1::ConsentTo consent = by_agency ? v1::CONSENT_TO_AGENCIES : v1::CONSENT_TO_CONTACT;
  if (request.legal_basis() == v1::LEGAL_BASIS_CONSENT && !HasConsent(call->caller(), consent))
    return NoConsent(consent);
  opened.set_name(request.name());
  opened.set_purpose(request.purpose());
  opened.set_legal_basis(request.legal_basis());
  *opened.mutable_fields() = request.fields();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const KnowAgreement& know, const Context&) {
  Event event;
  auto known = tables.agreements.Get(know.agreement.name());
  if (known && known->SerializeAsString() == know.agreement.SerializeAsString()) return event;
  *event.mutable_agreement_known() = know.agreement;
  return event;
}

}  // namespace ccfa::intake
