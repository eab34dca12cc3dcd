#include "common/journal/kafka_record.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace ccfa::journal {
namespace {

using google::protobuf::util::TimeUtil;
using Headers = RdKafka::Headers;

/// All records of a turn have one time, and to write it costs as much as several other headers.
const std::string& TextOf(const google::protobuf::Timestamp& time) {
  thread_local google::protobuf::Timestamp last;
  thread_local std::string text = TimeUtil::ToString(last);
  if (time != last) text = TimeUtil::ToString(last = time);
  return text;
}

/// Adds headers, leaving out what is empty.
class HeaderWriter {
 public:
  HeaderWriter(const std::string& topic, int partition, absl::string_view type,
               absl::string_view id)
      : headers_(Headers::create()) {
    Add("ce_specversion", "1.0");
    Add("ce_id", absl::StrCat(topic, "/", partition, "/", id));
    Add("ce_source", absl::StrCat("/", topic, "/", partition));
    Add("ce_type", type);
    Add("content-type", "application/protobuf");
  }

  HeaderWriter& Add(const char* name, absl::string_view value) {
    if (!value.empty()) headers_->add(name, value.data(), value.size());
    return *this;
  }
  HeaderWriter& Add(const char* name, uint64_t number) {
    return number == 0 ? *this : Add(name, absl::StrCat(number));
  }

  std::unique_ptr<Headers> Take() { return std::move(headers_); }

 private:
  std::unique_ptr<Headers> headers_;
};

/// Reads headers, and remembers the first that is not as it should be.
class HeaderReader {
 public:
  explicit HeaderReader(const RdKafka::Message& message)
      : headers_(const_cast<RdKafka::Message&>(message).headers()) {}

  std::string Text(const char* name) const {
    if (headers_ == nullptr) return "";
    Headers::Header header = headers_->get_last(name);
    if (header.err() != RdKafka::ERR_NO_ERROR || header.value() == nullptr) return "";
    return std::string(static_cast<const char*>(header.value()), header.value_size());
  }
  std::string Required(const char* name) {
    std::string text = Text(name);
    if (text.empty()) Blame(name, "is missing");
    return text;
  }
  uint64_t Number(const char* name) {
    uint64_t number = 0;
    std::string text = Text(name);
    if (!text.empty() && !absl::SimpleAtoi(text, &number)) Blame(name, "is no number");
    return number;
  }
  std::string Hex(const char* name) {
    std::string text = Text(name), bytes = absl::HexStringToBytes(text);
    if (absl::BytesToHexString(bytes) != text) Blame(name, "is not hexadecimal");
    return bytes;
  }
  void Blame(absl::string_view name, absl::string_view what) {
    status_.Update(absl::DataLossError(absl::StrCat("header ", name, " ", what)));
  }
  const absl::Status& status() const { return status_; }

 private:
  Headers* headers_;
  absl::Status status_;
};

}  // namespace

std::unique_ptr<Headers> ToHeaders(const record::v1::Record& record, const std::string& topic,
                                   int partition) {
  HeaderWriter headers(topic, partition, record.type(), absl::StrCat(record.seq()));
  headers.Add("ce_subject", record.subject())
      .Add("ce_time", TextOf(record.time()))
      .Add("ce_dataschema", absl::StrCat("protobuf:", topic, ".Event"))
      .Add("ce_council", record.council())
      .Add("ce_actor", record.actor())
      .Add("ce_requestid", record.request_id())
      .Add("ce_requesthash", record.request_hash())
      .Add("ce_traceparent", record.traceparent())
      .Add("ce_epoch", record.epoch())
      .Add("ce_seq", record.seq())
      .Add("ce_previoushash", absl::BytesToHexString(record.previous_hash()));
  if (record.has_cause()) {
    headers.Add("ce_causetopic", record.cause().topic())
        .Add("ce_causeoffset", record.cause().offset())
        .Add("ce_causeordinal", record.cause().ordinal());
    if (record.cause().has_partition())
      headers.Add("ce_causepartition", absl::StrCat(record.cause().partition()));
  }
  return headers.Take();
}

std::unique_ptr<Headers> ToHeaders(const Claim& claim, const std::string& topic, int partition) {
  HeaderWriter headers(topic, partition, kClaimType, absl::StrCat("claim-", claim.nonce));
  headers.Add("ce_epoch", claim.epoch).Add("ce_owner", claim.owner).Add("ce_nonce", claim.nonce);
  return headers.Take();
}

bool IsClaim(const RdKafka::Message& message) {
  return HeaderReader(message).Text("ce_type") == kClaimType;
}

absl::StatusOr<Claim> ClaimOf(const RdKafka::Message& message) {
  HeaderReader headers(message);
  Claim claim{headers.Number("ce_epoch"), headers.Text("ce_owner"), headers.Required("ce_nonce")};
  if (!headers.status().ok()) return headers.status();
  return claim;
}

absl::StatusOr<record::v1::Record> RecordOf(const RdKafka::Message& message) {
  HeaderReader headers(message);
  record::v1::Record record;
  record.set_type(headers.Required("ce_type"));
  record.set_subject(headers.Text("ce_subject"));
  if (!TimeUtil::FromString(headers.Required("ce_time"), record.mutable_time()))
    headers.Blame("ce_time", "is no time");
  record.set_council(headers.Text("ce_council"));
  record.set_actor(headers.Text("ce_actor"));
  record.set_request_id(headers.Text("ce_requestid"));
  record.set_request_hash(headers.Number("ce_requesthash"));
  record.set_traceparent(headers.Text("ce_traceparent"));
  record.set_epoch(headers.Number("ce_epoch"));
  record.set_seq(headers.Number("ce_seq"));
  record.set_previous_hash(headers.Hex("ce_previoushash"));
  if (std::string topic = headers.Text("ce_causetopic"); !topic.empty()) {
    record.mutable_cause()->set_topic(topic);
    record.mutable_cause()->set_offset(headers.Number("ce_causeoffset"));
    record.mutable_cause()->set_ordinal(static_cast<uint32_t>(headers.Number("ce_causeordinal")));
    if (!headers.Text("ce_causepartition").empty()) {
      record.mutable_cause()->set_partition(
          static_cast<int32_t>(headers.Number("ce_causepartition")));
    }
  }
  record.set_data(message.payload(), message.len());
  if (!headers.status().ok()) return headers.status();
  return record;
}

}  // namespace ccfa::journal
