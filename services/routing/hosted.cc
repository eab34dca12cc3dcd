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
