#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/clock.h"
#include "common/host/host.h"
#include "common/rpc/commands.h"
#include "services/intake/domain/decide.h"
#include "services/routing/domain/decide.h"
#include "services/sara/domain/decide.h"
#include "services/scrutiny/domain/decide.h"

namespace ccfa::test_support {

/// A service has a rule for this request.
template <class Tables, class Request>
concept DecidedOn = requires(const Tables& tables, const Request& request,
                             const engine::Context& context) {
  Decide(tables, request, context);
};

/// Every service over a RocksDB of its own in memory, driven by one thread and by hand: time stands
/// still until it is moved. What cannot happen fails the test. One thread.
class Town {
 public:
  using Receipt = record::v1::Receipt;
  /// Set when the command is decided.
  using Answer = std::shared_ptr<std::optional<absl::StatusOr<Receipt>>>;

  explicit Town(absl::Time start);
  /// The same on the machine's disk, in a folder that keeps what happens.
  Town(absl::Time start, std::string folder);
  /// The same with its journals on an Apache Kafka whose topics are there and empty.
  Town(absl::Time start, host::Host::Kafka kafka);
  Town(const Town&) = delete;
  Town& operator=(const Town&) = delete;

  absl::Time Now() const { return time_.Now(); }
  host::Host& host() { return *host_; }

  /// Asks, lets everything that follows happen, and gives the answer. `actor` as in the metadata:
  /// "officer:reid@police".
  template <class Request>
  absl::StatusOr<Receipt> Ask(const Request& request, const std::string& actor) {
    Answer answer = Send(request, actor);
    Settle();
    return AnswerOf(answer);
  }

  /// Asks for what is to succeed, and gives the name of what it changed. A refusal fails the test.
  template <class Request>
  std::string Do(const Request& request, const std::string& actor) {
    return NameIn(Ask(request, actor));
  }

  /// Asks for what is to be refused, and gives the reason; "OK" when it is not.
  template <class Request>
  std::string Refusal(const Request& request, const std::string& actor) {
    absl::StatusOr<Receipt> receipt = Ask(request, actor);
    return receipt.ok() ? "OK" : ReasonOf(receipt.status());
  }

  /// Queues a command; it is decided in a step to come.
  template <class Request>
  Answer Send(const Request& request, const std::string& actor) {
    if constexpr (DecidedOn<intake::Tables, Request>) {
      return SendTo<intake::v1::Event, intake::Tables>(host_->engine("intake"), request, actor);
    } else if constexpr (DecidedOn<routing::Tables, Request>) {
      return SendTo<routing::v1::Event, routing::Tables>(host_->engine("routing"), request, actor);
    } else if constexpr (DecidedOn<sara::Tables, Request>) {
      return SendTo<sara::v1::Event, sara::Tables>(host_->engine("sara"), request, actor);
    } else {
      return SendTo<scrutiny::v1::Event, scrutiny::Tables>(host_->engine("scrutiny"), request,
                                                           actor);
    }
  }

  /// The outcome; a test failure and INTERNAL when there is none.
  static absl::StatusOr<Receipt> AnswerOf(const Answer& answer);

  /// Steps every service in turn until all are quiet. A round takes a microsecond, so that what
  /// follows from an event comes after it.
  void Settle();
  /// Goes to each instant at which a clock is due, up to `until`, and settles there.
  void LiveUntil(absl::Time until);
  void LiveFor(absl::Duration duration) { LiveUntil(Now() + duration); }
  /// Nobody runs the services until then.
  void SleepUntil(absl::Time until);
  /// When the next clock of any service is due.
  absl::Time NextDue();

  /// Ends the process, so to say, and starts it again on what it left.
  void Restart();

  /// A thing as its service has it; a test failure and an empty one when it is not there.
  intake::v1::Call CallNamed(const std::string& name);
  routing::v1::Placement PlacementOf(const std::string& call);
  sara::v1::Problem ProblemNamed(const std::string& name);
  scrutiny::v1::Referral ReferralNamed(const std::string& name);
  scrutiny::v1::Recommendation RecommendationNamed(const std::string& name);

  insight::v1::CallStory Story(const std::string& call);
  std::vector<insight::v1::CallStory> Stories();
  std::vector<insight::v1::HistoryEntry> History(const std::string& name);

  /// A topic's records from the first: "ccfa.sara.v1".
  std::vector<record::v1::Record> Records(const std::string& topic);
  /// How often an event of this type is about `subject`: "ccfa.intake.v1.ClockExpired".
  int CountOf(const std::string& type, const std::string& subject);

  /// OK when every council's hash chain is whole, no reader stopped, and every service's tables
  /// are the same after they were folded again.
  absl::Status CheckWhole();

 private:
  template <class Event, class Tables, class Request>
  Answer SendTo(engine::Engine& engine, const Request& request, const std::string& actor) {
    auto answer = std::make_shared<std::optional<absl::StatusOr<Receipt>>>();
    absl::StatusOr<engine::Command> command = rpc::NewCommand(ParseActor(actor).value(), request);
    if (!command.ok()) {
      *answer = command.status();
      return answer;
    }
    command->decide = engine::DecisionOf<Event, Tables>(request);
    command->done = [answer](absl::StatusOr<Receipt> outcome) { *answer = std::move(outcome); };
    engine.Submit(*std::move(command));
    return answer;
  }
  static std::string NameIn(const absl::StatusOr<Receipt>& receipt);
  void Open();

  Town(absl::Time start, std::optional<host::Host::Kafka> kafka);
  /// Until the journals may be written to, which only Kafka's must be waited for.
  void AwaitJournals();

  const std::optional<host::Host::Kafka> kafka_;
  const std::string folder_ = "/town";
  /// The disk: what a restart finds again. Null: the machine's.
  std::shared_ptr<rocksdb::Env> disk_;
  ManualTime time_;
  std::unique_ptr<host::Host> host_;
};

}  // namespace ccfa::test_support
