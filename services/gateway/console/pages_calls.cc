// Calls: their list, one of them in plain words (F79), and logging one.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "services/gateway/console/call_lists.h"
#include "services/gateway/console/choices.h"
#include "services/gateway/console/command_page.h"
#include "services/gateway/console/form_fields.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace insight = ccfa::insight::v1;
namespace intake = ccfa::intake::v1;
namespace sara = ccfa::sara::v1;

constexpr int kCallsAPage = 50, kEntriesAPage = 100;

std::vector<Option> StateChoices() {
  std::vector<Option> options = {{"", "Any"}};
  const auto* states = insight::StoryState_descriptor();
  for (int i = 1; i < states->value_count(); ++i)
    options.push_back({states->value(i)->name(), WordsOf(*states->value(i))});
  return options;
}

Form FilterForm(const Visit& visit) {
  Form form{.id = "filter",
            .action = absl::StrCat("/", visit.parent(), "/calls"),
            .only_asks = true,
            .button = "Show"};
  form.inputs = {{.name = "q",
                  .label = "Words, or a reference number",
                  .hint = "motorbike alder, 2026-000001",
                  .value = visit.query.Get("q")},
                 {.name = "ward",
                  .label = "Ward",
                  .kind = Input::Kind::kChoice,
                  .value = visit.query.Get("ward"),
                  .options = WardChoices(visit)},
                 {.name = "state",
                  .label = "Where it stands",
                  .kind = Input::Kind::kChoice,
                  .value = visit.query.Get("state"),
                  .options = StateChoices()}};
  form.inputs[1].options[0].text = "Any";
  return form;
}

std::string PlaceOf(const intake::Place& place) {
  std::vector<std::string> parts;
  if (!place.text().empty()) parts.push_back(place.text());
  if (!place.postcode().empty()) parts.push_back(place.postcode());
  return absl::StrJoin(parts, ", ");
}

Summary StandingOf(const Visit& visit, const insight::CallStory& story) {
  Summary summary;
  summary.Add("Where it stands", TagOf(story.state()));
  summary.Add("Who has it", story.with());
  summary.Add("What is next", story.next());
  summary.Add("Why", story.reason());
  summary.Add("Stage", TitleOf(story.stage()));
  summary.Add("Problem", LinkTo(story.problem()));
  summary.Add("Referral to scrutiny", LinkTo(story.referral()));
  summary.Add("Ward", LinkToWard(visit, story.ward()));
  summary.Add("Team", LinkToTeam(visit, story.team()));
  if (story.near_edge()) summary.Add("Place", "So near the ward's edge that somebody should look");
  summary.Add("Harm", story.has_harm() ? absl::StrCat(story.harm().score(), " of 100") : "");
  if (story.affected_too() > 0) summary.Add("Others affected", absl::StrCat(story.affected_too()));
  summary.Add("Referred to", LinkTo(story.referred_to()));
  summary.Add("Referred from", story.referred_from());
  summary.Add("Caller",
              story.caller() == "sealed" ? "Known; their data is sealed" : story.caller());
  return summary;
}

Summary DetailsOf(const insight::CallStory& story) {
  const intake::CallDetails& details = story.details();
  Summary summary;
  summary.Add("What it is about", TitleOf(details.category()));
  summary.Add("In more words", details.description());
  summary.Add("Where", PlaceOf(details.place()));
  summary.Add("Since", details.happened());
  summary.Add("Who is affected", details.affected());
  std::vector<Cell> tried;
  for (const intake::Attempt& attempt : details.tried()) {
    tried.emplace_back(absl::StrCat(attempt.contacted(), attempt.date().empty() ? "" : ", ",
                                    attempt.date(), ": ", attempt.answer()));
  }
  summary.Add("What was tried", std::move(tried));
  summary.Add("What should come of it", details.outcome_sought());
  std::vector<Cell> evidence;
  for (const intake::Evidence& item : details.evidence())
    evidence.emplace_back(absl::StrCat(item.title(), " ", item.uri()));
  summary.Add("Evidence", std::move(evidence));
  summary.Add("Came in by", WordsOf(details.source()));
  summary.Add("Law", WordsOf(details.regime()));
  summary.Add("Caller's tie to the ward", WordsOf(details.standing()));
  summary.Add("Logged", WhenOf(story.log_time()));
  return summary;
}

