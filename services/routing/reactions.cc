#include "services/routing/reactions.h"

#include "ccfa/intake/v1/events.pb.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/evolve.h"

namespace ccfa::routing {
namespace {

using engine::Command;

Command ToPlace(const intake::v1::CallAccepted& accepted, WardMap& wards, const Atlas* atlas) {
  Command command;
  command.what = "PlaceCall";
  command.subject = accepted.name();
  command.decide = [name = accepted.name(), details = accepted.details(), &wards, atlas](
                       state::Rows& rows, const engine::Context& context) {
    const Tables tables(rows);
    auto map = wards.At(tables), areas = wards.AreasAt(tables);
    return engine::ToDraft(
        Decide(tables, PlaceCall{name, details, map.get(), areas.get(), atlas}, context));
  };
  return command;
}

}  // namespace

Rules::Rules() {
  interests_.Topic<intake::v1::Event>(
      {"CallAccepted", "CallClosed", "CallReopened", "CallWithdrawn"});
}

absl::StatusOr<std::vector<Command>> Rules::React(absl::string_view, const engine::Record& record) {
  return engine::ReactTo<intake::v1::Event>(record, [&](const intake::v1::Event& event) {
    std::vector<Command> commands;
    if (event.has_call_accepted()) {
      commands.push_back(ToPlace(event.call_accepted(), wards_, atlas_));
    } else if (event.has_call_withdrawn()) {
      const auto& withdrawn = event.call_withdrawn();
      commands.push_back(engine::Reaction<v1::Event, Tables>(
          "ReleaseCall", withdrawn.name(), ReleaseCall{withdrawn.name(), withdrawn.reason()}));
    } else if (event.has_call_closed()) {
      const std::string& call = event.call_closed().name();
      commands.push_back(engine::Reaction<v1::Event, Tables>("EndCall", call, EndCall{call}));
    } else if (event.has_call_reopened()) {
      const std::string& call = event.call_reopened().name();
      commands.push_back(engine::Reaction<v1::Event, Tables>("ResumeCall", call, ResumeCall{call}));
    }
    return commands;
  });
}

}  // namespace ccfa::routing
