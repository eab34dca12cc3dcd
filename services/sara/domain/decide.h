#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/config/configured.h"
#include "common/engine/command.h"
#include "common/engine/service_rules.h"
#include "services/sara/tables.h"

namespace ccfa::sara {

using engine::Context;
using v1::Event;

/// Who may do what to a problem, and when (DOMAIN 4 and 5). Pure: the tables, the request and the
/// context go in, an event or a refusal comes out; an Event that is not set means that all is as
/// asked already. The refusals of each command stand in proto/ccfa/sara/v1/sara.proto.

// The team's queue: decide_queue.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::TakeUpProblemRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AttachCallRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReferProblemRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ParkProblemRequest&, const Context&);

// What the stages need: decide_evidence.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordScanRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AddSourceRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordAnalysisRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AddHypothesisRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RejectHypothesisRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::SetObjectiveRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::PlanAssessmentRequest&, const Context&);

// Whether it was done and whether it worked: decide_assessment.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordAssessmentRequest&, const Context&);

// From stage to stage and to the end: decide_stages.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::EnterStageRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CloseProblemRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordSustainCheckRequest&, const Context&);

// What agencies are asked for: decide_actions.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::ProposeActionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AcceptActionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DeclineActionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CompleteActionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::ReassignActionRequest&, const Context&);

// What the tasking group answers: decide_tasking.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::CommitResourcesRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::SendBackProblemRequest&, const Context&);

// Two teams, one problem: decide_joint.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::InviteTeamRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::AcceptInvitationRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::DeclineInvitationRequest&, const Context&);

// What a team works on first: decide_priorities.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::SetPrioritiesRequest&, const Context&);

// A team's meetings: decide_meetings.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::ScheduleTeamMeetingRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordAttendanceRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::RecordDecisionRequest&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const v1::CloseTeamMeetingRequest&, const Context&);

// Up the rungs: decide_rungs.cc
absl::StatusOr<Event> Decide(const Tables&, const v1::RaiseProblemRequest&, const Context&);

/// What other services' events, and sara's own, ask of sara.
struct AdmitAgency {
  std::string name;
};
struct KnowTeam {
  routing::v1::Team team;
};
using ConfigureCouncil = config::Configure<config::v1::SaraRules>;
/// Nothing to do when a problem holds the call, or its caller withdrew it. A watched problem that
/// it shows to be back is reopened, and no other opened (F43, F10).
struct OpenProblem {
  std::string call;
  std::string team;
  std::string ward;
  intake::v1::CallDetails details;
};
/// Nothing to do unless the call is all that its problem holds, and the team is another.
struct TransferProblem {
  std::string call;
  std::string team;
  std::string ward;
  std::string reason;
};
struct DetachCall {
  std::string call;
  std::string reason;
};
/// One rung up. Nothing to do at the highest rung, or when the problem has ended.
struct Raise {
  std::string name;
  v1::RaiseCause cause;
  std::string reason;
};
struct ReturnProblem {
  std::string name;
  std::string referral;
  std::string reason;
};
struct CloseReferredProblem {
  std::string name;
  bool resolved;
  std::string done;
  std::string by;
  std::string why;
};

/// A caller says that it is not fixed (F63). The problem that holds the call is reopened; a new one
/// is opened where the one it was in was emptied.
struct ReopenForCall {
  std::string call;
  std::string problem;
  std::string reason;
};
/// A sustain check did not hold.
struct ReopenProblem {
  std::string name;
  std::string reason;
};
struct ClassifyCall {
  std::string call;
  intake::v1::Regime regime;
  std::string reason;
};
struct CountAffected {
  std::string call;
  int count;
};
/// Nothing to do when the threshold is not met, or was met before.
struct DetectCaseReview {
  std::string name;
};

absl::StatusOr<Event> Decide(const Tables&, const ReopenForCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ReopenProblem&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ClassifyCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const CountAffected&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const DetectCaseReview&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const AdmitAgency&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const KnowTeam&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ConfigureCouncil&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const OpenProblem&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const TransferProblem&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const DetachCall&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const Raise&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const ReturnProblem&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const CloseReferredProblem&, const Context&);
absl::StatusOr<Event> Decide(const Tables&, const engine::ClockDue&, const Context&);

}  // namespace ccfa::sara
