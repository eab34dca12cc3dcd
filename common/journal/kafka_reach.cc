#include "common/journal/kafka_reach.h"

#include <openssl/x509_vfy.h>

#include <fstream>
#include <mutex>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/core/since_boot.h"
#include "common/telemetry/log.h"

namespace ccfa::journal {
namespace {

constexpr int kAsk_ms = 500;
// Another broker may answer while this one refuses.
constexpr absl::Duration kSecondThoughts = absl::Seconds(2);
constexpr absl::Duration kSayEvery = absl::Seconds(10);

/// The settings to look at when librdkafka says this; empty when the broker is merely not there.
absl::string_view AdviceOn(const std::string& said) {
  constexpr absl::string_view kProtocol =
      "security.protocol must be that of the listener at --kafka: plaintext, ssl, sasl_plaintext "
      "or "
      "sasl_ssl";
  constexpr std::pair<absl::string_view, absl::string_view> kAdvice[] = {
      {"security.protocol", kProtocol},
      {"SASL", "look at sasl.mechanism, sasl.username and sasl.password"},
      {"alert",
       "the brokers must know the authority of ssl.certificate.location, which may not have "
       "expired"},
      {"SSL routines", kProtocol}};
  for (const auto& [words, advice] : kAdvice) {
    if (absl::StrContains(said, words)) return advice;
  }
  return "";
}

/// What librdkafka says of the brokers, from its threads and ours.
class Listener final : public RdKafka::EventCb, public RdKafka::SslCertificateVerifyCb {
 public:
  void event_cb(RdKafka::Event& event) override {
    if (event.type() != RdKafka::Event::EVENT_ERROR) return;
    std::lock_guard lock(mutex_);
    said_ = event.str();
    if (absl::string_view advice = AdviceOn(said_); !advice.empty() && refused_.empty())
      refused_ = absl::StrCat(said_, "; ", advice);
  }

  bool ssl_cert_verify_cb(const std::string& broker, int32_t, int* x509_error, int, const char*,
                          size_t, std::string& why) override {
    if (*x509_error == X509_V_OK) return true;
    why = ExplainCertificate(broker, *x509_error);
    std::lock_guard lock(mutex_);
    refused_ = why;
    return false;
  }

  std::string said() const {
    std::lock_guard lock(mutex_);
    return said_;
  }
  std::string refused() const {
    std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  mutable std::mutex mutex_;  // guards what follows
  std::string said_;
  std::string refused_;
};

/// librdkafka says that a file is wrong, but not which.
absl::Status CheckFiles(const KafkaSettings& settings) {
  for (const auto& [name, file] : settings) {
    if (absl::EndsWith(name, ".location") && !std::ifstream(file))
      return InvalidField(name, absl::StrCat("cannot read ", file));
  }
  return absl::OkStatus();
}

absl::Status Refused(const std::string& why) {
  return Refuse(
      absl::StatusCode::kFailedPrecondition, "KAFKA_REFUSED",
      absl::StrCat(why, " (settings come from --kafka-setting and --kafka-settings-file)"));
}

}  // namespace

std::string ExplainCertificate(const std::string& broker, int x509_error) {
  absl::string_view advice = "ssl.ca.location must hold the authority that issued it";
  if (x509_error == X509_V_ERR_CERT_HAS_EXPIRED) advice = "whoever runs the broker must renew it";
  if (x509_error == X509_V_ERR_HOSTNAME_MISMATCH || x509_error == X509_V_ERR_IP_ADDRESS_MISMATCH)
    advice = "--kafka and the brokers' advertised.listeners must name brokers as certificates do";
  return absl::StrCat("the certificate of the broker at ", broker,
                      " is refused: ", X509_verify_cert_error_string(x509_error), "; ", advice);
}

absl::Status AwaitKafka(const KafkaSettings& settings, const std::function<bool()>& stop) {
  if (absl::Status files = CheckFiles(settings); !files.ok()) return files;
  Listener listener;
  absl::StatusOr<std::unique_ptr<RdKafka::Conf>> conf = NewConf(settings);
  if (!conf.ok()) return conf.status();
  std::string error;
  (*conf)->set("event_cb", static_cast<RdKafka::EventCb*>(&listener), error);
  (*conf)->set("ssl_cert_verify_cb", static_cast<RdKafka::SslCertificateVerifyCb*>(&listener),
               error);
  std::unique_ptr<RdKafka::Producer> client(RdKafka::Producer::create(conf->get(), error));
  if (!client) return Refused(error);
  const absl::Duration began = SinceBoot();
  absl::Duration say = began + kSecondThoughts;
  while (!stop()) {
    RdKafka::Metadata* answer = nullptr;
    const RdKafka::ErrorCode asked = client->metadata(false, nullptr, &answer, kAsk_ms);
    const std::unique_ptr<RdKafka::Metadata> metadata(answer);
    if (asked == RdKafka::ERR_NO_ERROR) return absl::OkStatus();
    client->poll(0);
    if (SinceBoot() < began + kSecondThoughts) continue;
    if (std::string why = listener.refused(); !why.empty()) return Refused(why);
    if (SinceBoot() < say) continue;
    say += kSayEvery;
    telemetry::Log(telemetry::Level::kWarning, "waiting_for_kafka", {{"why", listener.said()}});
  }
  return absl::CancelledError("asked to end before Kafka answered");
}

}  // namespace ccfa::journal
