#include "services/insight/counts.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/insight/incidents.h"
#include "services/insight/story.h"

namespace ccfa::insight {
namespace {

/// The month of an instant, as the people who count live it.
std::string MonthOf(const google::protobuf::Timestamp& time) {
  static const absl::TimeZone london = [] {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/London", &zone);
    return zone;
  }();
  return absl::FormatTime("%Y-%m", FromProto(time), london);
}

std::string KeyOf(absl::string_view council, const v1::CountRow& row) {
  const std::string end(1, kEnd);
  return absl::StrCat(council, end, row.month(), end, row.ward(), end, row.category(), end,
                      static_cast<int>(row.state()));
}

void Change(Tables& tables, absl::string_view council, const v1::CountRow& as, int by) {
  const std::string key = KeyOf(council, as);
  v1::CountRow row = tables.counts.Get(key).value_or(as);
  row.set_calls(row.calls() + by);
  row.calls() == 0 ? tables.counts.Delete(key) : tables.counts.Put(key, row);
}

}  // namespace

std::optional<v1::CountRow> CountOf(const v1::StoryRow& row) {
  if (!row.has_intake() || !row.intake().has_log_time()) return std::nullopt;
  v1::CountRow count;
  count.set_month(MonthOf(row.intake().log_time()));
  count.set_ward(WardOf(row));
  count.set_category(row.intake().details().category());
  count.set_state(StateOf(row));
  return count;
}

void CountAgain(Tables& tables, absl::string_view call, const std::optional<v1::CountRow>& before,
                const std::optional<v1::CountRow>& after) {
  const absl::string_view council = CouncilOf(call);
  if (before && after && KeyOf(council, *before) == KeyOf(council, *after)) return;
  if (before) Change(tables, council, *before, -1);
  if (after) Change(tables, council, *after, +1);
}

absl::Status CountCalls(const Tables& tables, const v1::CountCallsRequest& request,
                        v1::CallCounts& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  for (const auto& [field, month] :
       {std::pair{"from_month", request.from_month()}, {"to_month", request.to_month()}}) {
    if (month.empty()) continue;
    if (absl::Status checked = CheckMonth(field, month); !checked.ok()) return checked;
  }
  const absl::string_view council = CouncilOf(request.parent());
  std::map<std::string, int> months, wards, categories;
  std::map<v1::StoryState, int> states;
  int calls = 0;
  tables.counts.Scan(absl::StrCat(council, std::string(1, kEnd)), "",
                     [&](absl::string_view, const v1::CountRow& row) {
                       const bool wanted =
                           row.month() >= request.from_month() &&
                           (request.to_month().empty() || row.month() <= request.to_month());
                       if (!wanted) return true;
                       calls += row.calls();
                       months[row.month()] += row.calls();
                       wards[row.ward()] += row.calls();
                       categories[row.category()] += row.calls();
                       states[row.state()] += row.calls();
                       return true;
                     });
  reply.set_calls(calls);
  auto add = [](auto* list, int count) {
    v1::CallCount* made = list->Add();
    made->set_calls(count);
    return made;
  };
  for (const auto& [month, count] : months) add(reply.mutable_by_month(), count)->set_month(month);
  for (const auto& [ward, count] : wards) {
    v1::CallCount* made = add(reply.mutable_by_ward(), count);
    made->set_ward(ward);
    const auto known = tables.wards.Get(absl::StrCat(request.parent(), "/wards/", ward));
    if (known) made->set_ward_title(known->title());
  }
  for (const auto& [category, count] : categories)
    add(reply.mutable_by_category(), count)->set_category(category);
  for (const auto& [state, count] : states) add(reply.mutable_by_state(), count)->set_state(state);
  return absl::OkStatus();
}

}  // namespace ccfa::insight
