#include "common/journal/kafka_topic.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ccfa::journal {
namespace {

constexpr int kTimeout_ms = 15'000;
constexpr size_t kErrorBytes = 512;

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
template <class T, void (*destroy)(T*)>
using Owned = std::unique_ptr<T, Destroy<T, destroy>>;

/// The first error of the answer; OK when the topic was made or was there.
absl::Status OutcomeOf(rd_kafka_event_t* event) {
  if (event == nullptr) return absl::UnavailableError("the broker did not answer");
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return absl::UnavailableError(rd_kafka_event_error_string(event));
  size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event);
  const auto* topics = rd_kafka_CreateTopics_result_topics(result, &count);
  for (size_t i = 0; i < count; ++i) {
    rd_kafka_resp_err_t error = rd_kafka_topic_result_error(topics[i]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
      continue;
    return absl::FailedPreconditionError(
        absl::StrCat(rd_kafka_topic_result_name(topics[i]), ": ",
                     rd_kafka_topic_result_error_string(topics[i])));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CreateTopic(const KafkaSettings& settings, const std::string& topic, int partitions,
                         int replication) {
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::string error;
  std::unique_ptr<RdKafka::Producer> client(RdKafka::Producer::create(conf->get(), error));
  if (!client) return absl::InvalidArgumentError(error);
  rd_kafka_t* handle = client->c_ptr();

  std::array<char, kErrorBytes> why{};
  Owned<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy> made(
      rd_kafka_NewTopic_new(topic.c_str(), partitions, replication, why.data(), why.size()));
  if (!made) return absl::InvalidArgumentError(why.data());
  std::string in_sync = absl::StrCat(replication >= 3 ? 2 : 1);
  for (const auto& [name, value] : {std::pair<const char*, std::string>("retention.ms", "-1"),
                                    {"retention.bytes", "-1"},
                                    {"cleanup.policy", "delete"},
                                    {"min.insync.replicas", in_sync}}) {
    rd_kafka_NewTopic_set_config(made.get(), name, value.c_str());
  }
  Owned<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy> options(
      rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), kTimeout_ms, why.data(), why.size());
  Owned<rd_kafka_queue_t, rd_kafka_queue_destroy> answers(rd_kafka_queue_new(handle));
  rd_kafka_NewTopic_t* topics[] = {made.get()};
  rd_kafka_CreateTopics(handle, topics, 1, options.get(), answers.get());
  Owned<rd_kafka_event_t, rd_kafka_event_destroy> event(
      rd_kafka_queue_poll(answers.get(), 2 * kTimeout_ms));
  return OutcomeOf(event.get());
}

}  // namespace ccfa::journal
