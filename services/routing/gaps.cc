#include "services/routing/gaps.h"

#include "absl/strings/str_cat.h"
#include "common/calendar/date.h"
#include "common/core/names.h"

namespace ccfa::routing {
namespace {

class Gaps {
 public:
  void Add(v1::GapKind kind, absl::string_view of, const std::string& what) {
    v1::Gap& gap = gaps_.emplace_back();
    gap.set_kind(kind);
    gap.set_of(std::string(of));
    gap.set_what(what);
  }
  std::vector<v1::Gap> Take() { return std::move(gaps_); }

 private:
  std::vector<v1::Gap> gaps_;
};

bool HasEnded(const v1::Member& member, absl::CivilDay today) {
  absl::StatusOr<absl::CivilDay> ends = calendar::ParseDate(member.term_ends());
  return ends.ok() && *ends < today;
}

void AddOfTeam(const v1::Team& team, absl::CivilDay today, Gaps& gaps) {
  if (team.chair().empty()) gaps.Add(v1::GAP_KIND_NO_CHAIR, team.name(), "nobody chairs the team");
  if (team.constitution().version().empty()) {
    gaps.Add(v1::GAP_KIND_NO_CONSTITUTION, team.name(), "the team has adopted no constitution");
  }
  int seated = 0;
  for (const v1::Member& member : team.members()) {
    std::string seat =
        absl::StrCat(LastId(member.agency()), member.role().empty() ? "" : ", ", member.role());
    if (member.officer().empty()) {
      gaps.Add(v1::GAP_KIND_SEAT_VACANT, team.name(), absl::StrCat("no officer: ", seat));
    } else if (HasEnded(member, today)) {
      gaps.Add(v1::GAP_KIND_TERM_ENDED, team.name(),
               absl::StrCat(member.officer(), "'s term ended ", member.term_ends(), ": ", seat));
    } else {
      ++seated;
    }
  }
  // The chair counts as one of those who decide.
  if (!team.chair().empty()) ++seated;
  if (seated < team.quorum()) {
    gaps.Add(v1::GAP_KIND_QUORUM_OUT_OF_REACH, team.name(),
             absl::StrCat("the quorum is ", team.quorum(), ", and ", seated, " can come"));
  }
}

}  // namespace

std::vector<v1::Gap> GapsOf(const Tables& tables, absl::string_view council, absl::CivilDay today) {
  Gaps gaps;
  std::string parent = absl::StrCat("councils/", council, "/");
  tables.wards.Scan(parent, "", [&](absl::string_view name, const v1::Ward& ward) {
    if (ward.team().empty() && ward.retired().empty()) {
      gaps.Add(v1::GAP_KIND_WARD_UNCOVERED, name, absl::StrCat("no team covers ", ward.title()));
    }
    return true;
  });
  tables.teams.Scan(parent, "", [&](absl::string_view, const v1::Team& team) {
    AddOfTeam(team, today, gaps);
    return true;
  });
  return gaps.Take();
}

}  // namespace ccfa::routing
