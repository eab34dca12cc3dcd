#include "services/gateway/event_streams.h"

#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "common/rpc/request.h"
#include "services/gateway/fields.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway {
namespace {

using insight::v1::ListEventsRequest;
using insight::v1::ListEventsResponse;

constexpr char kListEvents[] = "ccfa.insight.v1.InsightService.ListEvents";
constexpr char kEventStream[] = "text/event-stream";
constexpr char kLastEventId[] = "Last-Event-ID";
constexpr int kEventsAtOnce = 100;
constexpr absl::Duration kAskAgain = absl::Seconds(1), kAskAfterFailure = absl::Seconds(5);
/// Proxies take a connection on which nothing is said for dead.
constexpr absl::Duration kHeartbeat = absl::Seconds(15);
constexpr int kRetry_ms = 5000;

std::string ToText(const insight::v1::CouncilEvent& event) {
  return absl::StrCat("id: ", event.cursor(), "\nevent: ", event.entry().type(),
                      "\ndata: ", ToJson(event.entry()), "\n\n");
}

/// It may well be answered in a while.
bool MayPass(const absl::Status& failure) {
  return absl::IsUnavailable(failure) || absl::IsResourceExhausted(failure) ||
         absl::IsDeadlineExceeded(failure);
}

/// A clock that goes back does not make anybody wait.
bool HasPassed(absl::Time since, absl::Duration wait, absl::Time now) {
  return now - since >= wait || now < since;
}

}  // namespace

/// One reader's. Holds one page at most, and asks for the next when that has been taken: whoever is
/// slow costs no more than whoever is not.
class EventStreams::Events final : public http::Stream {
 public:
  Events(EventStreams& streams, ListEventsRequest request, Metadata metadata)
      : streams_(streams), asked_(std::make_shared<Asked>()) {
    asked_->request = std::move(request);
    asked_->metadata = std::move(metadata);
    asked_at_ = said_at_ = streams_.time_.Now();
  }
  ~Events() override { --streams_.open_; }

  std::optional<std::string> Next() override {
    if (over_) return std::nullopt;
    const absl::Time now = streams_.time_.Now();
    std::string text = TakeAnswer();
    if (!over_ && !asking_ && HasPassed(asked_at_, wait_, now)) AskNext(now);
    if (text.empty() && HasPassed(said_at_, kHeartbeat, now)) text = ":\n\n";
    if (!text.empty()) said_at_ = now;
    return text;
  }

  /// What came of the first question, which was asked beforehand.
  std::string Take(const absl::StatusOr<ListEventsResponse>& answer) {
    if (!answer.ok()) {
      wait_ = kAskAfterFailure;
      if (MayPass(answer.status())) return "";
      over_ = true;
      return absl::StrCat("event: problem\ndata: ", ToProblem(answer.status()).body, "\n\n");
    }
    std::string text;
    for (const auto& event : answer->events()) text += ToText(event);
    asked_->request.clear_from_now();
    asked_->request.set_after(answer->next());
    // What fills a page is not all there is.
    wait_ = answer->events_size() < kEventsAtOnce ? kAskAgain : absl::ZeroDuration();
    return text;
  }

 private:
  /// What an errand needs, which may outlast its stream.
  struct Asked {
    ListEventsRequest request;
    Metadata metadata;
    std::mutex mutex;  // guards what follows
    std::optional<absl::StatusOr<ListEventsResponse>> answer;
  };

  std::string TakeAnswer() {
    std::optional<absl::StatusOr<ListEventsResponse>> answer;
    {
      std::lock_guard lock(asked_->mutex);
      answer = std::exchange(asked_->answer, std::nullopt);
    }
    if (!answer) return "";
    asking_ = false;
    return Take(*answer);
  }

  void AskNext(absl::Time now) {
    asking_ = true;
    asked_at_ = now;
    streams_.errands_.Run([&streams = streams_, asked = asked_] {
      auto answer = streams.ask_(asked->request, asked->metadata, /*patiently=*/false);
      std::lock_guard lock(asked->mutex);
      asked->answer = std::move(answer);
    });
  }

  EventStreams& streams_;
  /// Its request is the errand's alone while one is under way.
  const std::shared_ptr<Asked> asked_;
  bool asking_ = false, over_ = false;
  absl::Time asked_at_, said_at_;
  absl::Duration wait_ = kAskAgain;
};

bool EventStreams::AreAskedFor(const http::Request& from,
                               const google::protobuf::MethodDescriptor& method) {
  return method.full_name() == kListEvents &&
         absl::StrContains(absl::AsciiStrToLower(from.headers.Get("Accept")), kEventStream);
}

http::Response EventStreams::Open(const http::Request& from, ListEventsRequest request,
                                  Metadata metadata) {
  if (!from.headers.Get(rpc::kAsAtKey).empty())
    return ToProblem(InvalidField("Ccfa-As-At", "a stream is of what happens from now on"));
  if (const std::string last = from.headers.Get(kLastEventId); !last.empty()) {
    if (!IsUtf8(last)) return ToProblem(InvalidField(kLastEventId, "is not UTF-8"));
    request.set_after(last);
    request.clear_from_now();
  }
  if (!request.has_after()) request.set_from_now(true);
  request.set_page_size(kEventsAtOnce);
  if (++open_ > most_) {
    --open_;
    return ToProblem(TryLater(absl::StatusCode::kUnavailable, "TOO_MANY_STREAMS",
                              absl::StrCat("there are ", most_, " streams already"), kRetry_ms));
  }
  // From here on the stream counts itself.
  auto events = std::make_unique<Events>(*this, request, metadata);
  // What is refused is refused before the first event: then it has a status of its own.
  absl::StatusOr<ListEventsResponse> first = ask_(request, metadata, /*patiently=*/true);
  if (!first.ok()) return ToProblem(first.status());
  http::Response response;
  response.headers.Add("Content-Type", kEventStream);
  response.headers.Add("Cache-Control", "no-store");
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.headers.Add("X-Accel-Buffering", "no");
  // Whoever is cut off before anything has happened comes back with a cursor all the same.
  const std::string here = first->events().empty() ? absl::StrCat("id: ", first->next(), "\n") : "";
  response.body = absl::StrCat("retry: ", kRetry_ms, "\n", here, "\n", events->Take(first));
  response.stream = std::move(events);
  return response;
}

EventStreams::Ask AskingForEvents(Upstream& upstream) {
  return [&upstream](const ListEventsRequest& request, const Metadata& metadata,
                     bool patiently) -> absl::StatusOr<ListEventsResponse> {
    static const auto& method =
        *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(kListEvents);
    auto answer = upstream.Ask(method, request, metadata,
                               patiently ? Upstream::Waiting() : client::Patience(0));
    if (!answer.ok()) return answer.status();
    return std::move(static_cast<ListEventsResponse&>(**answer));
  };
}

}  // namespace ccfa::gateway
