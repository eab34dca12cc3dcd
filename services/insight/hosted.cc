#include "services/insight/hosted.h"

#include "services/insight/insight_service.h"
#include "services/insight/projections.h"

namespace ccfa::insight {
namespace {

/// A read model in every partition.
class Hosted final : public host::Service {
 public:
  using Service::Service;

  void AddPartition(const host::Ground& ground) override {
    projectors_.push_back(std::make_unique<engine::Projector>(
        description().name, ground.tables, projections_, ground.Sources(description().sources),
        ground.database));
    time_ = &ground.time;
    calendar_ = &ground.calendar;
  }
  std::vector<engine::Stepper*> steppers() override {
    std::vector<engine::Stepper*> all;
    for (const auto& projector : projectors_) all.push_back(projector.get());
    return all;
  }
  std::vector<engine::Projector*> projectors() override {
    std::vector<engine::Projector*> all;
    for (const auto& projector : projectors_) all.push_back(projector.get());
    return all;
  }
  std::unique_ptr<grpc::Service> MakeRpcs() override {
    return std::make_unique<InsightService>(engine::Projectors(projectors()), *time_, *calendar_);
  }

 private:
  Projections projections_;
  /// Those of every partition.
  const TimeSource* time_ = nullptr;
  const calendar::Calendar* calendar_ = nullptr;
  std::vector<std::unique_ptr<engine::Projector>> projectors_;
};

}  // namespace

std::unique_ptr<host::Service> NewService() {
  return std::make_unique<Hosted>(host::Service::Description{
      "insight", "", {"ccfa.intake.v1", "ccfa.routing.v1", "ccfa.sara.v1", "ccfa.scrutiny.v1"}});
}

}  // namespace ccfa::insight
