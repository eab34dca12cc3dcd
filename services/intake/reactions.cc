#include "services/intake/reactions.h"

#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "services/intake/domain/decide.h"
#include "services/intake/domain/evolve.h"

namespace ccfa::intake {
namespace {

using engine::Command;
using Commands = std::vector<Command>;

template <class Request>
Command To(absl::string_view what, absl::string_view subject, Request request) {
  return engine::Reaction<v1::Event, Tables>(what, subject, std::move(request));
}

Commands ToIntake(const v1::Event& event) {
  if (!event.has_call_logged() || !event.call_logged().accepted_at_once()) return {};
  v1::AcceptCallRequest accept;
  accept.set_name(event.call_logged().name());
  accept.set_reason(
      "screened by those who recorded it, its caller's standing and the services it needs too");
  Commands commands;
  commands.push_back(To("AcceptCall", accept.name(), accept));
  return commands;
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
  interests_.Topic<v1::Event>({"CallLogged"})
      .Topic<routing::v1::Event>(
          {"CouncilConfigured", "CouncilRegistered", "CouncillorRegistered", "WardRegistered"})
      .Topic<sara::v1::Event>({"CallAttached", "ProblemClosed"});
}

absl::StatusOr<Commands> Rules::React(absl::string_view topic, const engine::Record& record) {
  if (topic == kTopic) return engine::ReactTo<v1::Event>(record, ToIntake);
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
