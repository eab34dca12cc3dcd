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
      "category: 'fly-tipping' summary: 'Rubbish behind the shops' source: SOURCE_SURGERY");
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

inline Given LoggedCall() {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, NewCall()), "CallLogged");
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
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::AcceptCallRequest>("reason: 'it persists'")),
            "CallAccepted");
  return given;
}

inline Given DeclinedCall() {
  Given given = LoggedCall();
  EXPECT_EQ(given.When(kCoordinator, AboutCall<v1::DeclineCallRequest>("reason: 'a civil matter'")),
            "CallDeclined");
  return given;
}

}  // namespace ccfa::intake
