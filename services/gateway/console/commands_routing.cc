#include "absl/strings/str_cat.h"
#include "services/gateway/console/command_tables.h"

namespace ccfa::gateway::console {
namespace {

using enum Field::Kind;

constexpr int kSeats = 8;

std::vector<Field> TeamFields() {
  std::vector<Field> fields = {
      {"team.title", "Name", kLine},
      {"team.chair", "Chair", kCouncillor},
      {"team.quorum", "How many members it takes to decide", kNumber},
      {"team.meets_every_weeks", "Weeks between meetings", kNumber},
      {"team.priorities_at_once", "Priorities at once", kNumber, "3 to 5"},
      {"team.wards", "Wards it covers", kLines, "Their ONS codes, one a line"},
      {"update_mask", "", kFixed,
       "title,chair,quorum,meetsEveryWeeks,prioritiesAtOnce,wards,members"}};
  for (int i = 0; i < kSeats; ++i) {
    const std::string at = absl::StrCat("team.members[", i, "]."),
                      seat = absl::StrCat("Seat ", i + 1);
    fields.push_back({at + "agency", seat + ": agency", kAgency});
    fields.push_back({at + "officer", seat + ": officer", kLine, "Their id; none is a vacancy"});
    fields.push_back({at + "role", seat + ": role", kLine});
    fields.push_back({at + "term_ends", seat + ": until", kDate});
  }
  return fields;
}

/// The rules that councils set most: how long clocks run, and which categories are shown by name.
std::vector<Field> RuleFields() {
  const char kLength[] = "5 working days, 28 days, 2 months; empty: as by default";
  return {
      {"config.publication.categories", "Categories that are shown by name", kLines, "One a line"},
      {"config.publication.fewest_calls", "No published group of fewer calls than", kNumber},
      {"config.intake.acknowledge.length", "To acknowledge a call", kLine, kLength},
      {"config.intake.screen.length", "To screen it", kLine, kLength},
      {"config.intake.appeal.length", "To appeal a ruling", kLine, kLength},
      {"config.intake.not_fixed_within", "To say that it is not fixed", kLine, kLength},
      {"config.intake.retention.length", "To keep who called after its end", kLine, kLength},
      {"config.sara.stage.length", "For a team to get through a stage", kLine, kLength},
      {"config.sara.accept_action.length", "For an officer to accept an action", kLine, kLength},
      {"config.sara.overdue_action.length", "For an action to be overdue", kLine, kLength},
      {"config.sara.watch.length", "To watch what was solved", kLine, kLength},
      {"config.scrutiny.agenda.length", "To get on an agenda", kLine, kLength},
      {"config.scrutiny.respond_crime_and_disorder.length",
       "To answer a recommendation on crime and disorder", kLine, kLength},
      {"config.scrutiny.respond_other_matter.length", "To answer any other", kLine, kLength},
      {"config.scrutiny.update.length", "For the next word on it", kLine, kLength}};
}

}  // namespace

std::vector<CommandRow> RoutingCommands() {
  return {
      {"AssignCall",
       "Give it to a team",
       "calls",
       "call",
       "ACCEPTED TRIAGE ROUTED",
       {{"team", "Team", kTeam, "Leave out for the team of the ward"},
        {"ward", "Ward", kWard, "Where to count it; leave out to keep the ward it was placed in"},
        {"reason", "Why", kText}}},
      {"CreateTeam",
       "Set up a team",
       "councils",
       "",
       "",
       {{"team.name", "Id", kNewId, "teams"},
        {"team.title", "Name", kLine},
        {"team.wards", "Wards it covers", kLines, "Their ONS codes, one a line"},
        {"team.chair", "Chair", kCouncillor},
        {"team.quorum", "How many members it takes to decide", kNumber},
        {"team.meets_every_weeks", "Weeks between meetings", kNumber},
        {"team.priorities_at_once", "Priorities at once", kNumber, "3 to 5"},
        {"team.constitution.version", "Version of its constitution", kLine},
        {"team.constitution.adopted", "Adopted on", kDate}}},
      {"ChangeTeam", "Change the team", "teams", "", "", TeamFields(), "team"},
      {"ConfigureCouncil", "Change clocks and categories", "councils", "config.name", "",
       RuleFields(), "config"},
      {"RegisterAgency",
       "Register an agency",
       "councils",
       "",
       "",
       {{"agency.name", "Id", kNewId, "agencies"},
        {"agency.title", "Name", kLine},
        {"agency.kind", "Kind", kLine,
         "police, council, county, fire, health, probation, housing, utility, transport, "
         "education, voluntary, business or other"}}},
      {"RegisterCouncillor",
       "Register a councillor",
       "councils",
       "",
       "",
       {{"councillor.name", "Id", kNewId, "councillors"},
        {"councillor.title", "How they are called", kLine},
        {"councillor.ward", "Ward", kWard}}},
  };
}

std::vector<CommandRow> IdentityCommands() {
  const Field roles{"account.roles", "Roles", kLines,
                    "One a line: councillor, coordinator, officer, tasking, scrutiny, committee, "
                    "analyst, administrator"};
  const Field councils{"account.councils", "Councils", kLines, "Codes, one a line; * is every one"};
  const Field wards{"account.wards", "Wards", kLines, "A councillor's: codes, one a line"};
  const Field agency{"account.agency", "Agency", kLine, "An officer's: its id"};
  return {
      {"CreateAccount",
       "Open an account",
       "",
       "",
       "",
       {{"account.name", "Name", kNewId, "accounts"},
        roles,
        councils,
        wards,
        agency,
        {"password", "First password", kPassword, "At least twelve characters"}}},
      {"SetRoles",
       "Change what they may do",
       "accounts",
       "account.name",
       "",
       {roles, councils, wards, agency},
       "account"},
      {"SetPassword",
       "Give a new password",
       "accounts",
       "name",
       "",
       {{"password", "New password", kPassword}}},
      {"DisableAccount", "Close the account", "accounts", "name", "", {}},
      {"EnableAccount", "Open the account again", "accounts", "name", "", {}},
      {"ResetTotp", "Let them in without a code", "accounts", "name", "", {}},
      {"ChangePassword",
       "Change your password",
       "",
       "",
       "",
       {{"password", "Your password", kPassword},
        {"new_password", "Your new password", kPassword}}},
  };
}

}  // namespace ccfa::gateway::console
