#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using routing::v1::RoutingService;
using RoutingStub = RoutingService::Stub;

namespace {

void AddWhere(CLI::App& app, Session& session) {
  CLI::App* where = app.add_subcommand(
      "where", "Ward, council, team, councillors, areas of a point or a postcode");
  auto request = std::make_shared<routing::v1::LocateRequest>();
  BindFields(*where, *request);
  CLI::Option* lat = where->get_option("--lat");
  CLI::Option* postcode = where->get_option("--postcode");
  lat->needs(where->get_option("--lon"))->excludes(postcode);
  where->callback([&session, request, lat, postcode] {
    if (lat->empty() && postcode->empty())
      throw CLI::RequiredError("--lat and --lon, or --postcode");
    routing::v1::Location reply;
    session.outcome = session.Call<RoutingService>(&RoutingStub::Locate, *request, reply);
    if (session.outcome.ok()) session.Print(reply);
  });
}

}  // namespace

void AddPlaces(CLI::App& app, Session& session) {
  CLI::App* councils = app.add_subcommand("councils", "Councils")->require_subcommand(1);
  AddStep<RoutingService>(*councils, session, "register", "Register a council, or change it",
                          &RoutingStub::RegisterCouncil, {"etag"});
  AddList<RoutingService>(*councils, session, "list", "Every council", &RoutingStub::ListCouncils,
                          [](const auto& reply) { return reply.councils(); },
                          {"name", "title", "kind", "county"});

  CLI::App* wards =
      app.add_subcommand("wards", "Wards and their boundaries")->require_subcommand(1);
  AddWardsImport(*wards, session);
  AddList<RoutingService>(*wards, session, "list",
                          "A council's wards, uncovered ones without a team",
                          &RoutingStub::ListWards, [](const auto& reply) { return reply.wards(); },
                          {"name", "title", "team", "vintage"});

  AddStep<RoutingService>(*wards, session, "retire", "End a ward at a boundary review",
                          &RoutingStub::RetireWard);
  AddRecut(*wards, session);

  CLI::App* areas =
      app.add_subcommand("areas", "Areas of other layers: beats, estates")->require_subcommand(1);
  AddAreasImport(*areas, session);
  AddList<RoutingService>(*areas, session, "list", "A council's areas, layer by layer",
                          &RoutingStub::ListAreas, [](const auto& reply) { return reply.areas(); },
                          {"name", "title", "agency", "vintage"});

  CLI::App* postcodes =
      app.add_subcommand("postcodes", "Where postcodes lie")->require_subcommand(1);
  AddPostcodesImport(*postcodes, session);

  CLI::App* teams =
      app.add_subcommand("teams", "Neighbourhood action teams")->require_subcommand(1);
  AddTeamsCreate(*teams, session);
  AddList<RoutingService>(*teams, session, "list", "A council's teams", &RoutingStub::ListTeams,
                          [](const auto& reply) { return reply.teams(); },
                          {"name", "title", "wards", "chair", "load", "priorities_at_once"});
  AddStep<RoutingService>(*teams, session, "change",
                          "Change what is given: wards, chair, members, constitution, quorum",
                          &RoutingStub::ChangeTeam, {"load", "update_mask"});
  AddGaps(*teams, session);
  AddShow<RoutingService>(*teams, session, "show", "One team", &RoutingStub::GetTeam);

  CLI::App* agencies =
      app.add_subcommand("agencies", "Agencies that work with the teams")->require_subcommand(1);
  AddStep<RoutingService>(*agencies, session, "register", "Register an agency, or change it",
                          &RoutingStub::RegisterAgency, {"etag"});
  AddList<RoutingService>(
      *agencies, session, "list", "A council's agencies", &RoutingStub::ListAgencies,
      [](const auto& reply) { return reply.agencies(); }, {"name", "title", "kind", "standing"});

  CLI::App* councillors =
      app.add_subcommand("councillors", "Councillors and their wards")->require_subcommand(1);
  AddStep<RoutingService>(*councillors, session, "register",
                          "Register a councillor, or change them", &RoutingStub::RegisterCouncillor,
                          {"etag"});
  AddList<RoutingService>(
      *councillors, session, "list", "A council's councillors", &RoutingStub::ListCouncillors,
      [](const auto& reply) { return reply.councillors(); }, {"name", "title", "ward"});
  AddDirectoryImports(*agencies, *councillors, session);

  AddWhere(app, session);

  CLI::App* triage =
      app.add_subcommand("triage", "Calls that could not be placed")->require_subcommand(1);
  AddList<RoutingService>(*triage, session, "list", "The queue, each call with its reason",
                          &RoutingStub::ListTriage,
                          [](const auto& reply) { return reply.placements(); },
                          {"call", "reason", "note", "ward_given"});
  AddStep<RoutingService>(*triage, session, "assign", "Place a call by hand, or with another team",
                          &RoutingStub::AssignCall);
  AddShow<RoutingService>(*triage, session, "show", "Where a call is", &RoutingStub::GetPlacement);
}

}  // namespace ccfa::ctl
