#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// Whoever wants to know what stands in one partition of a topic.
class KafkaFollower {
 public:
  virtual ~KafkaFollower() = default;

  virtual const std::string& topic() const = 0;
  virtual int partition() const = 0;
  /// Where to read from. Any thread.
  virtual int64_t next_offset() const = 0;

  /// What follows is called by the reading thread. The messages come in order, and now and then
  /// again.
  using Messages = std::vector<const RdKafka::Message*>;
  virtual void Absorb(const Messages& messages) = 0;
  /// What stands at the next offset is not there any more.
  virtual void Miss() = 0;
  /// Whether nothing need be read: it wrote what stands there itself.
  virtual bool WroteItself() { return false; }
  /// Where to read again, when messages could not be kept.
  virtual std::optional<int64_t> ReadAgainFrom() = 0;
  /// Now and then, and at the end: a good moment to write down how far it is.
  virtual void KeepPlace() = 0;

  /// The files of the settings were replaced: whoever also sends makes a new session for that. Any
  /// thread.
  virtual void Renew() {}
};

/// Reads partitions for their followers on one thread.
class KafkaReader {
 public:
  /// INVALID_ARGUMENT naming the setting that librdkafka does not take.
  static absl::StatusOr<std::unique_ptr<KafkaReader>> Create(const KafkaSettings& settings);
  ~KafkaReader();

  /// Starts reading. The followers outlive the reader, or its `Stop`.
  absl::Status Start(std::vector<KafkaFollower*> followers);
  void Stop();
  /// Goes on over a session made now, with files that were replaced. Any thread.
  absl::Status Renew(const KafkaSettings& settings);

 private:
  explicit KafkaReader(std::unique_ptr<RdKafka::KafkaConsumer> consumer);
  absl::Status Assign();
  void TakeRenewed();

  void Run();
  /// Takes what is there, up to a batch; waits for the first message.
  std::vector<std::unique_ptr<RdKafka::Message>> TakeMessages();
  void HandOut(const std::vector<std::unique_ptr<RdKafka::Message>>& messages);
  /// Leaves out the partitions of those who wrote them themselves, and takes them up again.
  void ChooseWhatToRead();
  void ReadAgain(KafkaFollower& follower);
  KafkaFollower* FollowerOf(const RdKafka::Message& message) const;

  std::unique_ptr<RdKafka::KafkaConsumer> consumer_;  // the reading thread's, once it runs
  std::mutex mutex_;
  std::unique_ptr<RdKafka::KafkaConsumer> renewed_;  // guarded by mutex_
  std::vector<KafkaFollower*> followers_;
  std::map<std::pair<std::string, int>, KafkaFollower*> by_partition_;
  std::set<KafkaFollower*> left_out_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace ccfa::journal
