#include "services/intake/domain/call.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/exclusion.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using v1::Call;

absl::Status CheckServices(const v1::MultiAgencyTest& test) {
  if (test.services_size() > kMostServices)
    return InvalidField("multi_agency.services", absl::StrCat("at most ", kMostServices));
  for (const std::string& service : test.services()) {
    if (absl::Status named = Required("multi_agency.services", service); !named.ok()) return named;
  }
  return absl::OkStatus();
}

/// What is still to be said before a call can be accepted, and by whom.
std::vector<Missing> MissingFor(const Call& call, const v1::MultiAgencyTest& test) {
  std::vector<Missing> missing;
  if (call.details().standing() == v1::STANDING_UNSPECIFIED) {
    missing.push_back({"whether the caller lives or works in the ward",
                       "the councillor, who asks the caller: RecordStanding"});
  }
  if (test.services().empty()) {
    missing.push_back({"the services that it needs, and whether it keeps coming back",
                       "whoever screens it: multi_agency"});
  }
  return missing;
}

absl::Status CheckAcceptable(const Call& call, const v1::MultiAgencyTest& test) {
  if (std::vector<Missing> missing = MissingFor(call, test); !missing.empty())
    return GateNotMet("acceptance", missing);
  if (call.details().standing() == v1::STANDING_NEITHER) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "NO_STANDING",
                  "expected a caller who lives or works in the ward, and this one does neither; "
                  "decline it, or record their standing anew",
                  "details.standing");
  }
  if (test.services_size() == 1 && !test.recurring()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "SINGLE_SERVICE",
                  absl::StrCat("expected several services or a matter that keeps coming back, and "
                               "this is for ",
                               test.services(0), " alone, once; refer it to ", test.services(0)),
                  "multi_agency.services");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Event> Decide(const Tables& tables, const v1::ClassifyCallRequest& request,
                             const Context& context) {
  if (request.regime() == v1::REGIME_UNSPECIFIED || !v1::Regime_IsValid(request.regime()))
    return InvalidField("regime", "is required: the law that the matter falls under");
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  absl::StatusOr<Call> call = Open(tables, request, kAnyOpen);
  if (!call.ok()) return call.status();
  Event event;
  if (call->details().regime() == request.regime()) return event;
  v1::CallClassified& classified = *event.mutable_call_classified();
  classified.set_name(request.name());
  classified.set_regime(request.regime());
  classified.set_reason(request.reason());
  bool begins = IsCrimeAndDisorder(request.regime()) && !IsImported(call->details()) &&
                !IsCrimeAndDisorder(call->details().regime()) && !call->has_answer_time();
  if (begins && HasDutyToAnswer(tables, request.name()))
    *classified.add_clocks() = StartClock(tables, request.name(), kCouncillorAnswerClock, context);
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::RecordStandingRequest& request,
                             const Context&) {
  if (request.standing() == v1::STANDING_UNSPECIFIED || !v1::Standing_IsValid(request.standing()))
    return InvalidField("standing", "is required: lives or works in the ward, or neither");
  absl::StatusOr<Call> call = Open(tables, request, kBeforeAcceptance);
  if (!call.ok()) return call.status();
  Event event;
  if (call->details().standing() == request.standing()) return event;
  event.mutable_standing_recorded()->set_name(request.name());
  event.mutable_standing_recorded()->set_standing(request.standing());
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::AcceptCallRequest& request,
                             const Context&) {
  if (absl::Status services = CheckServices(request.multi_agency()); !services.ok())
    return services;
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  if (!IsImported(call->details())) {
    absl::Status acceptable = CheckAcceptable(*call, request.multi_agency());
    if (!acceptable.ok()) return acceptable;
  }
  Event event;
  v1::CallAccepted& accepted = *event.mutable_call_accepted();
  accepted.set_name(request.name());
  accepted.set_reason(request.reason());
  *accepted.mutable_details() = call->details();
  if (request.has_multi_agency()) *accepted.mutable_multi_agency() = request.multi_agency();
  return event;
}

absl::StatusOr<Event> Decide(const Tables& tables, const v1::DeclineCallRequest& request,
                             const Context&) {
  if (absl::Status reason = Required("reason", request.reason()); !reason.ok()) return reason;
  if (request.has_exclusion()) {
    if (absl::Status whole = CheckWhole(request.exclusion()); !whole.ok()) return whole;
  }
  absl::StatusOr<Call> call = Open(tables, request, kScreening);
  if (!call.ok()) return call.status();
  if (request.has_exclusion()) {
    absl::Status excluded = CheckExcludes(request.exclusion(), call->details());
    if (!excluded.ok()) return excluded;
  }
  Event event;
  v1::CallDeclined& declined = *event.mutable_call_declined();
  declined.set_name(request.name());
  declined.set_reason(request.reason());
  if (request.has_exclusion()) *declined.mutable_exclusion() = request.exclusion();
  return event;
}

}  // namespace ccfa::intake
