#include "services/intake/hosted.h"

#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "common/engine/event.h"
#include "common/telemetry/log.h"
#include "services/intake/caller_service.h"
#include "services/intake/intake_service.h"
#include "services/intake/reactions.h"

namespace ccfa::intake {
namespace {

/// Destroys the keys of callers who are erased: soon after the event is durable, whoever appended
/// it; and those that are there all the same when a partition is served, as a crash came between or
/// a copy of the keys was put back.
class Hosted final : public host::Decider<Rules> {
 public:
  using Decider::Decider;

  void AddPartition(const host::Ground& ground) override {
    Decider::AddPartition(ground);
    vault_ = &ground.vault;
    if (!vault_->is_open()) return;
    ground.journals.at(kTopic)->OnAppend([this](const std::vector<journal::Sealed>& records) {
      for (const journal::Sealed& record : records) NoteErased(record.bytes);
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
    if (!vault_->is_open()) return;
    for (engine::Engine* engine : engines()) {
      if (!looked_through_.contains(engine) && NoteErasedBefore(*engine).ok())
        looked_through_.insert(engine);
    }
    DestroyNoted();
    vault_->LookAfter();
  }

 private:
  void NoteErased(absl::string_view bytes) {
    if (engine::TypeOf(bytes) != v1::CallerErased::descriptor()->full_name()) return;
    engine::Record record;
    v1::Event event;
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
        !event.ParseFromString(record.data())) {
      return;
    }
    std::lock_guard lock(mutex_);
    erased_.push_back(event.caller_erased().key());
  }

  /// An error while another process has the partition, and sees to it.
  absl::Status NoteErasedBefore(const engine::Engine& engine) {
    absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = engine.Read();
    if (!rows.ok()) return rows.status();
    std::lock_guard lock(mutex_);
    Tables(**rows).erased.Scan("", "", [&](absl::string_view key, const v1::CallerErased&) {
      erased_.emplace_back(key);
      return true;
    });
    return (*rows)->status();
  }

  void DestroyNoted() {
    std::unique_lock lock(mutex_);
    std::vector<std::string> erased = std::exchange(erased_, {});
    lock.unlock();
    absl::Status destroyed = vault_->Destroy(erased);
    if (destroyed.ok()) return;
    telemetry::Log(telemetry::Level::kError, "keys_not_destroyed",
                   {{"why", std::string(destroyed.message())}});
    lock.lock();
    erased_.insert(erased_.end(), erased.begin(), erased.end());
  }

  privacy::Vault* vault_ = nullptr;
  std::optional<Callers> callers_;
  std::set<const engine::Engine*> looked_through_;  // LookAfter's own
  std::mutex mutex_;
  /// Keys that are to go; guarded by mutex_. Not destroyed where they are noted: whoever appends or
  /// reads does not wait for that.
  std::vector<std::string> erased_;
};

}  // namespace

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<Hosted>(
      host::Service::Description{"intake",
                                 kTopic,
                                 {kTopic, "ccfa.routing.v1", "ccfa.sara.v1"},
                                 /*crosses=*/true,
                                 /*has_personal_data=*/true});
}

}  // namespace ccfa::intake
