#include "services/sara/domain/agenda.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "services/sara/domain/priorities.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

void Add(v1::Agenda& agenda, v1::AgendaKind kind, const std::string& subject, std::string what) {
  v1::AgendaItem& item = *agenda.add_items();
  item.set_kind(kind);
  item.set_subject(subject);
  item.set_what(std::move(what));
}

void AddActionLog(v1::Agenda& agenda, const v1::TeamRow& row) {
  for (const v1::LogItem& item : row.carried()) {
    Add(agenda, v1::AGENDA_KIND_ACTION_LOG, absl::StrCat(item.number()),
        absl::StrCat(item.what(), ", by ", item.who(),
                     item.by_date().empty() ? "" : absl::StrCat(" until ", item.by_date())));
  }
}

void AddOverdueActions(v1::Agenda& agenda, const std::vector<Problem>& open) {
  for (const Problem& problem : open) {
    for (const v1::Action& action : problem.actions()) {
      if (!action.overdue() || action.state() != v1::ACTION_STATE_ACCEPTED) continue;
      Add(agenda, v1::AGENDA_KIND_OVERDUE_ACTION, action.name(),
          absl::StrCat(action.description(), ", which ", LastId(action.agency()),
                       " was to complete by ", action.due_date()));
    }
  }
}

/// Those that wait for this team's answer, and those of its own problems that wait for another's.
void AddInvitations(v1::Agenda& agenda, const Tables& tables, const std::string& team,
                    const std::vector<Problem>& open) {
  auto add = [&](const Problem& problem, absl::string_view invited) {
    for (const v1::Invitation& invitation : problem.invitations()) {
      bool waits = invitation.state() == v1::INVITATION_STATE_WAITING;
      if (!waits || (!invited.empty() && invitation.team() != invited)) continue;
      Add(agenda, v1::AGENDA_KIND_INVITATION, problem.name(),
          absl::StrCat(problem.team(), " invited ", invitation.team(), ": ", invitation.reason()));
    }
    return true;
  };
  tables.problems.ScanIndex(
      kInvitedTeams, team + state::kPartEnd, "",
      [&](absl::string_view, const Problem& problem) { return add(problem, team); });
  for (const Problem& problem : open) {
    if (problem.team() == team) add(problem, "");
  }
}

std::string ProblemWords(const Problem& problem) {
  return absl::StrCat(problem.title(), ", in ", Words(problem.stage()), ", with the ",
                      Words(problem.rung()));
}

}  // namespace

v1::Agenda AgendaOf(const Tables& tables, const std::string& meeting) {
  v1::Agenda agenda;
  agenda.set_name(meeting);
  const std::string team(ParentOf(meeting));
  const v1::TeamRow row = tables.teams.Get(team).value_or(v1::TeamRow());
  AddActionLog(agenda, row);
  if (row.review_overdue()) {
    Add(agenda, v1::AGENDA_KIND_REVIEW, team,
        absl::StrCat("the priorities, which were to be reviewed by ",
                     row.priorities().review_date()));
  }
  std::vector<Problem> open = OpenProblemsOf(tables, team);
  auto furthest_first = [](const Problem& a, const Problem& b) { return a.stage() > b.stage(); };
  std::stable_sort(open.begin(), open.end(), furthest_first);
  std::vector<Problem> priorities;
  std::copy_if(open.begin(), open.end(), std::back_inserter(priorities),
               [](const Problem& problem) { return problem.priority() > 0; });
  std::stable_sort(priorities.begin(), priorities.end(),
                   [](const Problem& a, const Problem& b) { return a.priority() < b.priority(); });
  for (const Problem& problem : priorities) {
    Add(agenda, v1::AGENDA_KIND_PRIORITY, problem.name(), ProblemWords(problem));
  }
  AddOverdueActions(agenda, open);
  AddInvitations(agenda, tables, team, open);
  for (const Problem& problem : open) {
    if (problem.priority() > 0) continue;
    bool queued = problem.state() == v1::PROBLEM_STATE_QUEUED;
    Add(agenda, queued ? v1::AGENDA_KIND_QUEUED : v1::AGENDA_KIND_PROBLEM, problem.name(),
        queued ? problem.title() : ProblemWords(problem));
  }
  return agenda;
}

}  // namespace ccfa::sara