Table Clocks(const Visit& visit) {
  Table table{
      .caption = "Clocks", .columns = {"What", "Ends", "Whose"}, .if_none = "No clock is running."};
  intake::ListClocksRequest request;
  request.set_parent(visit.parent());
  request.set_of(visit.name);
  auto response = visit.Ask<intake::ListClocksResponse>(request);
  if (!response.ok()) return table;
  for (const auto& clock : response->clocks()) {
    const std::string ends = clock.has_pause_time() ? "Paused" : DayOf(clock.due_time());
    table.rows.push_back({TitleOf(clock.kind()),
                          clock.expired() ? Cell::Tag("Ran out " + ends, "red") : Cell(ends),
                          TitleOf(clock.owner())});
  }
  return table;
}

Table Alike(const Visit& visit) {
  insight::SuggestDuplicatesRequest request;
  request.set_name(visit.name);
  auto response = visit.Ask<insight::SuggestDuplicatesResponse>(request);
  return AlikeTable(response.ok() ? response->duplicates() : Duplicates());
}

/// "2026-000001"
bool IsNumber(absl::string_view text) {
  constexpr size_t kYear = 4;
  return IsId(text) && text.size() > kYear && text[kYear] == '-' &&
         text.find_first_not_of("0123456789-") == absl::string_view::npos;
}

bool IsOpen(insight::StoryState state) {
  return state != insight::STORY_STATE_RESOLVED && state != insight::STORY_STATE_NOT_RESOLVED &&
         state != insight::STORY_STATE_WITHDRAWN && state != insight::STORY_STATE_DECLINED;
}

}  // namespace

Table AlikeTable(const Duplicates& duplicates) {
  Table table{.caption = "Open calls that may be about the same",
              .columns = {"Call", "What", "How far", "Where it stands"}};
  for (const insight::Duplicate& alike : duplicates) {
    table.rows.push_back({LinkTo(alike.call().name()), alike.call().details().summary(),
                          absl::StrCat(static_cast<int>(alike.distance_m()), " m"),
                          TagOf(alike.call().state())});
  }
  return table;
}

