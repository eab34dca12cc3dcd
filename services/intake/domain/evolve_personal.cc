#include "services/intake/domain/evolve_personal.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using engine::Record;
using v1::Call;

/// Changes the caller of the call an event is about and stamps the call with the event's version.
template <class Change>
void UpdateCaller(Tables& tables, const Record& record, Change change) {
  tables.calls.Update(record.subject(), [&](Call& call) {
    change(*call.mutable_caller());
    *call.mutable_update_time() = record.time();
    call.set_etag(absl::StrCat(record.seq()));
  });
}

/// The last one for each purpose counts.
void KeepConsent(v1::Caller& caller, const v1::Consent& consent) {
  auto& kept = *caller.mutable_consents();
  auto of_this = std::find_if(kept.begin(), kept.end(),
                              [&](const v1::Consent& one) { return one.to() == consent.to(); });
  (of_this == kept.end() ? *kept.Add() : *of_this) = consent;
  caller.set_consent_needed(false);
}

void On(Tables& tables, const v1::CallerErased& erased, const Record& record) {
  UpdateCaller(tables, record, [&](v1::Caller& caller) {
    caller.clear_fields();
    caller.clear_consents();
    caller.clear_consent_needed();
    caller.set_erased(true);
    *caller.mutable_erase_time() = record.time();
    caller.set_erase_reason(erased.reason());
  });
  tables.clocks.Stop(record.subject(), kRetentionClock);
  if (!erased.key().empty()) tables.erased.Put(erased.key(), erased);
}

}  // namespace

void EvolvePersonal(Tables& tables, const v1::Event& event, const Record& record) {
  if (event.has_caller_changed()) {
    UpdateCaller(tables, record,
                 [&](v1::Caller& caller) { caller = event.caller_changed().caller(); });
  } else if (event.has_consent_recorded()) {
    UpdateCaller(tables, record, [&](v1::Caller& caller) {
      KeepConsent(caller, event.consent_recorded().consent());
    });
  } else if (event.has_consent_withdrawn()) {
    UpdateCaller(tables, record, [&](v1::Caller& caller) {
      for (v1::Consent& consent : *caller.mutable_consents()) {
        if (consent.to() == event.consent_withdrawn().to()) consent.set_given(false);
      }
    });
  } else if (event.has_caller_erased()) {
    On(tables, event.caller_erased(), record);
  } else if (event.has_agreement_known()) {
    tables.agreements.Put(event.agreement_known().name(), event.agreement_known());
  } else if (event.has_retention_started()) {
    tables.clocks.Start(event.retention_started().clock());
  } else if (event.has_retention_lifted()) {
    tables.clocks.Stop(event.retention_lifted().clock());
  }
  // That a caller was opened, or keys are wrapped anew, changes nothing that rules look at.
}

}  // namespace ccfa::intake
