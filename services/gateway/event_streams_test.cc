#include "services/gateway/event_streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_split.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

using insight::v1::ListEventsRequest;
using insight::v1::ListEventsResponse;
using ::testing::HasSubstr;
using ::testing::StartsWith;

ListEventsResponse EventsUpTo(int count, const std::string& next) {
  ListEventsResponse answer;
  for (int i = 1; i <= count; ++i) {
    auto& event = *answer.add_events();
    event.set_cursor(absl::StrCat("c", i));
    event.mutable_entry()->set_type("ccfa.intake.v1.CallLogged");
    event.mutable_entry()->set_why("two\nlines");
  }
  answer.set_next(next);
  return answer;
}

/// The services, which answer as they are told, and remember what they were asked.
class Services {
 public:
  void Answer(absl::StatusOr<ListEventsResponse> answer) {
    std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  EventStreams::Ask ask() {
    return [this](const ListEventsRequest& request, const Metadata& metadata, bool) {
      std::lock_guard lock(mutex_);
      asked_.push_back(request);
      metadata_ = metadata;
      return answer_;
    };
  }
  std::vector<ListEventsRequest> asked() const {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  Metadata metadata() const {
    std::lock_guard lock(mutex_);
    return metadata_;
  }

 private:
  mutable std::mutex mutex_;
  absl::StatusOr<ListEventsResponse> answer_ = EventsUpTo(0, "end");
  std::vector<ListEventsRequest> asked_;
  Metadata metadata_;
};

http::Request Accepting(const std::string& last_event_id = "") {
  http::Request request;
  request.headers.Add("Accept", "text/event-stream");
  if (!last_event_id.empty()) request.headers.Add("Last-Event-ID", last_event_id);
  return request;
}

/// Streams of services that a test drives.
class EventStreamsTest : public ::testing::Test {
 protected:
  http::Response Open(const http::Request& from = Accepting(), ListEventsRequest request = {}) {
    return streams_.Open(from, std::move(request), {{"authorization", "Bearer x"}});
  }
  /// Asks until something comes, or it is over.
  std::optional<std::string> Await(http::Stream& stream) {
    while (true) {
      std::optional<std::string> next = stream.Next();
      if (!next || !next->empty()) return next;
      std::this_thread::yield();
    }
  }
  /// How often it was asked, once everything asked so far has been taken.
  size_t Asked(http::Stream& stream, size_t at_least) {
    while (services_.asked().size() < at_least) {
      EXPECT_EQ(stream.Next(), "");
      std::this_thread::yield();
    }
    return services_.asked().size();
  }

  Services services_;
  ManualTime time_{absl::UnixEpoch() + absl::Hours(1)};
  EventStreams streams_{services_.ask(), time_, /*most=*/2};
};

// F76
TEST_F(EventStreamsTest, BeginNowOrBehindWhatTheReaderHas) {
  ListEventsRequest beginning, after;
  beginning.set_after("");
  after.set_after("c7");
  Open();
  Open(Accepting(), beginning);
  Open(Accepting(), after);
  // A browser that comes back asks by the address that it began with, and says how far it came.
  Open(Accepting("c8"), after);
  const std::vector<ListEventsRequest> asked = services_.asked();
  ASSERT_EQ(asked.size(), 4);
  EXPECT_TRUE(asked[0].from_now());
  EXPECT_FALSE(asked[1].from_now());
  EXPECT_EQ(asked[1].after(), "");
  EXPECT_EQ(asked[2].after(), "c7");
  EXPECT_EQ(asked[3].after(), "c8");
  EXPECT_EQ(services_.metadata().at(0).second, "Bearer x");
}

// F76
TEST_F(EventStreamsTest, GiveEachEventWithItsCursorAndType) {
  services_.Answer(EventsUpTo(2, "c2"));
  http::Response response = Open();
  EXPECT_EQ(response.headers.Get("Content-Type"), "text/event-stream");
  const std::vector<std::string> blocks = absl::StrSplit(response.body, "\n\n");
  ASSERT_EQ(blocks.size(), 4);
  EXPECT_EQ(blocks[0], "retry: 5000");
  const std::vector<std::string> lines = absl::StrSplit(blocks[2], '\n');
  ASSERT_EQ(lines.size(), 3);
  EXPECT_EQ(lines[0], "id: c2");
  EXPECT_EQ(lines[1], "event: ccfa.intake.v1.CallLogged");
  EXPECT_EQ(nlohmann::json::parse(lines[2].substr(sizeof("data:")))["why"], "two\nlines");
}

// F76
TEST_F(EventStreamsTest, GiveACursorBeforeAnythingHasHappened) {
  EXPECT_EQ(Open().body, "retry: 5000\nid: end\n\n");
}

TEST_F(EventStreamsTest, AskOnceASecondForWhatIsNew) {
  http::Response response = Open();
  services_.Answer(EventsUpTo(1, "c1"));
  time_.Advance(absl::Milliseconds(999));
  EXPECT_EQ(response.stream->Next(), "");
  EXPECT_EQ(services_.asked().size(), 1);
  time_.Advance(absl::Milliseconds(1));
  EXPECT_THAT(*Await(*response.stream), StartsWith("id: c1\n"));
  EXPECT_EQ(services_.asked()[1].after(), "end");
  EXPECT_FALSE(services_.asked()[1].from_now());
  EXPECT_EQ(response.stream->Next(), "");
  EXPECT_EQ(services_.asked().size(), 2);
}

TEST_F(EventStreamsTest, GoOnAtOnceWhereAPageWasFull) {
  services_.Answer(EventsUpTo(100, "c100"));
  http::Response response = Open();
  services_.Answer(EventsUpTo(1, "c1"));
  EXPECT_THAT(*Await(*response.stream), StartsWith("id: c1\n"));
  EXPECT_EQ(services_.asked()[1].after(), "c100");
}

TEST_F(EventStreamsTest, SayNowAndThenThatTheyAreThere) {
  http::Response response = Open();
  for (int second = 1; second < 15; ++second) {
    time_.Advance(absl::Seconds(1));
    EXPECT_EQ(response.stream->Next(), "") << second;
  }
  time_.Advance(absl::Seconds(1));
  EXPECT_EQ(response.stream->Next(), ":\n\n");
  EXPECT_EQ(response.stream->Next(), "");
}

TEST_F(EventStreamsTest, SurviveAClockThatGoesBack) {
  http::Response response = Open();
  services_.Answer(EventsUpTo(1, "c1"));
  time_.Set(absl::UnixEpoch());
  EXPECT_EQ(response.stream->Next(), ":\n\n");
  EXPECT_THAT(*Await(*response.stream), StartsWith("id: c1\n"));
}

// F70, F76
TEST_F(EventStreamsTest, EndWhereTheReaderMayAskNoMore) {
  http::Response response = Open();
  services_.Answer(Refuse(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED", "sign in again"));
  time_.Advance(absl::Seconds(1));
  const std::string last = *Await(*response.stream);
  EXPECT_THAT(last, StartsWith("event: problem\ndata: {"));
  EXPECT_THAT(last, HasSubstr("TOKEN_EXPIRED"));
  EXPECT_EQ(response.stream->Next(), std::nullopt);
}

TEST_F(EventStreamsTest, WaitALittleForServicesThatAreAway) {
  http::Response response = Open();
  services_.Answer(NotNow("STARTING", "the read model is being folded"));
  time_.Advance(absl::Seconds(1));
  EXPECT_EQ(Asked(*response.stream, 2), 2);
  services_.Answer(EventsUpTo(1, "c1"));
  time_.Advance(absl::Seconds(5));
  EXPECT_THAT(*Await(*response.stream), StartsWith("id: c1\n"));
  EXPECT_EQ(services_.asked()[2].after(), "end");
}

TEST_F(EventStreamsTest, AreOnlySoManyAtATime) {
  http::Response first = Open();
  {
    http::Response second = Open();
    http::Response third = Open();
    EXPECT_EQ(third.status, 503);
    EXPECT_EQ(third.headers.Get("Retry-After"), "5");
    EXPECT_THAT(third.body, HasSubstr("TOO_MANY_STREAMS"));
  }
  EXPECT_EQ(Open().status, 200);
  // Whoever is refused takes nobody's place.
  services_.Answer(Forbidden("NOT_YOUR_COUNCIL", "it is another's"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Open().status, 403);
}

TEST_F(EventStreamsTest, RefuseTheirCallerBeforeTheyBegin) {
  http::Request past = Accepting();
  past.headers.Add("Ccfa-As-At", "2026-11-20T09:00:00Z");
  EXPECT_EQ(Open(past).status, 400);
  EXPECT_EQ(Open(Accepting("\xff")).status, 400);
  EXPECT_TRUE(services_.asked().empty());
  const auto& method =
      *ListEventsRequest::descriptor()->file()->service(0)->FindMethodByName("ListEvents");
  EXPECT_TRUE(EventStreams::AreAskedFor(Accepting(), method));
  EXPECT_FALSE(EventStreams::AreAskedFor({}, method));
}

}  // namespace
}  // namespace ccfa::gateway
