#include <algorithm>
#include <chrono>
#include <climits>
#include <thread>
#include <utility>

#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "common/core/refusal.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using insight::v1::InsightService;
using insight::v1::ListEventsRequest;
using insight::v1::ListEventsResponse;

constexpr auto kAskEvery = std::chrono::seconds(1);
constexpr int kLargestPage = 1000;

/// Each page goes out as it comes, to whoever reads along.
void PrintPage(const Session& session, const ListEventsResponse& page, bool is_first) {
  Table table({"entry.time", "entry.actor", "entry.what", "entry.subject", "entry.why"});
  for (const auto& event : page.events())
    session.json ? void(std::cout << ToJson(event) << "\n") : table.Add(event);
  if (!session.json && !table.empty()) table.Print(std::cout, is_first);
  std::cout.flush();
}

void List(Session& session, ListEventsRequest& request, int limit) {
  int left = limit > 0 ? limit : INT_MAX;
  bool is_first = true;
  ListEventsResponse page;
  do {
    request.set_page_size(std::min(left, kLargestPage));
    session.outcome =
        session.Call<InsightService>(&InsightService::Stub::ListEvents, request, page);
    if (!session.outcome.ok()) return;
    PrintPage(session, page, std::exchange(is_first, false));
    left -= page.events_size();
    request.set_after(page.next());
  } while (left > 0 && page.events_size() == request.page_size());
  if (!session.json) std::cerr << "What happens next: --after " << page.next() << "\n";
}

/// Until it is ended, or refused.
void Follow(Session& session, ListEventsRequest& request) {
  if (!session.as_at.empty()) {
    session.outcome = InvalidField("as-at", "nothing more happens in the past: leave out --follow");
    return;
  }
  request.set_from_now(!request.has_after());
  request.set_page_size(kLargestPage);
  bool is_first = true;
  while (true) {
    ListEventsResponse page;
    session.outcome =
        session.Call<InsightService>(&InsightService::Stub::ListEvents, request, page);
    if (!session.outcome.ok()) return;
    PrintPage(session, page, is_first);
    is_first &= page.events().empty();
    request.clear_from_now();
    request.set_after(page.next());
    if (page.events_size() < kLargestPage) std::this_thread::sleep_for(kAskEvery);
  }
}

}  // namespace

void AddEvents(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "events",
      "Everything that happens in a council, oldest first; with --follow from now on, as it "
      "happens");
  auto request = std::make_shared<ListEventsRequest>();
  BindFields(*command, *request, {"page_size", "from_now", "after"});
  command->add_option_function<std::string>(
      "--after", [request](const std::string& cursor) { request->set_after(cursor); },
      "Go on behind this cursor, which --json shows with each event");
  auto limit = std::make_shared<int>(100);
  auto follow = std::make_shared<bool>(false);
  CLI::Option* most = command->add_option("--limit", *limit, "At most so many; 0: all")
                          ->check(CLI::NonNegativeNumber)
                          ->capture_default_str();
  command->add_flag("--follow", *follow, "Go on until it is interrupted")->excludes(most);
  command->callback([&session, request, limit, follow] {
    *follow ? Follow(session, *request) : List(session, *request, *limit);
  });
}

}  // namespace ccfa::ctl
