// Figures as charts, with the tables behind them: what a council publishes (F59, F62), and how its
// problems move.

#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/gateway/console/choices.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace insight = ccfa::insight::v1;
namespace sara = ccfa::sara::v1;

constexpr int kQuartersShown = 8, kMostProblems = 1000, kMonthsAQuarter = 3;
constexpr int kMostMonths = 24;

/// The quarters that may be asked for, the last that has ended first.
std::vector<Option> Quarters(absl::Time now) {
  absl::CivilMonth month(absl::ToCivilSecond(now, absl::UTCTimeZone()));
  month -= (month.month() - 1) % kMonthsAQuarter;
  std::vector<Option> quarters;
  for (int i = 0; i < kQuartersShown; ++i) {
    month -= kMonthsAQuarter;
    const std::string name =
        absl::StrCat(month.year(), "-Q", (month.month() - 1) / kMonthsAQuarter + 1);
    quarters.push_back({name, name});
  }
  return quarters;
}

Form QuarterForm(const Visit& visit, const std::string& path, const std::string& quarter) {
  Form form{.id = "quarter", .action = path, .only_asks = true, .button = "Show"};
  form.inputs = {{.name = "quarter",
                  .label = "Quarter",
                  .kind = Input::Kind::kChoice,
                  .value = quarter,
                  .options = Quarters(visit.now)}};
  return form;
}

using Figures = google::protobuf::RepeatedPtrField<insight::Figure>;

template <class Label>
Chart ChartOf(std::string title, const Figures& figures, Label label) {
  Chart chart{.title = std::move(title), .unit = "Calls"};
  for (const insight::Figure& figure : figures)
    chart.bars.emplace_back(label(figure), figure.calls());
  return chart;
}

/// What was said and what was done, of one quarter; or why there is nothing yet.
absl::Status AddQuarter(const Visit& visit, const std::string& quarter, Page& page) {
  insight::GetPublishedQuarterRequest request;
  request.set_parent(visit.parent());
  request.set_quarter(quarter);
  auto published = visit.Ask<insight::PublishedQuarter>(request);
  if (published.status().code() == absl::StatusCode::kFailedPrecondition) {
    page.blocks.push_back(Notice{std::string(published.status().message())});
    return absl::OkStatus();
  }
  if (!published.ok()) return published.status();
  page.blocks.push_back(
      Paragraph{absl::StrCat("You called ", published->calls(), " times in ", quarter,
                             ". Groups of fewer than ", published->fewest_calls(),
                             " calls are not shown apart, so that nobody can be found by them.")});
  page.blocks.push_back(ChartOf("What came of the calls", published->by_outcome(),
                                [](const auto& figure) { return WordsOf(figure.outcome()); }));
  page.blocks.push_back(ChartOf("What they were about", published->by_category(),
                                [](const auto& figure) { return TitleOf(figure.category()); }));
  page.blocks.push_back(ChartOf("By month", published->by_month(),
                                [](const auto& figure) { return figure.month(); }));
  page.blocks.push_back(ChartOf("By ward", published->by_ward(), [](const auto& figure) {
    return figure.ward_title().empty() ? "Elsewhere" : figure.ward_title();
  }));
  return absl::OkStatus();
}

/// The calls as they stand now, for those who work on them.
void AddCounts(const Visit& visit, Page& page) {
  insight::CountCallsRequest request;
  request.set_parent(visit.parent());
  auto counts = visit.Ask<insight::CallCounts>(request);
  if (!counts.ok()) return;
  Chart months{.title = "Calls by month", .unit = "Calls"};
  for (const auto& count : counts->by_month())
    months.bars.emplace_back(count.month(), count.calls());
  const int more = static_cast<int>(months.bars.size()) - kMostMonths;
  if (more > 0) months.bars.erase(months.bars.begin(), months.bars.begin() + more);
  Chart wards{.title = "Calls by ward", .unit = "Calls"};
  for (const auto& count : counts->by_ward()) {
    const std::string& title = count.ward_title().empty() ? count.ward() : count.ward_title();
    wards.bars.emplace_back(title.empty() ? "No known ward" : title, count.calls());
  }
  Chart categories{.title = "Calls by what they are about", .unit = "Calls"};
  for (const auto& count : counts->by_category())
    categories.bars.emplace_back(TitleOf(count.category()), count.calls());
  Chart states{.title = "Where calls stand", .unit = "Calls"};
  for (const auto& count : counts->by_state())
    states.bars.emplace_back(WordsOf(count.state()), count.calls());
  for (Chart* chart : {&months, &wards, &categories, &states})
    page.blocks.push_back(std::move(*chart));
}

