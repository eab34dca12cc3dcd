#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/intake/v1/sealed.pb.h"
#include "common/config/configured.h"
#include "common/engine/command.h"
#include "common/engine/service_rules.h"
#include "services/intake/tables.h"

namespace ccfa::intake {

using engine::Context;
using v1::Event;

/// Who may do what to a call, and when (DOMAIN 2). Pure: the tables, the request and the context go
/// in, an event or a refusal comes out; an Event that is not set means that all is as asked
/// already. The refusals of each command stand in proto/ccfa/intake/v1/intake.proto.
absl::StatusOr<Event> Decide(const Tables&, const v1::LogCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AcknowledgeCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ClassifyCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordStandingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AcceptCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DeclineCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ProposeRulingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ConfirmRulingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RejectRulingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AppealRulingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DecideAppealRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReferCallToServiceRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReferCallToCouncilRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AskForInformationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::GiveInformationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::WithdrawCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ParkCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecallCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AnswerCallerRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::TellCallerRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::NoteReplyRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AssessHarmRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReportNotFixedRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::SayAffectedRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordConsentRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::WithdrawConsentRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::OpenCallerRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::EraseCallerRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordExportRequest&, const Context&);

/// Requests with personal data in them, which is sealed before they are decided.
absl::StatusOr<Event> Decide(const Tables&, const v1::LogSealedCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ChangeSealedCaller&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReferSealedCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RotateKeysTo&, const Context&);

/// What other services' events ask of intake.
struct OpenCouncil {
  std::string name;
};
struct OpenWard {
  std::string name;
};
struct KnowCouncillor {
  std::string name;
  std::string ward;
};
struct RecallParked {
  std::string name;
  std::string reason;
};
struct JoinCall {
  std::string name;
  std::string problem;
  std::string reason;
};
using ConfigureCouncil = config::Configure<config::v1::IntakeRules>;
struct CloseCall {
  std::string name;
  std::string problem;
  v1::Closing closing;
};

/// Another council's call is this council's matter: it is logged here, or given back (F18).
struct TakeReferredCall {
  std::string council;
  std::string from;
  v1::CallDetails details;
  v1::Caller caller;
};
/// What an agency may see of callers, as routing has it (F58).
struct KnowAgreement {
  v1::AgreementKnown agreement;
};
/// A call has ended: how long its caller is kept begins (F73).
struct StartRetention {
  std::string name;
};
/// A council set how long callers are kept: that begins for the next call after `after`, by name,
/// that had ended before (F73).
struct StartEarlierRetention {
  std::string council;
  std::string after;
};
/// A call has ended: where another council referred it, that council gets the answer.
struct AnswerCouncil {
  std::string name;
  v1::Closing closing;
};
/// The answer of the council that a call was referred to.
struct ReceiveAnswer {
  std::string name;
  v1::CouncilAnswered answer;
};

absl::StatusOr<Event> Decide(const Tables&, const TakeReferredCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const KnowAgreement&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const StartRetention&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const StartEarlierRetention&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const AnswerCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ReceiveAnswer&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const OpenCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const OpenWard&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const KnowCouncillor&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ConfigureCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const RecallParked&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const JoinCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const CloseCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&);

}  // namespace ccfa::intake
