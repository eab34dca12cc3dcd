#include "services/gateway/delivery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/telemetry/log.h"
#include "services/gateway/backoff.h"

namespace ccfa::gateway {
namespace {

using insight::v1::ListEventsRequest;
using insight::v1::ListEventsResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Webhook Police(const std::string& type = "") {
  Webhook webhook;
  webhook.subscription.set_name("police");
  webhook.subscription.set_council("E1");
  if (!type.empty()) webhook.subscription.add_types(type);
  webhook.secrets = *WebhookSecrets::Parse(kSecret);
  return webhook;
}

/// A council, its events numbered from 1, a receiver, and the disk.
class DeliveryWorld {
 public:
  DeliveryWorld() : capture_(said_) { Restart(Police()); }

  void Restart(Webhook webhook) {
    delivery_ = std::make_unique<Delivery>(
        std::move(webhook), kept,
        Delivery::World{[this](const ListEventsRequest& request) { return Ask(request); },
                        [this](const Post& post) { return Receive(post); },
                        [this](const std::string& cursor) {
                          if (disk.ok()) kept = cursor;
                          return disk;
                        },
                        time, [] { return 0.0; }});
  }
  absl::Duration Step() { return delivery_->Step(); }
  /// Until it waits for longer than nothing.
  absl::Duration StepOn() {
    absl::Duration wait;
    do wait = Step();
    while (wait == absl::ZeroDuration());
    return wait;
  }
  void Happens(const std::string& type = "ccfa.intake.v1.CallLogged") { types_.push_back(type); }
  std::string said() const { return said_.str(); }

  ManualTime time{absl::FromUnixSeconds(1614265330)};
  absl::Status disk, services;
  absl::StatusOr<Answer> receiver = Answer{200};
  std::string kept;
  std::vector<Post> posts;
  std::vector<std::string> ids;

 private:
  absl::StatusOr<ListEventsResponse> Ask(const ListEventsRequest& request) {
    EXPECT_EQ(request.parent(), "councils/E1");
    if (!services.ok()) return services;
    ListEventsResponse answer;
    size_t after = request.from_now() ? types_.size() : 0;
    EXPECT_TRUE(request.from_now() || absl::SimpleAtoi(request.after(), &after));
    for (; after < types_.size() && answer.events_size() < request.page_size(); ++after) {
      auto& event = *answer.add_events();
      event.set_cursor(absl::StrCat(after + 1));
      event.mutable_entry()->set_type(types_[after]);
      event.mutable_entry()->set_event_id(absl::StrCat("ccfa.intake.v1/0/", after + 1));
      *event.mutable_entry()->mutable_time() = ToProto(time.Now());
    }
    answer.set_next(absl::StrCat(after));
    return answer;
  }
  absl::StatusOr<Answer> Receive(const Post& post) {
    posts.push_back(post);
    if (receiver.ok() && receiver->status / 100 == 2) ids.push_back(post.id);
    return receiver;
  }

