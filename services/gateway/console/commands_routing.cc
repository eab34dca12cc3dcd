#include "services/gateway/console/command_tables.h"

namespace ccfa::gateway::console {
namespace {

using enum Field::Kind;

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
       {roles, councils, wards, agency}},
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