absl::StatusOr<Timeline> HistoryOf(const Visit& visit) {
  insight::GetHistoryRequest request;
  request.set_name(visit.name);
  request.set_page_size(kEntriesAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<insight::GetHistoryResponse>(request);
  if (!response.ok()) return response.status();
  Timeline timeline{.next = NextOf("/" + visit.name, visit, response->next_page_token())};
  for (const insight::HistoryEntry& entry : response->entries())
    timeline.entries.push_back({WhenOf(entry.time()), entry.what(), entry.actor(), entry.why()});
  return timeline;
}

absl::StatusOr<Table> CallsTable(const Visit& visit, const std::string& path,
                                 const std::string& ward, insight::StoryState state,
                                 const std::string& words) {
  insight::ListCallsRequest request;
  request.set_parent(visit.parent());
  request.set_words(words);
  request.set_ward(ward);
  request.set_state(state);
  request.set_page_size(kCallsAPage);
  request.set_page_token(visit.query.Get("after"));
  auto response = visit.Ask<insight::ListCallsResponse>(request);
  if (!response.ok()) return response.status();
  Table table{.caption = "Calls",
              .columns = {"Call", "What", "Where it stands", "Who has it"},
              .if_none = "There is none.",
              .next = NextOf(path, visit, response->next_page_token())};
  for (const insight::CallStory& story : response->calls()) {
    table.rows.push_back(
        {LinkTo(story.name()), story.details().summary(), TagOf(story.state()), story.with()});
  }
  return table;
}

absl::StatusOr<Page> CallsPage(const Visit& visit) {
  const std::string path = absl::StrCat("/", visit.parent(), "/calls");
  insight::StoryState state = insight::STORY_STATE_UNSPECIFIED;
  insight::StoryState_Parse(visit.query.Get("state"), &state);
  const std::string number = visit.query.Get("q");
  Page page{.title = "Calls", .live = visit.council};
  if (visit.visitor.May("ccfa.intake.v1.IntakeService", "LogCall"))
    page.blocks.push_back(Links{{{"Log a call", path + "/new"}}});
  Form filter = FilterForm(visit);
  if (IsNumber(number)) {
    insight::GetCallStoryRequest request;
    request.set_name(absl::StrCat(visit.parent(), "/calls/", number));
    auto story = visit.Ask<insight::CallStory>(request);
    Table table{.caption = "Calls",
                .columns = {"Call", "What", "Where it stands", "Who has it"},
                .if_none = "There is no call of that number."};
    if (story.ok()) {
      table.rows.push_back({LinkTo(story->name()), story->details().summary(),
                            TagOf(story->state()), story->with()});
    }
    page.blocks.insert(page.blocks.end(), {std::move(filter), std::move(table)});
    return page;
  }
  absl::StatusOr<Table> calls = CallsTable(visit, path, visit.query.Get("ward"), state, number);
  if (FieldOf(calls.status()) == "words") {
    filter.inputs[0].error = "Give one to eight words of two letters or more";
    calls = Table{.caption = "Calls", .if_none = ""};
  }
  if (!calls.ok()) return calls.status();
  page.blocks.push_back(std::move(filter));
  page.blocks.push_back(*std::move(calls));
  return page;
}

absl::StatusOr<Page> CallPage(const Visit& visit) {
  insight::GetCallStoryRequest request;
  request.set_name(visit.name);
  auto story = visit.Ask<insight::CallStory>(request);
  if (!story.ok()) return story.status();
  absl::StatusOr<Timeline> history = HistoryOf(visit);
  if (!history.ok()) return history.status();
  Page page{.title = story->details().summary(),
            .kind = absl::StrCat("Call ", LastId(visit.name)),
            .back = {"Calls", absl::StrCat("/", visit.parent(), "/calls")},
            .live = visit.council};
  for (const std::string& overdue : story->overdue()) page.blocks.push_back(Notice{overdue});
  page.blocks.push_back(StandingOf(visit, *story));
  Links commands =
      CommandsFor(visit, visit.name, insight::StoryState_Name(story->state()), story->etag());
  if (!commands.links.empty()) {
    page.blocks.push_back(Heading{"What you can do"});
    page.blocks.push_back(std::move(commands));
  }
  page.blocks.push_back(Heading{"What was called about"});
  page.blocks.push_back(DetailsOf(*story));
  if (story->details().place().has_point()) {
    page.blocks.push_back(Map{.areas = absl::StrCat("/", visit.parent(), "/wards.json"),
                              .points = PointsOf({*story})});
  }
  page.blocks.push_back(Clocks(visit));
  if (IsOpen(story->state())) page.blocks.push_back(Alike(visit));
  if (!story->thread().empty()) {
    Timeline thread;
    for (const intake::ThreadEntry& entry : story->thread()) {
      thread.entries.push_back({WhenOf(entry.time()), entry.text(),
                                entry.from_caller() ? "The caller" : entry.by(), ""});
    }
    page.blocks.push_back(Heading{"Between the caller and us"});
    page.blocks.push_back(std::move(thread));
  }
  page.blocks.push_back(Heading{"What happened", "history"});
  page.blocks.push_back(*std::move(history));
  return page;
}

absl::StatusOr<Page> NewCallPage(const Visit& visit) {
  const auto* command = FindCommand("councils", "log-call");
  if (!visit.visitor.May("ccfa.intake.v1.IntakeService", "LogCall"))
    return absl::PermissionDeniedError("Calls are logged by councillors and coordinators.");
  Page page = CommandPage(*command, visit, Posted());
  page.back = {"Calls", absl::StrCat("/", visit.parent(), "/calls")};
  page.kind = "";
  page.blocks.insert(page.blocks.begin(),
                     Paragraph{"In an emergency ring 999. Give the place as well as you can: on "
                               "the map, as a postcode, or in words; or leave it out, and "
                               "somebody will find out."});
  return page;
}

}  // namespace ccfa::gateway::console
