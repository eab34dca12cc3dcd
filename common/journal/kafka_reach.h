#pragma once

#include <librdkafka/rdkafkacpp.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "common/journal/kafka_producer.h"

namespace ccfa::journal {

/// Waits until a broker answers. One that is not there is waited for; one that refuses these
/// settings, or whose certificate does not hold against them, is reported after a moment:
/// FAILED_PRECONDITION saying what is wrong and which setting to look at. INVALID_ARGUMENT naming
/// the setting that librdkafka does not take. CANCELLED when `stop` says so, which is asked now and
/// then.
absl::Status AwaitKafka(const KafkaSettings& settings, const std::function<bool()>& stop);

/// What a verdict of OpenSSL's on a broker's certificate means, and what to do; for people.
std::string ExplainCertificate(const std::string& broker, int x509_error);

}  // namespace ccfa::journal
