#include "tests/bench/load.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/time/clock.h"
#include "common/rpc/request.h"

namespace ccfa::bench {
namespace {

constexpr char kActor[] = "administrator:bench";

/// Counts requests that are on their way.
class InFlight {
 public:
  void Launch() {
    std::lock_guard lock(mutex_);
    ++count_;
  }
  void Land() {
    std::lock_guard lock(mutex_);
    --count_;
    landed_.notify_all();
  }
  void WaitForAll() {
    std::unique_lock lock(mutex_);
    landed_.wait(lock, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable landed_;
  int count_ = 0;
};

/// Latencies and failures, from any thread.
class Record {
 public:
  void Add(absl::Duration latency, bool ok) {
    std::lock_guard lock(mutex_);
    ok ? latencies_.push_back(latency) : void(++failed_);
  }
  Seen Sum(absl::Duration length) {
    std::lock_guard lock(mutex_);
    Seen seen;
    seen.per_second = static_cast<double>(latencies_.size()) / absl::ToDoubleSeconds(length);
    seen.failed = failed_;
    seen.p50 = Percentile(latencies_, 0.50);
    seen.p99 = Percentile(latencies_, 0.99);
    return seen;
  }

 private:
  std::mutex mutex_;
  std::vector<absl::Duration> latencies_;
  int64_t failed_ = 0;
};

constexpr absl::Duration kAskEvery = absl::Milliseconds(5);

struct Request {
  Request() { context.AddMetadata(rpc::kActorKey, kActor); }
  grpc::ClientContext context;
  record::v1::Receipt receipt;
  insight::v1::GetCallStoryRequest question;
  insight::v1::CallStory story;
  grpc::Alarm pause;
};

}  // namespace

absl::Duration Percentile(std::vector<absl::Duration>& values, double fraction) {
  if (values.empty()) return absl::ZeroDuration();
  auto nth =
      values.begin() + static_cast<int64_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

intake::v1::LogCallRequest SampleCall(bool imported) {
  intake::v1::LogCallRequest request;
  request.set_parent("councils/E09999999");
  auto& details = *request.mutable_details();
  details.set_category("anti-social-behaviour");
  details.set_summary(
      "Motorbikes race round the flats at the end of Alder Street on most evenings");
  details.set_affected("About forty households, several with small children");
  details.set_outcome_sought("Quiet evenings, and one body that answers for it");
  details.set_happened("2026-09");
  details.mutable_place()->mutable_point()->set_lat(52.5);
  details.mutable_place()->mutable_point()->set_lon(2.5);
  details.mutable_place()->set_text("The flats at the end of Alder Street");
  details.set_source(imported ? intake::v1::SOURCE_IMPORT : intake::v1::SOURCE_PHONE);
  auto& tried = *details.add_tried();
  tried.set_contacted("Police non-emergency line");
  tried.set_date("2026-10-02");
  tried.set_answer("logged, nobody came");
  return request;
}

Seen ClosedLoop(intake::v1::IntakeService::Stub& stub, int in_flight, absl::Duration length,
                const intake::v1::LogCallRequest& request) {
  Record record;
  InFlight flying;
  absl::Time start = absl::Now(), end = start + length;
  std::function<void()> send = [&] {
    auto flight = std::make_shared<Request>();
    absl::Time sent = absl::Now();
    stub.async()->LogCall(&flight->context, &request, &flight->receipt,
                          [&, flight, sent](const grpc::Status& status) {
                            absl::Time now = absl::Now();
                            record.Add(now - sent, status.ok());
                            now < end ? send() : flying.Land();
                          });
  };
  for (int i = 0; i < in_flight; ++i) {
    flying.Launch();
    send();
  }
  flying.WaitForAll();
  return record.Sum(absl::Now() - start);
}

Seen OpenLoopToProblem(intake::v1::IntakeService::Stub& intake,
                       insight::v1::InsightService::Stub& insight, double per_second,
                       absl::Duration length, int sample_every) {
  Record record;
  InFlight flying;
  const intake::v1::LogCallRequest request = SampleCall(/*imported=*/true);
  std::function<void(std::string, absl::Time)> ask = [&](std::string call, absl::Time due) {
    auto flight = std::make_shared<Request>();
    flight->question.set_name(call);
    insight.async()->GetCallStory(&flight->context, &flight->question, &flight->story,
                                  [&, flight, call, due](const grpc::Status& status) {
                                    if (status.ok() && flight->story.problem().empty()) {
                                      // Asked without a pause, those who watch would take the
                                      // processors from what they watch.
                                      return flight->pause.Set(
                                          absl::ToChronoTime(absl::Now() + kAskEvery),
                                          [&, flight, call, due](bool) { ask(call, due); });
                                    }
                                    record.Add(absl::Now() - due, status.ok());
                                    flying.Land();
                                  });
  };
  absl::Time start = absl::Now();
  auto count = static_cast<int64_t>(per_second * absl::ToDoubleSeconds(length));
  for (int64_t i = 0; i < count; ++i) {
    absl::Time due = start + absl::Seconds(static_cast<double>(i) / per_second);
    absl::SleepFor(due - absl::Now());
    auto flight = std::make_shared<Request>();
    bool sampled = i % sample_every == 0;
    flying.Launch();
    intake.async()->LogCall(&flight->context, &request, &flight->receipt,
                            [&, flight, due, sampled](const grpc::Status& status) {
                              if (status.ok() && sampled) return ask(flight->receipt.name(), due);
                              if (!status.ok()) record.Add(absl::ZeroDuration(), false);
                              flying.Land();
                            });
  }
  flying.WaitForAll();
  return record.Sum(absl::Now() - start);
}

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

}  // namespace ccfa::bench
