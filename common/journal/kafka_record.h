#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ccfa/record/v1/record.pb.h"

namespace ccfa::journal {

/// The type of the record by which a writer takes a partition.
inline constexpr char kClaimType[] = "ccfa.record.v1.Claim";

/// Whoever claims a partition: the record has no data and no seq, so it is no event.
struct Claim {
  uint64_t epoch = 0;
  /// Where the new owner answers; empty when the old one gives the partition up.
  std::string owner;
  /// Tells two claims of one epoch apart.
  std::string nonce;
};

/// A record or a claim as a Kafka message: a CloudEvent in binary mode, its attributes in headers
/// and the event's protobuf as the value. The caller owns the headers until they are produced.
std::unique_ptr<RdKafka::Headers> ToHeaders(const record::v1::Record& record,
                                            const std::string& topic, int partition);
std::unique_ptr<RdKafka::Headers> ToHeaders(const Claim& claim, const std::string& topic,
                                            int partition);

/// What a message's headers say; DATA_LOSS naming the header that is missing or malformed.
bool IsClaim(const RdKafka::Message& message);
absl::StatusOr<Claim> ClaimOf(const RdKafka::Message& message);
absl::StatusOr<record::v1::Record> RecordOf(const RdKafka::Message& message);

}  // namespace ccfa::journal
