#include "services/intake/reactions.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "common/core/names.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/evolve.h"
#include "services/intake/domain/policy.h"

namespace ccfa::intake {
namespace {

using engine::Command;
using Commands = std::vector<Command>;

template <class Request>
Command To(absl::string_view what, absl::string_view subject, Request request) {
  return engine::Reaction<v1::Event, Tables>(what, subject, std::move(request));
}

/// The one-offs that are none beside a new call.
Commands ToRecall(const v1::CallLogged& logged) {
  Commands commands;
  for (const std::string& parked : logged.recalls()) {
    commands.push_back(
        To("RecallCall", parked,
           RecallParked{parked,
                        absl::StrCat("no one-off any more: ", LastId(logged.name()), " makes ",
                                     logged.recalls_size() + 1, " of its kind near each other")}));
  }
  return commands;
}

/// To the council that a call was referred to, and back with the answer.
Commands Across(const v1::Event& event) {
  Commands commands;
  if (event.has_call_referred_to_council()) {
    const auto& referred = event.call_referred_to_council();
    commands.push_back(To("TakeReferredCall", referred.name(),
                          TakeReferredCall{referred.council(), referred.name(), referred.details(),
                                           referred.caller()}));
    commands[0].council = std::string(CouncilOf(referred.council()));
  } else if (event.has_council_answered()) {
    const auto& answered = event.council_answered();
    commands.push_back(To("ReceiveAnswer", answered.to(), ReceiveAnswer{answered.to(), answered}));
    commands[0].council = std::string(CouncilOf(answered.to()));
  }
  return commands;
}

v1::Closing Ended(const std::string& call, const std::string& done, const std::string& why) {
  v1::Closing closing;
  closing.set_done(done);
  closing.set_by(absl::StrCat("councils/", CouncilOf(call)));
  closing.set_why(why);
  return closing;
}

/// How a call ended here, for the council that may have referred it.
std::optional<v1::Closing> EndOf(const v1::Event& event) {
  switch (event.event_case()) {
    case v1::Event::kCallDeclined:
      return Ended(event.call_declined().name(), "declined", event.call_declined().reason());
    case v1::Event::kRulingConfirmed:
      return Ended(event.ruling_confirmed().name(), "declined", event.ruling_confirmed().reason());
    case v1::Event::kCallWithdrawn:
      return Ended(event.call_withdrawn().name(), "withdrawn", event.call_withdrawn().reason());
    case v1::Event::kCallReferredToService: {
      const auto& referred = event.call_referred_to_service();
      return Ended(referred.name(), absl::StrCat("referred to ", referred.service()),
                   referred.reason());
    }
    case v1::Event::kCallClosed:
      return event.call_closed().closing();
    default:
      return std::nullopt;
  }
}

/// How long a caller is kept begins when nothing more is to come of their call.
bool HasEnded(const v1::Event& event) {
  if (event.has_appeal_decided()) return !event.appeal_decided().upheld();
  if (event.has_council_answer_received()) return event.council_answer_received().taken();
  return EndOf(event).has_value();
}

/// A council set how long callers are kept: it begins for those of calls that ended before too, one
/// after the other.
std::optional<StartEarlierRetention> EarlierIn(const v1::Event& event) {
  if (event.has_council_configured()) {
    const auto& clocks = event.council_configured().clocks();
    if (std::find(clocks.begin(), clocks.end(), kRetentionClock) == clocks.end())
      return std::nullopt;
    return StartEarlierRetention{event.council_configured().name(), ""};
  }
  const auto& started = event.retention_started();
  if (!started.earlier()) return std::nullopt;
  return StartEarlierRetention{absl::StrCat("councils/", CouncilOf(started.name())),
                               started.name()};
}

Commands ToIntake(const v1::Event& event, const std::string& subject) {
  if (HasEnded(event)) {
    Commands commands;
    if (std::optional<v1::Closing> end = EndOf(event))
      commands.push_back(To("AnswerCouncil", subject, AnswerCouncil{subject, *std::move(end)}));
    commands.push_back(To("StartRetention", subject, StartRetention{subject}));
    return commands;
  }
  if (std::optional<StartEarlierRetention> earlier = EarlierIn(event)) {
    Commands commands;
    commands.push_back(To("StartEarlierRetention", subject, *std::move(earlier)));
    return commands;
  }
  if (!event.has_call_logged()) return Across(event);
  Commands commands = ToRecall(event.call_logged());
  if (!event.call_logged().accepted_at_once()) return commands;
  v1::AcceptCallRequest accept;
  accept.set_name(event.call_logged().name());
  accept.set_reason(
      "screened by those who recorded it, its caller's standing and the services it needs too");
  commands.push_back(To("AcceptCall", accept.name(), accept));
  return commands;
}

v1::AgreementKnown AsKnown(const routing::v1::Agreement& agreement) {
  v1::AgreementKnown known;
  known.set_name(agreement.name());
  known.set_agency(agreement.agency());
  // Numbered alike.
  for (int category : agreement.categories())
    known.add_fields(static_cast<v1::PersonalField>(category));
  *known.mutable_purposes() = agreement.purposes();
  known.set_from_date(agreement.from_date());
  known.set_to_date(agreement.to_date());
  return known;
}

Commands ToRouting(const routing::v1::Event& event) {
  Commands commands;
  if (event.has_council_registered()) {
    const std::string& name = event.council_registered().name();
    commands.push_back(To("OpenCouncil", name, OpenCouncil{name}));
  } else if (event.has_ward_registered()) {
    const std::string& name = event.ward_registered().name();
    commands.push_back(To("OpenWard", name, OpenWard{name}));
  } else if (event.has_councillor_registered()) {
    const auto& registered = event.councillor_registered();
    commands.push_back(To("KnowCouncillor", registered.name(),
                          KnowCouncillor{registered.name(), registered.councillor().ward()}));
  } else if (event.has_agreement_recorded()) {
    const auto& agreement = event.agreement_recorded().agreement();
    commands.push_back(To("KnowAgreement", agreement.name(), KnowAgreement{AsKnown(agreement)}));
  } else if (event.has_council_configured()) {
    const auto& configured = event.council_configured();
    commands.push_back(To("ConfigureCouncil", configured.name(),
                          ConfigureCouncil{configured.name(), configured.config().intake()}));
  }
  return commands;
}

Commands ToSara(const sara::v1::Event& event) {
  Commands commands;
  if (event.has_call_attached()) {
    const auto& attached = event.call_attached();
    commands.push_back(To("JoinCall", attached.call(),
                          JoinCall{attached.call(), attached.name(), attached.reason()}));
  } else if (event.has_problem_closed()) {
    const auto& ended = event.problem_closed().closing();
    v1::Closing closing;
    closing.set_resolved(ended.resolved());
    closing.set_done(ended.done());
    closing.set_by(ended.by());
    closing.set_why(ended.why());
    for (const std::string& call : event.problem_closed().calls()) {
      commands.push_back(
          To("CloseCall", call, CloseCall{call, event.problem_closed().name(), closing}));
    }
  }
  return commands;
}

}  // namespace

Rules::Rules() {
  interests_
      .Topic<v1::Event>({"AppealDecided", "CallClosed", "CallDeclined", "CallLogged",
                         "CallReferredToService", "CallWithdrawn", "CouncilAnswerReceived",
                         "CouncilConfigured", "RetentionStarted", "RulingConfirmed"},
                        {"CallReferredToCouncil", "CouncilAnswered"})
      .Topic<routing::v1::Event>({"AgreementRecorded", "CouncilConfigured", "CouncilRegistered",
                                  "CouncillorRegistered", "WardRegistered"})
      .Topic<sara::v1::Event>({"CallAttached", "ProblemClosed"});
}

absl::StatusOr<Commands> Rules::React(absl::string_view topic, const engine::Record& record) {
  if (topic == kTopic) {
    return engine::ReactTo<v1::Event>(record, [&](const v1::Event& event) {
      return ToIntake(event, engine::SubjectOf(*engine::InnerEvent(event)));
    });
  }
  if (topic == "ccfa.routing.v1") return engine::ReactTo<routing::v1::Event>(record, ToRouting);
  return engine::ReactTo<sara::v1::Event>(record, ToSara);
}

std::string Rules::Advice(const google::protobuf::Message& event) const {
  const auto& intake = static_cast<const v1::Event&>(event);
  return intake.has_call_logged() && intake.call_logged().emergency()
             ? "If anyone is in danger now, ring 999. The call has been recorded."
             : "";
}

}  // namespace ccfa::intake
