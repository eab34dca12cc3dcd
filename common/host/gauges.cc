#include "common/host/gauges.h"

#include "absl/strings/str_cat.h"

namespace ccfa::host {

void Gauges::Appended(const std::string& topic, absl::Duration took) {
  metrics_
      .AddLatency("ccfa_append_seconds", "An append to a journal, until it is durable",
                  {{"topic", topic}})
      ->Observe(absl::ToDoubleSeconds(took));
}

void Gauges::Update(Host& host) {
  for (engine::Stepper* stepper : host.steppers()) {
    const std::string& service = stepper->service();
    const std::string partition = absl::StrCat(stepper->partition());
    metrics_
        .AddGauge("ccfa_serving", "1 while the partition of the service takes commands",
                  {{"service", service}, {"partition", partition}})
        ->Set(stepper->Health().ok() ? 1 : 0);
    for (const engine::Progress& progress : stepper->ReadProgress()) {
      metrics_
          .AddGauge("ccfa_lag_records", "Records of a topic that the service has not read yet",
                    {{"service", service}, {"topic", progress.topic}, {"partition", partition}})
          ->Set(static_cast<double>(progress.end) - static_cast<double>(progress.applied));
    }
  }
  for (const journal::KafkaJournal* journal : host.kafka_journals()) {
    journal::KafkaJournal::Ownership ownership = journal->ownership();
    prometheus::Labels labels = {{"topic", journal->topic()},
                                 {"partition", absl::StrCat(journal->partition())}};
    metrics_.AddGauge("ccfa_epoch", "The last claim of a partition that was read", labels)
        ->Set(static_cast<double>(ownership.epoch));
    metrics_.AddGauge("ccfa_owner", "1 while this process owns the partition", labels)
        ->Set(ownership.mine ? 1 : 0);
  }
  for (engine::Engine* engine : host.engines()) {
    engine::Engine::Counts counts = engine->counts();
    prometheus::Labels labels = {{"service", engine->service()},
                                 {"partition", absl::StrCat(engine->partition())}};
    metrics_.AddGauge("ccfa_commands_waiting", "Commands in the queue", labels)
        ->Set(static_cast<double>(counts.waiting));
    metrics_.AddGauge("ccfa_commands_decided", "Commands decided since the start", labels)
        ->Set(static_cast<double>(counts.decided));
    metrics_.AddGauge("ccfa_records_appended", "Records appended since the start", labels)
        ->Set(static_cast<double>(counts.appended));
    metrics_.AddGauge("ccfa_turns", "Appends since the start: commands share one", labels)
        ->Set(static_cast<double>(counts.turns));
  }
}

}  // namespace ccfa::host
