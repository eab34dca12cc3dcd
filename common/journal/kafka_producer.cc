#include "common/journal/kafka_producer.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/journal/kafka_reach.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr int kPoll_ms = 100;
constexpr char kLinger_ms[] = "5";
constexpr int kPatience_ms = 5'000;
constexpr int kLargestMessage = 20 << 20;
constexpr int kFlush_ms = 2'000;
constexpr uintptr_t kUnwatched = UINTPTR_MAX;

absl::Status NotDelivered(const std::string& why) {
  return NotNow("BROKER_FAILED", absl::StrCat("the broker did not confirm the record: ", why));
}

class IntoOurLog final : public RdKafka::EventCb {
  void event_cb(RdKafka::Event& event) override {
    bool grave = event.type() == RdKafka::Event::EVENT_ERROR ||
                 event.severity() <= RdKafka::Event::EVENT_SEVERITY_ERROR;
    telemetry::Log(grave ? telemetry::Level::kWarning : telemetry::Level::kInfo, "kafka",
                   {{"what", event.str()}});
  }
};

class SayWhatIsWrongWithIt final : public RdKafka::SslCertificateVerifyCb {
  bool ssl_cert_verify_cb(const std::string& broker, int32_t, int* x509_error, int, const char*,
                          size_t, std::string& why) override {
    if (*x509_error == 0) return true;
    why = ExplainCertificate(broker, *x509_error);
    return false;
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<RdKafka::Conf>> NewConf(const KafkaSettings& settings) {
  static IntoOurLog log;
  static SayWhatIsWrongWithIt certificates;
  std::unique_ptr<RdKafka::Conf> conf(RdKafka::Conf::create(RdKafka::Conf::CONF_GLOBAL));
  std::string error;
  conf->set("event_cb", &log, error);
  conf->set("ssl_cert_verify_cb", &certificates, error);
  for (const auto& [name, value] : settings) {
    if (conf->set(name, value, error) != RdKafka::Conf::CONF_OK) {
      return InvalidField(name, error);
    }
  }
  return conf;
}

/// What became of the messages of one Send, by their place in it.
class KafkaProducer::Reports final : public RdKafka::DeliveryReportCb {
 public:
  void Expect(size_t count) {
    offsets_.assign(count, -1);
    waiting_ = count;
    failed_.clear();
  }
  /// A message that was never handed over.
  void Fail(const std::string& why) {
    --waiting_;
    if (failed_.empty()) failed_ = why;
  }
  void dr_cb(RdKafka::Message& message) override {
    if (reinterpret_cast<uintptr_t>(message.msg_opaque()) == kUnwatched) return;
    if (message.err() != RdKafka::ERR_NO_ERROR) return Fail(message.errstr());
    --waiting_;
    offsets_[reinterpret_cast<uintptr_t>(message.msg_opaque())] = message.offset();
  }

  size_t waiting() const { return waiting_; }
  const std::string& failed() const { return failed_; }
  std::vector<int64_t> TakeOffsets() { return std::move(offsets_); }

 private:
  std::vector<int64_t> offsets_;
  size_t waiting_ = 0;
  std::string failed_;
};

KafkaProducer::KafkaProducer(std::string topic, int partition)
    : topic_(std::move(topic)), partition_(partition), reports_(std::make_unique<Reports>()) {}

absl::StatusOr<std::unique_ptr<KafkaProducer>> KafkaProducer::Create(KafkaSettings settings,
                                                                     std::string topic,
                                                                     int partition) {
  settings["enable.idempotence"] = "true";
  settings["acks"] = "all";
  // What is sent together goes as one request, when Send says so. With requests in flight and more
  // messages ready to go, librdkafka's thread takes a whole processor to wait.
  settings["linger.ms"] = kLinger_ms;
  settings["batch.size"] = std::to_string(kLargestMessage);
  settings["socket.nagle.disable"] = "true";
  // A record that is given up must take those behind it along, or they would follow a gap: so none
  // is given up singly, and Send gives up all of it (docs/spec/).
  settings["message.timeout.ms"] = "0";
  settings["enable.gapless.guarantee"] = "true";
  // Headers are much alike: a third more records a second, and less to keep three times.
  settings.try_emplace("compression.codec", "lz4");
  settings.try_emplace("message.max.bytes", std::to_string(kLargestMessage));
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer(std::move(topic), partition));
  std::string error;
  (*conf)->set("dr_cb", producer->reports_.get(), error);
  producer->producer_.reset(RdKafka::Producer::create(conf->get(), error));
  if (!producer->producer_) return absl::InvalidArgumentError(error);
  return producer;
}

KafkaProducer::~KafkaProducer() {
  if (!producer_) return;
  // What waits is not sent any more; what is on its way may land, and is of an epoch that ended.
  producer_->purge(RdKafka::Producer::PURGE_QUEUE | RdKafka::Producer::PURGE_INFLIGHT);
  producer_->flush(0);
}

void KafkaProducer::TurnTo(std::string topic, int partition) {
  topic_ = std::move(topic);
  partition_ = partition;
}

absl::Status KafkaProducer::Produce(Outgoing& message, uintptr_t place) {
  RdKafka::ErrorCode error = producer_->produce(
      topic_, partition_, RdKafka::Producer::RK_MSG_COPY, const_cast<char*>(message.value.data()),
      message.value.size(), message.key.data(), message.key.size(), /*timestamp=*/0,
      message.headers.get(), reinterpret_cast<void*>(place));
  if (error != RdKafka::ERR_NO_ERROR) return NotDelivered(RdKafka::err2str(error));
  // Handed over with the message.
  (void)message.headers.release();
  return absl::OkStatus();
}

absl::Status KafkaProducer::SendUnwatched(Outgoing message) {
  producer_->poll(0);  // reports that nobody reads pile up otherwise
  return Produce(message, kUnwatched);
}

void KafkaProducer::Flush() {
  producer_->flush(kFlush_ms);
}

absl::StatusOr<std::vector<int64_t>> KafkaProducer::Send(std::vector<Outgoing> messages) {
  reports_->Expect(messages.size());
  for (size_t i = 0; i < messages.size(); ++i) {
    absl::Status produced = Produce(messages[i], i);
    if (produced.ok()) continue;
    // What follows must not overtake it.
    for (; i < messages.size(); ++i) reports_->Fail(std::string(produced.message()));
  }
  for (int silence_ms = 0; reports_->waiting() > 0 && silence_ms < kPatience_ms;) {
    size_t before = reports_->waiting();
    producer_->flush(kPoll_ms);
    silence_ms = reports_->waiting() == before ? silence_ms + kPoll_ms : 0;
  }
  if (!reports_->failed().empty()) return NotDelivered(reports_->failed());
  if (reports_->waiting() > 0) return NotDelivered("no answer in time");
  return reports_->TakeOffsets();
}

}  // namespace ccfa::journal
