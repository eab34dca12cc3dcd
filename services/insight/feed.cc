#include "services/insight/feed.h"

#include <array>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "common/core/hash.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/rpc/paging.h"

namespace ccfa::insight {
namespace {

using v1::FeedPlace;

struct Topic {
  absl::string_view name;
  uint64_t (FeedPlace::*seq)() const;
  void (FeedPlace::*set_seq)(uint64_t);
};

/// Of one instant, what comes first here is given first: as a call's road goes.
constexpr std::array<Topic, 4> kTopics = {
    {{"ccfa.intake.v1", &FeedPlace::intake, &FeedPlace::set_intake},
     {"ccfa.routing.v1", &FeedPlace::routing, &FeedPlace::set_routing},
     {"ccfa.sara.v1", &FeedPlace::sara, &FeedPlace::set_sara},
     {"ccfa.scrutiny.v1", &FeedPlace::scrutiny, &FeedPlace::set_scrutiny}}};

std::string CursorOf(const FeedPlace& place) {
  return absl::WebSafeBase64Escape(place.SerializeAsString());
}

uint64_t SeqOf(const v1::HistoryEntry& entry) {
  uint64_t seq = 0;
  return absl::SimpleAtoi(LastId(entry.event_id()), &seq) ? seq : 0;
}

absl::StatusOr<FeedPlace> PlaceOf(const std::string& cursor, uint64_t council,
                                  const FeedPlace& end) {
  FeedPlace place;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(cursor, &bytes) || !place.ParseFromString(bytes) ||
      place.council() != council) {
    return InvalidField("after",
                        "is no cursor of this council's events: expected one that ListEvents gave, "
                        "or none to begin with the first");
  }
  for (const Topic& topic : kTopics) {
    if ((place.*topic.seq)() <= (end.*topic.seq)()) continue;
    return Refuse(absl::StatusCode::kFailedPrecondition, "CURSOR_AHEAD",
                  "the cursor is of events that are not here: the journal was restored from before "
                  "them, or it is asked as at a moment before; begin anew without it",
                  "after");
  }
  return place;
}

/// As many of a topic's events behind a place as the page has room for.
std::vector<v1::HistoryEntry> Read(const Tables& tables, absl::string_view council,
                                   const Topic& topic, uint64_t after, rpc::Page page) {
  std::vector<v1::HistoryEntry> entries;
  tables.history.ScanIndex(kHistoryByTopic, TopicPrefix(council, topic.name),
                           TopicKey(council, topic.name, after + 1),
                           [&](absl::string_view at, const v1::HistoryEntry& entry) {
                             if (!page.Take(at)) return false;
                             entries.push_back(entry);
                             return true;
                           });
  return entries;
}

/// Merges the topics by time, each in its own order, until the page is full.
void Merge(const std::array<std::vector<v1::HistoryEntry>, kTopics.size()>& read, rpc::Page& page,
           FeedPlace& place, v1::ListEventsResponse& reply) {
  std::array<size_t, kTopics.size()> given = {};
  while (true) {
    std::optional<size_t> next;
    for (size_t i = 0; i < kTopics.size(); ++i) {
      if (given[i] == read[i].size()) continue;
      if (!next ||
          FromProto(read[i][given[i]].time()) < FromProto(read[*next][given[*next]].time()))
        next = i;
    }
    if (!next || !page.Take(read[*next][given[*next]].event_id())) return;
    const v1::HistoryEntry& entry = read[*next][given[*next]++];
    (place.*kTopics[*next].set_seq)(SeqOf(entry));
    v1::CouncilEvent& event = *reply.add_events();
    *event.mutable_entry() = entry;
    event.set_cursor(CursorOf(place));
  }
}

}  // namespace

void NoteFeed(Tables& tables, absl::string_view topic, const record::v1::Record& record) {
  tables.feeds.Update(CouncilOf(record.subject()), [&](FeedPlace& end) {
    for (const Topic& known : kTopics) {
      if (known.name == topic) (end.*known.set_seq)(record.seq());
    }
  });
}

absl::Status ListEvents(const Tables& tables, const v1::ListEventsRequest& request,
                        v1::ListEventsResponse& reply) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok())
    return parent;
  if (request.from_now() && request.has_after())
    return InvalidField("from_now", "is not taken together with after");
  const std::string council(CouncilOf(request.parent()));
  absl::StatusOr<rpc::Page> page = rpc::Page::Of(request.page_size(), "", council);
  if (!page.ok()) return page.status();
  const FeedPlace end = tables.feeds.Get(council).value_or(FeedPlace());
  FeedPlace place = request.from_now() ? end : FeedPlace();
  if (!request.after().empty()) {
    absl::StatusOr<FeedPlace> after = PlaceOf(request.after(), Fingerprint(council), end);
    if (!after.ok()) return after.status();
    place = *std::move(after);
  }
  place.set_council(Fingerprint(council));
  std::array<std::vector<v1::HistoryEntry>, kTopics.size()> read;
  for (size_t i = 0; i < kTopics.size() && !request.from_now(); ++i)
    read[i] = Read(tables, council, kTopics[i], (place.*kTopics[i].seq)(), *page);
  Merge(read, *page, place, reply);
  reply.set_next(CursorOf(place));
  return absl::OkStatus();
}

}  // namespace ccfa::insight
