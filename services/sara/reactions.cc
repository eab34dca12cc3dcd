#include "services/sara/reactions.h"

#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "services/sara/domain/decide.h"
#include "services/sara/domain/evolve.h"
#include "services/sara/domain/policy.h"

namespace ccfa::sara {
namespace {

using engine::Command;
using Commands = std::vector<Command>;

template <class Request>
Command To(absl::string_view what, absl::string_view subject, Request request) {
  return engine::Reaction<v1::Event, Tables>(what, subject, std::move(request));
}

Commands RaiseIt(absl::string_view problem, v1::RaiseCause cause, std::string reason) {
  Commands commands;
  commands.push_back(To("Raise", problem, Raise{std::string(problem), cause, std::move(reason)}));
  return commands;
}

Commands ToExpiry(const clock::v1::Clock& clock) {
  if (clock.kind() == kStageClock) {
    return RaiseIt(clock.subject(), v1::RAISE_CAUSE_STAGE_EXPIRED,
                   "the stage was not finished in time");
  }
  if (clock.kind() == kAcceptActionClock) {
    return RaiseIt(ParentOf(clock.subject()), v1::RAISE_CAUSE_ACTION_LAPSED,
                   absl::StrCat(clock.owner(), " did not answer in time whether it accepts action ",
                                LastId(clock.subject())));
  }
  if (clock.kind() == kOverdueActionClock) {
    return RaiseIt(ParentOf(clock.subject()), v1::RAISE_CAUSE_ACTION_OVERDUE,
                   absl::StrCat(clock.owner(), " is late with action ", LastId(clock.subject()),
                                " and did not make it up"));
  }
  return {};
}

Commands LookForCaseReview(const std::string& problem) {
  Commands commands;
  commands.push_back(To("DetectCaseReview", problem, DetectCaseReview{problem}));
  return commands;
}

/// It is looked at for a case review, and raised when it keeps coming back.
Commands ToReopening(const v1::ProblemReopened& reopened) {
  Commands commands;
  if (reopened.cause() == v1::REOPEN_CAUSE_RECURRENCE) {
    commands = RaiseIt(reopened.name(), v1::RAISE_CAUSE_RECURRENCE,
                       absl::StrCat("it came back: ", reopened.reason()));
  }
  if (reopened.has_facts()) {
    commands.push_back(To("DetectCaseReview", reopened.name(), DetectCaseReview{reopened.name()}));
  }
  return commands;
}

Commands ToSara(const v1::Event& event) {
  // A problem just opened has one call, and one complaint meets no threshold.
  if (event.has_call_attached()) return LookForCaseReview(event.call_attached().name());
  if (event.has_problem_reopened()) return ToReopening(event.problem_reopened());
  if (event.has_case_review_threshold_met()) {
    const auto& met = event.case_review_threshold_met();
    return RaiseIt(
        met.name(), v1::RAISE_CAUSE_CASE_REVIEW,
        absl::StrCat(met.complaints(), " complaints meet the threshold of a case review"));
  }
  if (event.has_sustain_checked() && !event.sustain_checked().check().holds()) {
    const auto& checked = event.sustain_checked();
    Commands commands;
    commands.push_back(
        To("ReopenProblem", checked.name(), ReopenProblem{checked.name(), checked.check().note()}));
    return commands;
  }
  if (event.has_clock_expired()) return ToExpiry(event.clock_expired().clock());
  if (event.has_action_declined()) {
    const auto& declined = event.action_declined();
    return RaiseIt(
        ParentOf(declined.name()), v1::RAISE_CAUSE_ACTION_DECLINED,
        absl::StrCat("action ", LastId(declined.name()), " was declined: ", declined.reason()));
  }
  if (event.has_assessment_recorded()) {
    const auto& recorded = event.assessment_recorded();
    if (recorded.assessment().result() != v1::RESULT_NOT_ACHIEVED) return {};
    return RaiseIt(recorded.name(), v1::RAISE_CAUSE_ASSESSMENT_FAILED,
                   absl::StrCat("the assessment failed: ", recorded.assessment().impact()));
  }
  return {};
}

Commands ToIntake(const intake::v1::Event& event) {
  Commands commands;
  if (event.has_call_withdrawn()) {
    const auto& withdrawn = event.call_withdrawn();
    commands.push_back(
        To("DetachCall", withdrawn.name(), DetachCall{withdrawn.name(), withdrawn.reason()}));
  } else if (event.has_call_classified()) {
    const auto& classified = event.call_classified();
    commands.push_back(
        To("ClassifyCall", classified.name(),
           ClassifyCall{classified.name(), classified.regime(), classified.reason()}));
  } else if (event.has_call_reopened()) {
    const auto& reopened = event.call_reopened();
    commands.push_back(To("ReopenForCall", reopened.name(),
                          ReopenForCall{reopened.name(), reopened.problem(), reopened.reason()}));
  } else if (event.has_affected_said()) {
    const auto& said = event.affected_said();
    commands.push_back(To("CountAffected", said.name(), CountAffected{said.name(), said.count()}));
  }
  return commands;
}

Commands ToRouting(const routing::v1::Event& event) {
  Commands commands;
  if (event.has_agency_registered()) {
    const std::string& name = event.agency_registered().name();
    commands.push_back(To("AdmitAgency", name, AdmitAgency{name}));
  } else if (event.has_team_created() || event.has_team_changed()) {
    const routing::v1::Team& team =
        event.has_team_created() ? event.team_created().team() : event.team_changed().team();
    commands.push_back(To("KnowTeam", team.name(), KnowTeam{team}));
  } else if (event.has_council_configured()) {
    const auto& configured = event.council_configured();
    commands.push_back(To("ConfigureCouncil", configured.name(),
                          ConfigureCouncil{configured.name(), configured.config().sara()}));
  } else if (event.has_call_routed()) {
    const auto& routed = event.call_routed();
    const auto& placement = routed.placement();
    commands.push_back(
        To("OpenProblem", routed.name(),
           OpenProblem{routed.name(), placement.team(), placement.ward(), routed.details()}));
    if (!routed.from_team().empty()) {
      commands.push_back(
          To("TransferProblem", routed.name(),
             TransferProblem{routed.name(), placement.team(), placement.ward(), routed.reason()}));
    }
  }
  return commands;
}

Commands ToScrutiny(const scrutiny::v1::Event& event) {
  Commands commands;
  if (event.has_referral_decided()) {
    const auto& decided = event.referral_decided();
    auto kind = decided.decision().kind();
    if (kind == scrutiny::v1::DECISION_KIND_DECLINE ||
        kind == scrutiny::v1::DECISION_KIND_RETURN_TO_TEAM) {
      commands.push_back(
          To("ReturnProblem", decided.problem(),
             ReturnProblem{decided.problem(), decided.name(), decided.decision().reasons()}));
    }
  } else if (event.has_referral_closed()) {
    const auto& closed = event.referral_closed();
    const auto& closing = closed.closing();
    commands.push_back(To("CloseReferredProblem", closed.problem(),
                          CloseReferredProblem{closed.problem(), closing.resolved(), closing.done(),
                                               closing.by(), closing.why()}));
  }
  return commands;
}

}  // namespace

Rules::Rules() {
  interests_
      .Topic<v1::Event>({"ActionDeclined", "AssessmentRecorded", "CallAttached",
                         "CaseReviewThresholdMet", "ClockExpired", "ProblemReopened",
                         "SustainChecked"})
      .Topic<intake::v1::Event>({"AffectedSaid", "CallClassified", "CallReopened", "CallWithdrawn"})
      .Topic<routing::v1::Event>(
          {"AgencyRegistered", "CallRouted", "CouncilConfigured", "TeamCreated", "TeamChanged"})
      .Topic<scrutiny::v1::Event>({"ReferralDecided", "ReferralClosed"});
}

absl::StatusOr<Commands> Rules::React(absl::string_view topic, const engine::Record& record) {
  if (topic == kTopic) return engine::ReactTo<v1::Event>(record, ToSara);
  if (topic == "ccfa.intake.v1") return engine::ReactTo<intake::v1::Event>(record, ToIntake);
  if (topic == "ccfa.routing.v1") return engine::ReactTo<routing::v1::Event>(record, ToRouting);
  return engine::ReactTo<scrutiny::v1::Event>(record, ToScrutiny);
}

}  // namespace ccfa::sara
