#include "services/routing/hosted.h"

#include "services/routing/reactions.h"
#include "services/routing/routing_service.h"

namespace ccfa::routing {
namespace {

/// Its partitions look at each other's wards.
class Hosted final : public host::Decider<Rules> {
 public:
  using Decider::Decider;

  void AddPartition(const host::Ground& ground) override {
    Decider::AddPartition(ground);
    Part& part = *parts().back();
    atlas_.Add([&part]() -> Atlas::Map {
      absl::StatusOr<std::unique_ptr<state::Snapshot>> rows = part.engine.ReadAsFollower();
      return rows.ok() ? part.rules.wards().At(Tables(**rows)) : nullptr;
    });
    if (parts().size() == 1) return;  // alone, it sees all there is
    for (const auto& one : parts()) one->rules.LookAround(atlas_);
  }

  bool Configure(const config::v1::CouncilConfig& config,
                 std::function<void(absl::Status)> done) override {
    v1::ConfigureCouncilRequest request;
    *request.mutable_config() = config;
    engine::Command command;
    command.what = "ConfigureCouncil";
    command.subject = config.name();
    command.council = std::string(CouncilOf(config.name()));
    command.actor = {"system", "config", ""};
    command.decide = engine::DecisionOf<v1::Event, Tables>(std::move(request));
    command.done = [done = std::move(done)](const absl::StatusOr<engine::Receipt>& receipt) {
      done(receipt.status());
    };
    const std::string council = command.council;
    engine::Engines(engines()).Of(council).Submit(std::move(command));
    return true;
  }

  std::unique_ptr<grpc::Service> MakeRpcs() override {
    std::vector<WardMap*> wards;
    for (const auto& part : parts()) wards.push_back(&part->rules.wards());
    return std::make_unique<RoutingService>(engine::Engines(engines()), std::move(wards));
  }

 private:
  Atlas atlas_;
};

}  // namespace

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<Hosted>(
      host::Service::Description{"routing", kTopic, {"ccfa.intake.v1"}});
}

}  // namespace ccfa::routing