/// How many days problems spent in each stage, on average, over the passes that have ended.
Chart TimeInStage(const Visit& visit) {
  Chart chart{.title = "Days in each stage, on average", .unit = "Days"};
  sara::ListProblemsRequest request;
  request.set_parent(visit.parent());
  request.set_page_size(kMostProblems);
  auto response = visit.Ask<sara::ListProblemsResponse>(request);
  if (!response.ok()) return chart;
  std::map<sara::Stage, std::pair<double, int>> spent;
  for (const sara::Problem& problem : response->problems()) {
    for (const sara::StagePass& pass : problem.passes()) {
      if (!pass.has_found()) continue;
      auto& [days, passes] = spent[pass.stage()];
      days += absl::FDivDuration(
          FromProto(pass.found().leave_time()) - FromProto(pass.enter_time()), absl::Hours(24));
      ++passes;
    }
  }
  for (const auto& [stage, sum] : spent) {
    const double tenths = static_cast<int>(sum.first / sum.second * 10 + 0.5);
    chart.bars.emplace_back(WordsOf(stage), tenths / 10);
  }
  return chart;
}

Form BeforeAfterForm(const Visit& visit, const std::string& path) {
  Form form{.id = "before-after", .action = path, .only_asks = true, .button = "Compare"};
  form.inputs = {{.name = "problem",
                  .label = "Problem",
                  .hint = "Its number: 2026-000001",
                  .value = visit.query.Get("problem")},
                 {.name = "month",
                  .label = "First month after the response began",
                  .hint = "2026-09",
                  .value = visit.query.Get("month")},
                 {.name = "months",
                  .label = "Months on each side",
                  .kind = Input::Kind::kNumber,
                  .value = visit.query.Get("months").empty() ? "3" : visit.query.Get("months")}};
  return form;
}

void AddBeforeAfter(const Visit& visit, Page& page) {
  Form& form = std::get<Form>(page.blocks.back());
  insight::CompareBeforeAfterRequest request;
  request.set_parent(visit.parent());
  request.set_problem(absl::StrCat(visit.parent(), "/problems/", visit.query.Get("problem")));
  request.set_month(visit.query.Get("month"));
  int months = 0;
  if (!absl::SimpleAtoi(visit.query.Get("months"), &months) || months < 1 || months > kMostMonths) {
    form.inputs[2].error = "Give 1 to 24 months";
    return;
  }
  request.set_months(months);
  auto compared = visit.Ask<insight::BeforeAfter>(request);
  if (!compared.ok()) {
    form.errors.emplace_back(compared.status().message());
    return;
  }
  page.blocks.push_back(Notice{compared->finding()});
  Chart chart{.title = "Before and after", .unit = "Calls"};
  for (const auto& [name, counts] :
       {std::pair{"Here", compared->target()}, std::pair{"Around it", compared->ring()},
        std::pair{"Elsewhere", compared->comparison()}}) {
    chart.bars.emplace_back(absl::StrCat(name, ", before"), counts.before());
    chart.bars.emplace_back(absl::StrCat(name, ", after"), counts.after());
  }
  page.blocks.push_back(std::move(chart));
}

}  // namespace

absl::StatusOr<Page> FiguresPage(const Visit& visit) {
  const std::string path = absl::StrCat("/", visit.parent(), "/figures");
  std::string quarter = visit.query.Get("quarter");
  if (quarter.empty()) quarter = Quarters(visit.now).front().value;
  Page page{.title = "Figures"};
  AddCounts(visit, page);
  page.blocks.push_back(TimeInStage(visit));
  page.blocks.push_back(Heading{"What is published of a quarter"});
  page.blocks.push_back(QuarterForm(visit, path, quarter));
  if (absl::Status added = AddQuarter(visit, quarter, page); !added.ok()) return added;
  page.blocks.push_back(Heading{"Did it work? Before and after a response"});
  page.blocks.push_back(BeforeAfterForm(visit, path));
  if (!visit.query.Get("problem").empty()) AddBeforeAfter(visit, page);
  return page;
}

absl::StatusOr<Page> PublishedPage(const Visit& visit) {
  const std::string path = absl::StrCat("/", visit.parent(), "/published");
  std::string quarter = visit.query.Get("quarter");
  if (quarter.empty()) quarter = Quarters(visit.now).front().value;
  ccfa::routing::v1::GetCouncilRequest request;
  request.set_name(visit.parent());
  auto council = visit.Ask<ccfa::routing::v1::Council>(request);
  if (!council.ok()) return council.status();
  Page page{.title = "You said, we did", .kind = council->title(), .back = {"Start", "/"}};
  page.blocks.push_back(QuarterForm(visit, path, quarter));
  if (absl::Status added = AddQuarter(visit, quarter, page); !added.ok()) return added;
  return page;
}

}  // namespace ccfa::gateway::console
