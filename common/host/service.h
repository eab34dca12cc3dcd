#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ccfa/config/v1/config.pb.h"
#include "common/calendar/calendar.h"
#include "common/core/clock.h"
#include "common/engine/engine.h"
#include "common/engine/partitions.h"
#include "common/engine/projector.h"
#include "common/privacy/vault.h"

namespace ccfa::host {

/// Where one partition of a service stands.
struct Ground {
  /// This partition of every topic the service reads, its own among them, by topic.
  std::map<std::string, journal::Journal*> journals;
  /// The other partitions of the topic it writes, where its events cross councils.
  std::vector<journal::Journal*> across;
  int partitions = 1;
  state::Database& database;
  /// The column family of its tables.
  std::string tables;
  const TimeSource& time;
  const calendar::Calendar& calendar;
  /// Where the keys of people's data are; closed where none is taken.
  privacy::Vault& vault;

  std::vector<journal::Journal*> Sources(const std::vector<std::string>& topics) const {
    std::vector<journal::Journal*> sources;
    for (const std::string& topic : topics) sources.push_back(journals.at(topic));
    sources.insert(sources.end(), across.begin(), across.end());
    return sources;
  }
};

/// A service as a process hosts it: a part of it in every partition, and its gRPC.
class Service {
 public:
  struct Description {
    /// "intake": its folder, and what people call it.
    std::string name;
    /// The topic it writes; none when it only reads.
    std::string topic;
    /// The topics whose events it reacts to, or folds; its own among them where it does.
    std::vector<std::string> sources;
    /// Some of its events lead to commands of other councils.
    bool crosses = false;
    /// It takes people's data, and so needs their keys.
    bool has_personal_data = false;
  };

  explicit Service(Description description) : description_(std::move(description)) {}
  virtual ~Service() = default;

  const Description& description() const { return description_; }
  /// Partition after partition, from 0.
  virtual void AddPartition(const Ground& ground) = 0;
  virtual std::vector<engine::Stepper*> steppers() = 0;
  /// Those of them that write.
  virtual std::vector<engine::Engine*> engines() { return {}; }
  virtual std::vector<engine::Projector*> projectors() { return {}; }
  /// Takes up a council's rules, where this service is the register of them; `done` is told how it
  /// went, perhaps later and from another thread. False: it is no register.
  virtual bool Configure(const config::v1::CouncilConfig& /*config*/,
                         std::function<void(absl::Status)> /*done*/) {
    return false;
  }
  /// Its RPCs, over all partitions. Once all are added; it outlives the answer.
  virtual std::unique_ptr<grpc::Service> MakeRpcs() = 0;
  /// More of them, beside the first; none for most.
  virtual std::unique_ptr<grpc::Service> MakeMoreRpcs() { return nullptr; }
  /// Called now and then, by one thread: for what must be done outside of the rules.
  virtual void LookAfter() {}

 private:
  const Description description_;
};

/// A service that decides: an engine and its rules in every partition.
template <class Rules>
class Decider : public Service {
 public:
  using Service::Service;

  void AddPartition(const Ground& ground) override {
    parts_.push_back(std::make_unique<Part>(description(), ground));
  }
  std::vector<engine::Stepper*> steppers() override { return PartsAs<engine::Stepper>(); }
  std::vector<engine::Engine*> engines() override { return PartsAs<engine::Engine>(); }

 protected:
  struct Part {
    Part(const Description& service, const Ground& ground)
        : engine(
              {.service = service.name, .tables = ground.tables, .partitions = ground.partitions},
              rules, *ground.journals.at(service.topic), ground.Sources(service.sources),
              ground.database, ground.time, ground.calendar),
          past(*ground.journals.at(service.topic), past_rules) {
      engine.KnowPast(&past);
    }
    Rules rules;
    engine::Engine engine;
    Rules past_rules;
    engine::Past past;
  };
  const std::vector<std::unique_ptr<Part>>& parts() const { return parts_; }

 private:
  template <class As>
  std::vector<As*> PartsAs() {
    std::vector<As*> all;
    for (auto& part : parts_) all.push_back(&part->engine);
    return all;
  }

  std::vector<std::unique_ptr<Part>> parts_;
};

/// One whose RPCs need nothing but the engines.
template <class Rules, class Rpcs>
class DeciderWith final : public Decider<Rules> {
 public:
  using Decider<Rules>::Decider;

  std::unique_ptr<grpc::Service> MakeRpcs() override {
    return std::make_unique<Rpcs>(engine::Engines(this->engines()));
  }
};

}  // namespace ccfa::host
