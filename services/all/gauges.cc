#include "services/all/gauges.h"

namespace ccfa::all {

void Gauges::Update(Host& host) {
  for (engine::Stepper* stepper : host.steppers()) {
    const std::string& service = stepper->service();
    metrics_.AddGauge("ccfa_serving", "1 while the service takes commands", {{"service", service}})
        ->Set(stepper->Health().ok() ? 1 : 0);
    for (const engine::Progress& progress : stepper->ReadProgress()) {
      metrics_
          .AddGauge("ccfa_lag_records", "Records of a topic that the service has not read yet",
                    {{"service", service}, {"topic", progress.topic}})
          ->Set(static_cast<double>(progress.end) - static_cast<double>(progress.applied));
    }
  }
  for (const journal::KafkaJournal* journal : host.kafka_journals()) {
    journal::KafkaJournal::Ownership ownership = journal->ownership();
    prometheus::Labels labels = {{"topic", journal->topic()}};
    metrics_.AddGauge("ccfa_epoch", "The last claim of a topic that was read", labels)
        ->Set(static_cast<double>(ownership.epoch));
    metrics_.AddGauge("ccfa_owner", "1 while this process owns the topic", labels)
        ->Set(ownership.mine ? 1 : 0);
  }
  for (engine::Engine* engine : host.engines()) {
    engine::Engine::Counts counts = engine->counts();
    prometheus::Labels labels = {{"service", engine->service()}};
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

}  // namespace ccfa::all
