#include "services/sara/team_reads.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_split.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/paging.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/priorities.h"

namespace ccfa::sara {

absl::Status Answer(const Tables& tables, const v1::ReviewPrioritiesRequest& request,
                    v1::ReviewPrioritiesResponse& reply) {
  absl::Status form = CheckName("name", request.name(), "councils/*/teams/*");
  if (!form.ok()) return form;
  auto row = tables.teams.Get(request.name());
  if (!row) return NotFound("name", request.name());
  std::vector<v1::Problem> open = OpenProblemsOf(tables, request.name()), selected;
  for (const std::string& name : request.problems()) {
    auto problem = absl::c_find_if(open, [&](const v1::Problem& p) { return p.name() == name; });
    if (problem == open.end()) return NotFound("problems", name);
    selected.push_back(*problem);
  }
  *reply.mutable_current() = row->priorities();
  reply.set_at_once(PrioritiesAtOnce(row->team()));
  for (const v1::Problem& problem : open) {
    v1::Priority& candidate = *reply.add_candidates();
    candidate.set_problem(problem.name());
    candidate.set_title(problem.title());
    *candidate.mutable_evidence() = EvidenceOf(problem);
  }
  absl::c_stable_sort(*reply.mutable_candidates(),
                      [](const v1::Priority& a, const v1::Priority& b) {
                        return a.evidence().strength() > b.evidence().strength();
                      });
  for (std::string& warning :
       WarningsFor(row->team(), selected, open, *PolicyOf(tables, CouncilOf(request.name())))) {
    reply.add_warnings(std::move(warning));
  }
  return absl::OkStatus();
}

absl::Status Answer(const Tables& tables, const v1::ListActionsRequest& request,
                    v1::ListActionsResponse& reply) {
  absl::Status form = CheckName("name", request.name(), "councils/*/agencies/*");
  if (!form.ok()) return form;
  if (!tables.agencies.Contains(request.name())) return NotFound("name", request.name());
  const std::string list = AskedOf(request.name(), request.waiting());
  absl::StatusOr<rpc::Page> page = rpc::Page::Of(request.page_size(), request.page_token(), list);
  if (!page.ok()) return page.status();
  auto take = [&](absl::string_view entry, const v1::Problem& problem) {
    const std::vector<absl::string_view> parts = absl::StrSplit(entry, state::kPartEnd);
    for (const v1::Action& action : problem.actions()) {
      // Behind the list's two parts and the day.
      if (action.name() != parts[3]) continue;
      if (!page->Take(entry)) return false;
      *reply.add_actions() = action;
    }
    return true;
  };
  tables.problems.ScanIndex(kActionsByAgency, list + state::kPartEnd, page->after(), take);
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

}  // namespace ccfa::sara
