#include "services/intake/hosted.h"

#include <atomic>
#include <optional>

#include "common/engine/event.h"
#include "common/telemetry/log.h"
#include "services/intake/caller_service.h"
#include "services/intake/intake_service.h"
#include "services/intake/reactions.h"

namespace ccfa::intake {
namespace {

/// Destroys the keys of callers who are erased: at once when the event is durable, and again those
/// that are there all the same: a crash came between, or a copy of the keys was put back.
class Hosted final : public host::Decider<Rules> {
 public:
  using Decider::Decider;

  void AddPartition(const host::Ground& ground) override {
    Decider::AddPartition(ground);
    vault_ = &ground.vault;
    if (!vault_->is_open()) return;
    ground.journals.at(kTopic)->OnAppend([this](const std::vector<journal::Sealed>& records) {
      for (const journal::Sealed& record : records) DestroyKeyOf(record.bytes);
    });
  }

  std::unique_ptr<grpc::Service> MakeRpcs() override {
    callers_.emplace(engine::Engines(engines()), *vault_);
    return std::make_unique<IntakeService>(engine::Engines(engines()), *callers_);
  }
  std::unique_ptr<grpc::Service> MakeMoreRpcs() override {
    return std::make_unique<CallerService>(engine::Engines(engines()), *callers_);
  }

  void LookAfter() override {
    if (!vault_->is_open() || !keys_are_left_.exchange(false)) return;
    for (engine::Engine* engine : engines()) {
      if (DestroyErased(*engine).ok()) continue;
      keys_are_left_ = true;
    }
  }

 private:
  void DestroyKeyOf(absl::string_view bytes) {
    if (engine::TypeOf(bytes) != v1::CallerErased::descriptor()->full_name()) return;
    engine::Record record;
    v1::Event event;
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
        !event.ParseFromString(record.data())) {
      return;
    }
    if (!Destroy(event.caller_erased().key()).ok()) keys_are_left_ = true;
  }

  absl::Status DestroyErased(const engine::Engine& engine) {
    absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = engine.Read();
    if (!rows.ok()) return rows.status();
    absl::Status all;
    Tables(**rows).erased.Scan("", "", [&](absl::string_view key, const v1::CallerErased&) {
      all.Update(Destroy(std::string(key)));
      return true;
    });
    all.Update((*rows)->status());
    return all;
  }

  absl::Status Destroy(const std::string& key) {
    absl::Status destroyed = vault_->Destroy(key);
    if (!destroyed.ok()) {
      telemetry::Log(telemetry::Level::kError, "key_not_destroyed",
                     {{"why", std::string(destroyed.message())}});
    }
    return destroyed;
  }

  privacy::Vault* vault_ = nullptr;
  std::optional<Callers> callers_;
  /// True at the start, when nobody knows.
  std::atomic<bool> keys_are_left_ = true;
};

}  // namespace

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<Hosted>(
      host::Service::Description{"intake",
                                 kTopic,
                                 {kTopic, "ccfa.routing.v1", "ccfa.sara.v1"},
                                 /*crosses=*/true});
}

}  // namespace ccfa::intake
