#include "services/scrutiny/reactions.h"

#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "services/scrutiny/domain/decide.h"
#include "services/scrutiny/domain/evolve.h"

namespace ccfa::scrutiny {
namespace {

using engine::Command;
using Commands = std::vector<Command>;

template <class Request>
Command To(absl::string_view what, absl::string_view subject, Request request) {
  return engine::Reaction<v1::Event, Tables>(what, subject, std::move(request));
}

v1::Roster RosterOf(const routing::v1::Team& team) {
  v1::Roster roster;
  roster.set_team(team.name());
  roster.set_chair(team.chair());
  for (const routing::v1::Member& member : team.members()) {
    v1::Seat& seat = *roster.add_seats();
    seat.set_agency(member.agency());
    seat.set_officer(member.officer());
  }
  return roster;
}

Commands ToRouting(const routing::v1::Event& event) {
  Commands commands;
  if (event.has_council_registered()) {
    const std::string& name = event.council_registered().name();
    commands.push_back(To("OpenCouncil", name, OpenCouncil{name}));
  } else if (event.has_agency_registered()) {
    const std::string& name = event.agency_registered().name();
    commands.push_back(To("AdmitAgency", name, AdmitAgency{name}));
  } else if (event.has_team_created()) {
    commands.push_back(To("LearnTeam", event.team_created().name(),
                          LearnTeam{RosterOf(event.team_created().team())}));
  } else if (event.has_council_configured()) {
    const auto& configured = event.council_configured();
    commands.push_back(To("ConfigureCouncil", configured.name(),
                          ConfigureCouncil{configured.name(), configured.config().scrutiny()}));
  }
  return commands;
}

/// The pack that the problem was raised with, as scrutiny's own (F46).
ReceiveReferral PackOf(const sara::v1::ProblemRaised& raised) {
  ReceiveReferral pack{raised.name(),     raised.title(),
                       raised.category(), raised.team(),
                       raised.ward(),     {raised.calls().begin(), raised.calls().end()},
                       raised.reason(),   {}};
  for (const sara::v1::TrailEntry& tried : raised.trail()) {
    v1::TrailEntry& entry = pack.trail.emplace_back();
    if (tried.has_time()) *entry.mutable_time() = tried.time();
    entry.set_who(tried.who());
    entry.set_what(tried.what());
    entry.set_result(tried.result());
  }
  return pack;
}

Commands ToSara(const sara::v1::Event& event) {
  Commands commands;
  if (event.has_problem_raised() && event.problem_raised().to() == sara::v1::RUNG_SCRUTINY) {
    commands.push_back(
        To("ReceiveReferral", event.problem_raised().name(), PackOf(event.problem_raised())));
  }
  return commands;
}

}  // namespace

Rules::Rules() {
  interests_
      .Topic<routing::v1::Event>(
          {"AgencyRegistered", "CouncilConfigured", "CouncilRegistered", "TeamCreated"})
      .Topic<sara::v1::Event>({"ProblemRaised"});
}

absl::StatusOr<Commands> Rules::React(absl::string_view topic, const engine::Record& record) {
  if (topic == "ccfa.routing.v1") return engine::ReactTo<routing::v1::Event>(record, ToRouting);
  return engine::ReactTo<sara::v1::Event>(record, ToSara);
}

}  // namespace ccfa::scrutiny
