#include "common/journal/kafka_topic.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/journal/kafka_keys.h"
#include "common/journal/kafka_owners.h"

namespace ccfa::journal {
namespace {

constexpr int kTimeout_ms = 15'000;
constexpr size_t kErrorBytes = 512;
constexpr int kMostLooks = 100;
constexpr int kMostMarkLooks = 30;
constexpr absl::Duration kLookAgain = absl::Milliseconds(100);
constexpr int kLargestMessage = 20 << 20;
constexpr char kUnfinishedTopic[] = "ccfa.unfinished-copy";
constexpr absl::Duration kKeySegment = absl::Minutes(10);

/// "ccfa.intake.v1", as every service's topic is called.
bool IsJournal(absl::string_view topic) {
  const std::vector<absl::string_view> parts = absl::StrSplit(topic, '.');
  return topic != KafkaOwners::kTopic && topic != KafkaKeys::kTopic && parts.size() == 3 &&
         parts[0] == "ccfa" && absl::StartsWith(parts[2], "v");
}

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
template <class T, void (*destroy)(T*)>
using Owned = std::unique_ptr<T, Destroy<T, destroy>>;
using Event = Owned<rd_kafka_event_t, rd_kafka_event_destroy>;

using Settings = std::map<std::string, std::string>;

struct Topic {
  int partitions = 0;
  int replication = 0;
};

/// What a setting must be; it is made so, and may be larger or smaller where that is safe too.
struct Wanted {
  enum class Or { kNothing, kMore, kLess };
  std::string value;
  Or otherwise = Or::kNothing;

  bool Takes(const std::string& has) const {
    if (has == value) return true;
    int64_t number = 0, limit = 0;
    if (!absl::SimpleAtoi(has, &number) || !absl::SimpleAtoi(value, &limit)) return false;
    return (otherwise == Or::kMore && number >= limit) ||
           (otherwise == Or::kLess && number <= limit);
  }
};
using Requirements = std::map<std::string, Wanted>;

Wanted InSync(int replication) {
  return {replication >= 3 ? "2" : "1", Wanted::Or::kMore};
}

/// What a topic's records need so that none is lost.
Requirements OfJournal(int replication) {
  return {{"retention.ms", {"-1"}},
          {"retention.bytes", {"-1"}},
          {"cleanup.policy", {"delete"}},
          {"max.message.bytes", {absl::StrCat(kLargestMessage), Wanted::Or::kMore}},
          {"min.insync.replicas", InSync(replication)}};
}

/// What people's keys need so that none is lost, and those that are destroyed go from the brokers'
/// disks: a segment is closed early, compacted at once, and its old file removed soon. What says
/// that a key is gone stays longer than a process takes to read the topic.
Requirements OfKeys(int replication) {
  constexpr auto kLess = Wanted::Or::kLess, kMore = Wanted::Or::kMore;
  return {{"cleanup.policy", {"compact"}},
          {"segment.ms", {absl::StrCat(absl::ToInt64Milliseconds(kKeySegment)), kLess}},
          {"max.compaction.lag.ms", {absl::StrCat(absl::ToInt64Milliseconds(kKeySegment)), kLess}},
          {"min.compaction.lag.ms", {"0"}},
          {"file.delete.delay.ms", {"60000", kLess}},
          {"delete.retention.ms", {"86400000", kMore}},
          {"message.timestamp.type", {"LogAppendTime"}},
          {"min.insync.replicas", InSync(replication)}};
}

absl::Status NoAnswer() {
  return absl::UnavailableError(
      "the broker did not answer; is it there, and are --kafka and the "
      "security settings right?");
}

/// Asks the brokers as an administrator.
class Admin {
 public:
  static absl::StatusOr<std::unique_ptr<Admin>> Create(const KafkaSettings& settings) {
    absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
    if (!conf.ok()) return conf.status();
    std::string error;
    std::unique_ptr<RdKafka::Producer> client(RdKafka::Producer::create(conf->get(), error));
    if (!client) return absl::InvalidArgumentError(error);
    return std::make_unique<Admin>(std::move(client));
  }
  explicit Admin(std::unique_ptr<RdKafka::Producer> client)
      : client_(std::move(client)), answers_(rd_kafka_queue_new(handle())) {}

