#pragma once

#include <gmock/gmock.h>

#include <string>

#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "common/testing/given.h"
#include "services/intake/domain/decide.h"
#include "services/intake/reactions.h"

namespace ccfa::intake {

using ::ccfa::testing::FromText;
using ::ccfa::testing::TimeText;

inline constexpr char kCall[] = "councils/E1/calls/2026-000001";
inline constexpr char kCouncillor[] = "councillor:okafor";
inline constexpr char kCoordinator[] = "coordinator:lee";
inline constexpr char kScrutiny[] = "scrutiny:hart";
inline constexpr char kAdministrator[] = "administrator:root";

/// What `When` says of a command that the call's state does not allow.
inline constexpr char kWrongState[] = "FAILED_PRECONDITION WRONG_STATE";

/// What accepting a call needs beside its caller's standing.
inline constexpr char kTwoServices[] =
    "reason: 'it persists' multi_agency { services: 'police' services: 'waste' }";

/// Intake's tables and rules, with a council and its ward W1, and the states that rules are about.
class Given : public ::ccfa::testing::Given<v1::Event, Tables, Rules> {
 public:
  /// The register says that the council sets these rules; the text form of IntakeRules.
  std::string WhenConfigured(const std::string& rules) {
    routing::v1::Event event;
    event.mutable_council_configured()->set_name("councils/E1");
    *event.mutable_council_configured()->mutable_config()->mutable_intake() =
        FromText<config::v1::IntakeRules>(rules);
    return WhenHappened("ccfa.routing.v1", event);
  }

  Given() {
    EXPECT_EQ(When("system:intake", OpenCouncil{"councils/E1"}), "CouncilOpened");
    EXPECT_EQ(When("system:intake", OpenWard{"councils/E1/wards/W1"}), "WardOpened");
  }

  v1::Call call(const std::string& name = kCall) {
    return tables().calls.Get(name).value_or(v1::Call());
  }
};

/// A good request to log a call; `more` is the text form of further details, which overrule it.
inline v1::LogCallRequest NewCall(const std::string& more = "") {
  v1::LogCallRequest request;
  request.set_parent("councils/E1");
  *request.mutable_details() = FromText<v1::CallDetails>(
      "category: 'fly-tipping' summary: 'Rubbish behind the shops' source: SOURCE_SURGERY"
      " standing: STANDING_LIVES_IN_WARD");
  request.mutable_details()->MergeFrom(FromText<v1::CallDetails>(more));
  return request;
}

/// A request about `kCall`, with more in its text form.
template <class Request>
Request AboutCall(const std::string& more = "") {
  Request request = FromText<Request>(more);
  request.set_name(kCall);
  return request;
}

inline Given LoggedCall(const std::string& more = "") {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, NewCall(more)), "CallLogged");
  return given;
}

inline Given CallInQuestion() {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AskForInformationRequest>("question: 'where?'")),
            "InformationAsked");
  return given;
}

inline Given AcceptedCall() {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>(kTwoServices)),
            "CallAccepted");
  return given;
}

inline Given DeclinedCall() {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::DeclineCallRequest>("reason: 'a civil matter'")),
            "CallDeclined");
  return given;
}

inline Given ProposedRuling() {
  Given given = LoggedCall("regime: REGIME_OTHER_MATTER");
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::ProposeRulingRequest>(
                                         "reason: 'the ninth of its kind' evidence: 'the log'")),
            "RulingProposed");
  return given;
}

inline Given ConfirmedRuling() {
  Given given = ProposedRuling();
  EXPECT_EQ(given.When(kScrutiny, AboutCall<v1::ConfirmRulingRequest>("reason: 'nothing new'")),
            "RulingConfirmed");
  return given;
}

inline Given AppealedRuling() {
  Given given = ConfirmedRuling();
  EXPECT_EQ(given.When(kCouncillor, AboutCall<v1::AppealRulingRequest>("grounds: 'it goes on'")),
            "RulingAppealed");
  return given;
}

}  // namespace ccfa::intake
