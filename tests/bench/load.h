#pragma once

#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "ccfa/intake/v1/intake.grpc.pb.h"

namespace ccfa::bench {

/// What a client saw.
struct Seen {
  double per_second = 0;
  absl::Duration p50;
  absl::Duration p99;
  int64_t failed = 0;
};

/// The call every figure uses, some 400 bytes. `imported` calls go on to a problem by themselves.
intake::v1::LogCallRequest SampleCall(bool imported);

/// Keeps `in_flight` LogCalls on their way for `length`.
Seen ClosedLoop(intake::v1::IntakeService::Stub& stub, int in_flight, absl::Duration length,
                const intake::v1::LogCallRequest& request);

/// Sends LogCalls at a fixed rate for `length`, whatever the answers take, and follows one in
/// `sample_every` until its problem stands in the team's queue: the latencies are those, from when
/// the call was to be sent.
Seen OpenLoopToProblem(intake::v1::IntakeService::Stub& intake,
                       insight::v1::InsightService::Stub& insight, double per_second,
                       absl::Duration length, int sample_every);

absl::Duration Percentile(std::vector<absl::Duration>& values, double fraction);
/// Of at least one.
double Median(std::vector<double> values);

}  // namespace ccfa::bench
