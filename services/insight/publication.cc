#include "services/insight/publication.h"

#include <map>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/config/defaults.h"
#include "common/config/policy.h"
#include "common/core/proto_time.h"
#include "common/rpc/paging.h"
#include "services/insight/incidents.h"

namespace ccfa::insight {
namespace {

config::v1::PublicationRules RulesOf(const Tables& tables, absl::string_view council) {
  config::v1::PublicationRules rules = config::Defaults().publication();
  if (auto own = tables.configs.Get(absl::StrCat("councils/", council)))
    config::SetOver(rules, own->publication());
  return rules;
}

/// Sums of groups, in the groups' own order.
template <class KeyOf>
std::vector<v1::Figure> Sums(const std::vector<v1::PublishedCalls>& groups, KeyOf key_of) {
  std::vector<v1::Figure> figures;
  for (const v1::PublishedCalls& group : groups) {
    v1::Figure figure = key_of(group);
    auto same = absl::c_find_if(figures, [&](const v1::Figure& other) {
      return other.category() == figure.category() && other.ward() == figure.ward();
    });
    if (same == figures.end()) same = figures.insert(same, figure);
    same->set_calls(same->calls() + group.calls());
  }
  return figures;
}

v1::Figure WardOfGroup(const v1::PublishedCalls& group) {
  v1::Figure figure;
  figure.set_ward(group.ward());
  figure.set_ward_title(group.ward_title());
  return figure;
}

v1::Figure CategoryOfGroup(const v1::PublishedCalls& group) {
  v1::Figure figure;
  figure.set_category(group.category());
  return figure;
}

v1::Figure BothOfGroup(const v1::PublishedCalls& group) {
  v1::Figure figure = WardOfGroup(group);
  figure.set_category(group.category());
  return figure;
}

}  // namespace

absl::Time PublishedAt(const calendar::Quarter& quarter, const calendar::Calendar& calendar) {
  return calendar.StartOf(absl::CivilDay(quarter.end() + 1));
}

std::vector<v1::Figure> FiguresByMonth(const std::vector<Depersonalised>& calls,
                                       const calendar::Quarter& quarter, int fewest) {
  std::vector<v1::Figure> figures;
  for (absl::CivilMonth month = quarter.first_month(); month < quarter.end(); ++month) {
    v1::Figure& figure = figures.emplace_back();
    figure.set_month(MonthText(month));
    figure.set_calls(static_cast<int32_t>(
        absl::c_count_if(calls, [&](const Depersonalised& call) { return call.month == month; })));
    if (figure.calls() < fewest) return {};
  }
  return figures;
}

std::vector<v1::Figure> FiguresByOutcome(const std::vector<Depersonalised>& calls, int fewest) {
  std::map<v1::Outcome, int> counts;
  for (const Depersonalised& call : calls) ++counts[call.outcome];
  std::vector<v1::Figure> figures;
  auto add = [&](v1::Outcome outcome, int count) {
    v1::Figure& figure = figures.emplace_back();
    figure.set_outcome(outcome);
    figure.set_calls(count);
  };
  int rest = 0;
  for (const auto& [outcome, count] : counts) {
    outcome == v1::OUTCOME_OPEN || count < fewest ? void(rest += count) : add(outcome, count);
  }
  if (figures.empty() || rest < fewest) return {};
  add(v1::OUTCOME_OPEN, rest);
  return figures;
}

Publication::Publication(const Tables& tables, absl::string_view council,
                         const calendar::Quarter& quarter, const calendar::Calendar& calendar) {
  const config::v1::PublicationRules rules = RulesOf(tables, council);
  std::vector<Depersonalised> calls, shown;
  tables.stories.Scan(absl::StrCat("councils/", council, "/calls/"), "",
                      [&](absl::string_view, const v1::StoryRow& row) {
                        Depersonalised call = Depersonalise(row, rules, calendar);
                        if (row.has_intake() && quarter.Has(call.month)) calls.push_back(call);
                        return true;
                      });
  std::vector<Path> paths;
  for (const Depersonalised& call : calls) paths.push_back(call.path);
  for (const Group& group : GroupsOf(paths, rules.fewest_calls())) {
    v1::PublishedCalls& published = groups_.emplace_back();
    published.set_quarter(quarter.Text());
    DescribePath(group.path, rules, tables, council, published);
    published.set_calls(static_cast<int32_t>(group.members.size()));
    for (size_t member : group.members) shown.push_back(calls[member]);
  }
  figures_.set_parent(absl::StrCat("councils/", council));
  figures_.set_quarter(quarter.Text());
  *figures_.mutable_as_at() = ToProto(PublishedAt(quarter, calendar));
  figures_.set_fewest_calls(rules.fewest_calls());
  figures_.set_calls(static_cast<int32_t>(shown.size()));
  auto put = [](const std::vector<v1::Figure>& from, auto* into) {
    into->Assign(from.begin(), from.end());
  };
  put(Sums(groups_, BothOfGroup), figures_.mutable_by_category_and_ward());
  put(Sums(groups_, CategoryOfGroup), figures_.mutable_by_category());
  std::vector<v1::Figure> by_ward = Sums(groups_, WardOfGroup);
  absl::c_sort(by_ward, [](const v1::Figure& a, const v1::Figure& b) {
    return std::tuple(a.ward().empty(), a.ward()) < std::tuple(b.ward().empty(), b.ward());
  });
  put(by_ward, figures_.mutable_by_ward());
  put(FiguresByMonth(shown, quarter, rules.fewest_calls()), figures_.mutable_by_month());
  put(FiguresByOutcome(shown, rules.fewest_calls()), figures_.mutable_by_outcome());
}

absl::Status ListPublishedCalls(const Publication& publication,
                                const v1::ListPublishedCallsRequest& request,
                                v1::ListPublishedCallsResponse& reply) {
  absl::StatusOr<rpc::Page> page =
      rpc::Page::Of(request.page_size(), request.page_token(),
                    absl::StrCat("published ", request.parent(), " ", request.quarter()));
  if (!page.ok()) return page.status();
  size_t start = 0;
  if (!page->after().empty() && !absl::SimpleAtoi(page->after(), &start)) start = 0;
  const std::vector<v1::PublishedCalls>& groups = publication.groups();
  for (size_t i = start; i < groups.size() && page->Take(absl::StrCat(i + 1)); ++i)
    *reply.add_groups() = groups[i];
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

}  // namespace ccfa::insight