  std::ostringstream said_;
  telemetry::ScopedLogCapture capture_;
  std::vector<std::string> types_;
  std::unique_ptr<Delivery> delivery_;
};

// F76
TEST(Delivery, TellsEachEventInOrderAndKeepsHowFarItCame) {
  DeliveryWorld world;
  world.Happens();
  EXPECT_EQ(world.Step(), absl::Seconds(1)) << "it begins now";
  EXPECT_EQ(world.kept, "1");
  world.Happens();
  world.Happens();
  EXPECT_EQ(world.StepOn(), absl::Seconds(1));
  EXPECT_THAT(world.ids, ElementsAre("E1/ccfa_intake_v1/0/2", "E1/ccfa_intake_v1/0/3"));
  EXPECT_EQ(world.kept, "3");
  // Whoever is started again goes on from there.
  world.Happens();
  world.Restart(Police());
  EXPECT_EQ(world.StepOn(), absl::Seconds(1));
  EXPECT_EQ(world.ids.size(), 3);
}

// F76
TEST(Delivery, SignsWhatItSends) {
  DeliveryWorld world;
  world.Step();
  world.Happens();
  world.StepOn();
  const Post& post = world.posts.at(0);
  EXPECT_EQ(post.timestamp, "1614265330");
  EXPECT_THAT(post.body, HasSubstr(R"("type":"ccfa.intake.v1.CallLogged")"));
  EXPECT_EQ(post.signature, WebhookSecrets::Parse(kSecret)->Sign(post.id, 1614265330, post.body));
  EXPECT_THAT(post.id, Not(HasSubstr("."))) << "it parts what is signed";
}

// F76
TEST(Delivery, TriesAgainLaterAndLaterUntilTheReceiverHasIt) {
  DeliveryWorld world;
  world.Step();
  world.Happens();
  world.Happens();
  using Refusal = absl::StatusOr<Answer>;
  for (const Refusal& refusal : {Refusal(Answer{500}), Refusal(Answer{302}), Refusal(Answer{404}),
                                 Refusal(absl::UnavailableError("Timeout was reached"))}) {
    world.receiver = refusal;
    const absl::Duration wait = world.StepOn();
    EXPECT_EQ(wait, absl::Seconds(1 << (world.posts.size() - 1)));
    EXPECT_EQ(world.kept, "0");
  }
  for (int i = 0; i < 20; ++i) world.Step();
  EXPECT_EQ(world.Step(), absl::Hours(1));
  EXPECT_THAT(world.said(), HasSubstr("the receiver answered 302"));
  EXPECT_THAT(world.said(), Not(HasSubstr("whsec_")));
  world.receiver = Answer{204};
  EXPECT_EQ(world.StepOn(), absl::Seconds(1));
  EXPECT_THAT(world.ids, ElementsAre("E1/ccfa_intake_v1/0/1", "E1/ccfa_intake_v1/0/2"));
  EXPECT_THAT(world.said(), HasSubstr("webhook_delivers_again"));
}

// F76
TEST(Delivery, LeavesAReceiverAloneForAsLongAsItAsks) {
  DeliveryWorld world;
  world.Step();
  world.Happens();
  world.receiver = Answer{503, absl::Minutes(10)};
  EXPECT_EQ(world.StepOn(), absl::Minutes(10));
  world.receiver = Answer{429, absl::Hours(24)};
  EXPECT_EQ(world.StepOn(), absl::Hours(1)) << "a mistyped one ends no delivery";
  world.receiver = Answer{503, absl::Seconds(1)};
  EXPECT_EQ(world.StepOn(), absl::Seconds(4)) << "never sooner than without it";
}

TEST(Delivery, SendsAgainWhatItCouldNotKeep) {
  DeliveryWorld world;
  world.Step();
  world.Happens();
  world.disk = absl::UnavailableError("no space left");
  EXPECT_EQ(world.StepOn(), absl::Seconds(1));
  EXPECT_EQ(world.kept, "0");
  world.disk = absl::OkStatus();
  world.StepOn();
  EXPECT_EQ(world.kept, "1");
  EXPECT_EQ(world.posts.size(), 2);
  EXPECT_EQ(world.posts[0].id, world.posts[1].id);
}

TEST(Delivery, EndsForAReceiverThatIsGoneAndSaysSo) {
  DeliveryWorld world;
  world.Step();
  world.Happens();
  world.receiver = Answer{410};
  EXPECT_EQ(world.StepOn(), absl::InfiniteDuration());
  world.receiver = Answer{200};
  EXPECT_EQ(world.Step(), absl::InfiniteDuration());
  EXPECT_EQ(world.kept, "0");
  EXPECT_THAT(world.said(), HasSubstr(R"("level":"error","event":"webhook_stopped")"));
}

TEST(Delivery, WaitsForTheServicesButNotForACursorThatIsNone) {
  DeliveryWorld world;
  world.services = NotNow("STARTING", "the read model is being folded");
  for (int i = 0; i < 20; ++i) world.Step();
  EXPECT_EQ(world.Step(), absl::Minutes(1));
  world.services = Refuse(absl::StatusCode::kUnauthenticated, "SIGN_IN_REFUSED", "no");
  EXPECT_EQ(world.Step(), absl::Hours(1)) << "wrong tries lock an account";
  world.services = absl::OkStatus();
  EXPECT_EQ(world.Step(), absl::Seconds(1));
  world.services = Refuse(absl::StatusCode::kFailedPrecondition, "CURSOR_AHEAD", "restored");
  EXPECT_EQ(world.Step(), absl::InfiniteDuration());
  EXPECT_THAT(world.said(), HasSubstr("webhook_stopped"));
}

TEST(Delivery, LeavesOutWhatNobodyAskedForAndKeepsThat) {
  DeliveryWorld world;
  world.Restart(Police("ccfa.sara.v1.*"));
  world.Step();
  world.Happens("ccfa.sara.v1.ActionDeclined");
  for (int i = 0; i < 250; ++i) world.Happens();
  world.StepOn();
  world.Step();
  EXPECT_THAT(world.ids, ElementsAre("E1/ccfa_intake_v1/0/1"));
  EXPECT_EQ(world.kept, "251");
}

// F76
RC_GTEST_PROP(DeliveryLaw, EveryEventArrivesInOrderWhateverFails, ()) {
  DeliveryWorld world;
  world.Step();
  size_t happened = 0;
  for (int turn : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7))) {
    if (turn == 0) world.Happens(), ++happened;
    if (turn == 1) world.Restart(Police());
    if (turn == 2) world.receiver = Answer{*rc::gen::element(200, 204, 500, 301)};
    if (turn == 3) world.disk = *rc::gen::element(absl::OkStatus(), absl::UnavailableError("full"));
    if (turn == 4) world.services = *rc::gen::element(absl::OkStatus(), NotNow("STARTING", "soon"));
    if (turn > 4) world.Step();
  }
  world.receiver = Answer{200};
  world.disk = world.services = absl::OkStatus();
  for (int i = 0; i < 3; ++i) world.StepOn();
  // The first of each in order; what comes again was had before.
  size_t had = 0;
  for (const std::string& id : world.ids) {
    size_t number = 0;
    RC_ASSERT(absl::SimpleAtoi(id.substr(id.rfind('/') + 1), &number));
    RC_ASSERT(number <= had + 1);
    had = std::max(had, number);
  }
  RC_ASSERT(had == happened);
}

TEST(Backoff, DoublesUpToTheLongestAndIsUpToAHalfLess) {
  EXPECT_EQ(BackoffAfter(1, absl::Hours(1), 0), absl::Seconds(1));
  EXPECT_EQ(BackoffAfter(5, absl::Hours(1), 0), absl::Seconds(16));
  EXPECT_EQ(BackoffAfter(5, absl::Hours(1), 1), absl::Seconds(8));
  EXPECT_EQ(BackoffAfter(13, absl::Hours(1), 0), absl::Hours(1));
  EXPECT_EQ(BackoffAfter(1'000'000, absl::Hours(1), 0.5), absl::Minutes(45));
}

}  // namespace
}  // namespace ccfa::gateway