  using Topics = std::map<std::string, Topic>;

  absl::StatusOr<Topics> FindTopics() {
    RdKafka::Metadata* answer = nullptr;
    RdKafka::ErrorCode asked = client_->metadata(true, nullptr, &answer, kTimeout_ms);
    std::unique_ptr<RdKafka::Metadata> metadata(answer);
    if (asked != RdKafka::ERR_NO_ERROR) return NoAnswer();
    Topics topics;
    for (const auto* topic : *metadata->topics()) {
      Topic& known = topics[topic->topic()];
      known.partitions = static_cast<int>(topic->partitions()->size());
      if (known.partitions > 0)
        known.replication = static_cast<int>(topic->partitions()->front()->replicas()->size());
    }
    return topics;
  }

  /// The same, with a mark of an unfinished copy only where it stays: brokers still know one that
  /// was deleted a moment ago.
  absl::StatusOr<Topics> FindSettledTopics() {
    absl::StatusOr<Topics> topics = FindTopics();
    for (int look = 0; topics.ok() && topics->contains(kUnfinishedTopic) && look < kMostMarkLooks;
         ++look) {
      absl::SleepFor(kLookAgain);
      topics = FindTopics();
    }
    return topics;
  }

  absl::Status Create(const std::string& topic, const Topic& layout, const Requirements& wanted) {
    std::array<char, kErrorBytes> why{};
    Owned<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy> made(rd_kafka_NewTopic_new(
        topic.c_str(), layout.partitions, layout.replication, why.data(), why.size()));
    if (!made) return absl::InvalidArgumentError(why.data());
    for (const auto& [name, setting] : wanted)
      rd_kafka_NewTopic_set_config(made.get(), name.c_str(), setting.value.c_str());
    auto options = Options(RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_NewTopic_t* topics[] = {made.get()};
    rd_kafka_CreateTopics(handle(), topics, 1, options.get(), answers_.get());
    Event event = Await();
    if (!event) return NoAnswer();
    if (absl::Status error = ErrorOf(event); !error.ok()) return error;
    size_t count = 0;
    const auto* result = rd_kafka_event_CreateTopics_result(event.get());
    const auto* results = rd_kafka_CreateTopics_result_topics(result, &count);
    rd_kafka_resp_err_t error =
        count == 0 ? RD_KAFKA_RESP_ERR_UNKNOWN : rd_kafka_topic_result_error(results[0]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
      return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat(topic, ": ", rd_kafka_topic_result_error_string(results[0])));
  }

  absl::Status Delete(const std::string& topic) {
    Owned<rd_kafka_DeleteTopic_t, rd_kafka_DeleteTopic_destroy> gone(
        rd_kafka_DeleteTopic_new(topic.c_str()));
    auto options = Options(RD_KAFKA_ADMIN_OP_DELETETOPICS);
    rd_kafka_DeleteTopic_t* topics[] = {gone.get()};
    rd_kafka_DeleteTopics(handle(), topics, 1, options.get(), answers_.get());
    Event event = Await();
    if (!event) return NoAnswer();
    if (absl::Status error = ErrorOf(event); !error.ok()) return error;
    size_t count = 0;
    const auto* result = rd_kafka_event_DeleteTopics_result(event.get());
    const auto* results = rd_kafka_DeleteTopics_result_topics(result, &count);
    rd_kafka_resp_err_t error =
        count == 0 ? RD_KAFKA_RESP_ERR_UNKNOWN : rd_kafka_topic_result_error(results[0]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
      return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat("topic ", topic, " cannot be deleted: ", rd_kafka_err2str(error)));
  }

  absl::StatusOr<Settings> SettingsOf(const std::string& topic) {
    Owned<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy> resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    auto options = Options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_DescribeConfigs(handle(), resources, 1, options.get(), answers_.get());
    Event event = Await();
    if (!event) return NoAnswer();
    if (absl::Status error = ErrorOf(event); !error.ok()) return error;
    size_t count = 0;
    const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
    const auto* described = rd_kafka_DescribeConfigs_result_resources(result, &count);
    if (count == 0 || rd_kafka_ConfigResource_error(described[0]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return absl::NotFoundError(absl::StrCat("topic ", topic, " is not there yet"));
    }
    Settings settings;
    const auto* entries = rd_kafka_ConfigResource_configs(described[0], &count);
    for (size_t i = 0; i < count; ++i) {
      const char* value = rd_kafka_ConfigEntry_value(entries[i]);
      settings[rd_kafka_ConfigEntry_name(entries[i])] = value == nullptr ? "" : value;
    }
    return settings;
  }

 private:
  rd_kafka_t* handle() const { return client_->c_ptr(); }

  Owned<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy> Options(rd_kafka_admin_op_t what) {
    std::array<char, kErrorBytes> why{};
    auto* options = rd_kafka_AdminOptions_new(handle(), what);
    rd_kafka_AdminOptions_set_request_timeout(options, kTimeout_ms, why.data(), why.size());
    return Owned<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>(options);
  }
  Event Await() { return Event(rd_kafka_queue_poll(answers_.get(), 2 * kTimeout_ms)); }
  static absl::Status ErrorOf(const Event& event) {
    return rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR_NO_ERROR
               ? absl::OkStatus()
               : absl::UnavailableError(rd_kafka_event_error_string(event.get()));
  }

  const std::unique_ptr<RdKafka::Producer> client_;
  const Owned<rd_kafka_queue_t, rd_kafka_queue_destroy> answers_;
};

absl::Status Wrong(const std::string& topic, absl::string_view what, absl::string_view why,
                   absl::string_view change) {
  return absl::FailedPreconditionError(
      absl::StrCat("topic ", topic, " has ", what, ": ", why, "; ", change));
}

absl::Status CheckSettings(const std::string& topic, const Settings& has,
                           const Requirements& wanted) {
  for (const auto& [name, setting] : wanted) {
    auto found = has.find(name);
    std::string value = found == has.end() ? "" : found->second;
    if (setting.Takes(value)) continue;
    return Wrong(topic, absl::StrCat(name, "=", value),
                 topic == KafkaKeys::kTopic ? "keys would be lost, or stay when they are destroyed"
                                            : "records of the journal would be lost or refused",
                 absl::StrCat("run kafka-configs --alter --entity-type topics --entity-name ",
                              topic, " --add-config ", name, "=", setting.value));
  }
  return absl::OkStatus();
}

/// Its settings, where it is laid out so and they are as they must be.
absl::StatusOr<Settings> CheckTopic(Admin& admin, const std::string& topic, const Topic& has,
                                    const Topic& wanted, Requirements (*of)(int replication)) {
  if (has.partitions != wanted.partitions) {
    return Wrong(
        topic, absl::StrCat(has.partitions, " partitions"),
        absl::StrCat(wanted.partitions, " are wanted, and their number never changes"),
        absl::StrCat("start with --partitions ", has.partitions, ", if every topic has as many"));
  }
  if (has.replication < wanted.replication) {
    return Wrong(topic, absl::StrCat(has.replication, " replicas"),
                 absl::StrCat(wanted.replication, " are wanted"),
                 "add replicas with kafka-reassign-partitions, or start with --replication");
  }
  absl::StatusOr<Settings> settings = admin.SettingsOf(topic);
  // Another process is making it just now.
  for (int look = 0; absl::IsNotFound(settings.status()) && look < kMostLooks; ++look) {
    absl::SleepFor(kLookAgain);
    settings = admin.SettingsOf(topic);
  }
  if (!settings.ok()) return settings.status();
  absl::Status right = CheckSettings(topic, *settings, of(has.replication));
  if (!right.ok()) return right;
  return settings;
}

}  // namespace

absl::Status CreateTopic(const KafkaSettings& settings, const std::string& topic, int partitions,
                         int replication) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  return (*admin)->Create(topic, {partitions, replication}, OfJournal(replication));
}

absl::StatusOr<int> PrepareTopics(const KafkaSettings& settings,
                                  const std::vector<std::string>& topics,
                                  const TopicLayout& layout) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  absl::StatusOr<Admin::Topics> there =
      layout.is_copy ? (*admin)->FindTopics() : (*admin)->FindSettledTopics();
  if (!there.ok()) return there.status();
  if (!layout.is_copy && there->contains(kUnfinishedTopic)) {
    return absl::FailedPreconditionError(
        "the journal there is a copy that was interrupted; run the same ccfactl journal copy "
        "again, it goes on where it stopped");
  }
  Topic wanted{layout.partitions, layout.replication};
  for (const std::string& topic : topics) {
    if (wanted.partitions == 0 && there->contains(topic))
      wanted.partitions = there->at(topic).partitions;
  }
  if (wanted.partitions == 0) wanted.partitions = kDefaultPartitions;
  for (const std::string& topic : topics) {
    absl::Status status =
        there->contains(topic)
            ? CheckTopic(**admin, topic, there->at(topic), wanted, OfJournal).status()
            : (*admin)->Create(topic, wanted, OfJournal(wanted.replication));
    if (!status.ok()) return status;
  }
  absl::Status owners = there->contains(KafkaOwners::kTopic)
                            ? absl::OkStatus()
                            : (*admin)->Create(KafkaOwners::kTopic, {1, wanted.replication},
                                               {{"cleanup.policy", {"compact"}}});
  if (!owners.ok()) return owners;
  return wanted.partitions;
}

absl::StatusOr<absl::Duration> PrepareKeyTopic(const KafkaSettings& settings, int partitions,
                                               int replication) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  absl::StatusOr<Admin::Topics> there = (*admin)->FindTopics();
  if (!there.ok()) return there.status();
  const std::string topic = KafkaKeys::kTopic;
  const Topic wanted{partitions, replication};
  Topic known = wanted;
  if (auto found = there->find(topic); found != there->end()) {
    known = found->second;
  } else if (absl::Status made = (*admin)->Create(topic, wanted, OfKeys(replication)); !made.ok()) {
    return made;
  }
  // What was just made too: perhaps by somebody else, otherwise.
  absl::StatusOr<Settings> has = CheckTopic(**admin, topic, known, wanted, OfKeys);
  if (!has.ok()) return has.status();
  int64_t segment_ms = 0;
  (void)absl::SimpleAtoi((*has)["segment.ms"], &segment_ms);  // looked at already
  return absl::Milliseconds(segment_ms);
}

absl::StatusOr<JournalTopics> FindJournalTopics(const KafkaSettings& settings, bool is_copy) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  absl::StatusOr<Admin::Topics> there =
      is_copy ? (*admin)->FindTopics() : (*admin)->FindSettledTopics();
  if (!there.ok()) return there.status();
  JournalTopics found;
  for (const auto& [name, topic] : *there) {
    if (IsJournal(name)) found.partitions[name] = topic.partitions;
  }
  if (auto keys = there->find(KafkaKeys::kTopic); keys != there->end())
    found.key_partitions = keys->second.partitions;
  found.unfinished = there->contains(kUnfinishedTopic);
  return found;
}

absl::Status MarkUnfinished(const KafkaSettings& settings, int replication) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  return (*admin)->Create(kUnfinishedTopic, {1, replication}, {});
}

absl::Status UnmarkUnfinished(const KafkaSettings& settings) {
  absl::StatusOr<std::unique_ptr<Admin>> admin = Admin::Create(settings);
  if (!admin.ok()) return admin.status();
  return (*admin)->Delete(kUnfinishedTopic);
}

}  // namespace ccfa::journal
