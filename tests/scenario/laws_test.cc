// What holds on every road, whatever people do and in whatever order.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/testing/memory_rows.h"
#include "services/insight/projections.h"
#include "tests/support/calendar.h"
#include "tests/support/golden_road.h"
#include "tests/support/random_person.h"
#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

using insight::v1::StoryState;

bool IsOpen(StoryState state) {
  switch (state) {
    case insight::v1::STORY_STATE_DECLINED:
    case insight::v1::STORY_STATE_REFERRED_TO_SERVICE:
    case insight::v1::STORY_STATE_WITHDRAWN:
    case insight::v1::STORY_STATE_RESOLVED:
    case insight::v1::STORY_STATE_NOT_RESOLVED:
      return false;
    default:
      return true;
  }
}

std::vector<std::string> InText(const std::vector<insight::v1::CallStory>& stories) {
  std::vector<std::string> texts;
  for (const insight::v1::CallStory& story : stories) texts.push_back(story.DebugString());
  return texts;
}

/// A call with a point around the small place, a ward, both or neither.
rc::Gen<intake::v1::LogCallRequest> AnyCall() {
  return rc::gen::exec([] {
    intake::v1::LogCallRequest request = NewCallFromNowhere();
    if (*rc::gen::arbitrary<bool>()) {
      // Multiples of a quarter ward: edges, corners and points off the map among them.
      int rows = *rc::gen::inRange(-6, 7), columns = *rc::gen::inRange(-6, 11);
      request = NewCallAt(kNorthWardSouth + rows * kWardSide / 4,
                          kNorthWardWest + columns * kWardSide / 4);
    }
    if (*rc::gen::arbitrary<bool>()) {
      std::string ward = *rc::gen::element<std::string>(kNorthWard, kSouthWard, kBareWard);
      request.mutable_details()->set_ward(ward);
      request.mutable_details()->set_councillor(NewCallInWard(ward).details().councillor());
    }
    return request;
  });
}

RC_GTEST_PROP(Routing, PlacesEveryAcceptedCallWithATeamOrInTriage, ()) {
  Town town(London(2027, 1, 11, 9));
  Found(town);
  for (const auto& request :
       *rc::gen::container<std::vector<intake::v1::LogCallRequest>>(8, AnyCall())) {
    std::string call = LogAndAccept(town, request);
    routing::v1::Placement placement = town.PlacementOf(call);
    int placed = town.CountOf("ccfa.routing.v1.CallRouted", call) +
                 town.CountOf("ccfa.routing.v1.CallTriaged", call);
    RC_ASSERT(placed == 1);
    bool routed = placement.state() == routing::v1::PLACEMENT_STATE_ROUTED;
    RC_ASSERT(routed != (placement.state() == routing::v1::PLACEMENT_STATE_IN_TRIAGE));
    RC_ASSERT(routed == !placement.team().empty());
    RC_ASSERT(routed == (placement.reason() == routing::v1::TRIAGE_REASON_UNSPECIFIED));
    RC_ASSERT(routed == !town.Story(call).problem().empty());
  }
}

RC_GTEST_PROP(RequestId, LeadsToOneEventHoweverItIsRepeated, ()) {
  Town town(London(2027, 1, 11, 9));
  Found(town);
  std::vector<Town::Answer> answers[3];
  // 0 to 2: somebody sends that request; 3: a service takes a step; 4: the process is restarted
  // when nobody waits.
  for (int move : *rc::gen::container<std::vector<int>>(30, rc::gen::inRange(0, 5))) {
    if (move < 3) {
      intake::v1::LogCallRequest request = NewCall();
      request.set_request_id(absl::StrCat("form-", move));
      answers[move].push_back(town.Send(request, kCouncillor));
    } else if (move == 3) {
      town.host().engine("intake").Step();
    } else {
      town.Settle();
      town.Restart();
    }
  }
  town.Settle();
  for (const auto& asked : answers) {
    for (const Town::Answer& answer : asked) {
      absl::StatusOr<Town::Receipt> first = Town::AnswerOf(asked.front());
      absl::StatusOr<Town::Receipt> receipt = Town::AnswerOf(answer);
      RC_ASSERT(first.ok() && receipt.ok());
      RC_ASSERT(receipt->event_id() == first->event_id());
      RC_ASSERT(receipt->repeated() == (answer != asked.front()));
      RC_ASSERT(town.CountOf("ccfa.intake.v1.CallLogged", receipt->name()) == 1);
    }
  }
}

RC_GTEST_PROP(AnyRoad, LeavesEveryRecordWholeAndEveryOpenCallWithSomebody, ()) {
  Town town(London(2027, 1, 11, 9));
  Found(town);
  ScheduleMeeting(town, 20);
  // Long roads from the first on: short ones lead nowhere.
  RandomPerson person(town, *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint32_t>()));
  int steps = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(60, 200));
  for (int step = 0; step < steps; ++step) {
    RC_LOG() << person.DoSomething() << "\n";
    if (step % 40 == 39) town.Restart();
  }
  for (const insight::v1::CallStory& story : town.Stories()) {
    if (!IsOpen(story.state())) continue;
    RC_LOG() << story.DebugString();
    RC_ASSERT(!story.with().empty());
    RC_ASSERT(!story.next().empty());
  }
  int referred = town.CountOf("ccfa.scrutiny.v1.ReferralReceived",
                              absl::StrCat(kCouncil, "/referrals/2027-000001"));
  RC_CLASSIFY(referred > 0, "came to scrutiny");
  std::vector<std::string> before = InText(town.Stories());
  RC_ASSERT(town.CheckWhole() == absl::OkStatus());
  RC_ASSERT(InText(town.Stories()) == before);
}

using Topics = std::vector<std::pair<std::string, std::vector<record::v1::Record>>>;

/// The records of every service, of a town where everything happened.
const Topics& EveryRecord() {
  static const Topics topics = [] {
    Town town(London(2027, 1, 11, 9));
    GoEveryWay(town);
    Topics read;
    for (journal::Journal* journal : town.host().journals()) {
      read.emplace_back(journal->topic(), town.Records(journal->topic()));
    }
    return read;
  }();
  return topics;
}

/// Insight's rows after reading the topics from `next` to `next`, each in its order.
std::string RowsAfterReading(const Topics& topics, const std::function<size_t()>& next) {
  ::ccfa::testing::MemoryRows rows;
  insight::Projections projections;
  std::vector<size_t> read(topics.size());
  size_t left = 0;
  for (const auto& [topic, records] : topics) left += records.size();
  while (left > 0) {
    size_t which = next();
    const auto& [topic, records] = topics[which];
    if (read[which] == records.size()) continue;
    RC_ASSERT(projections.Project(rows, topic, records[read[which]++]).ok());
    --left;
  }
  std::string text;
  rows.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    absl::StrAppend(&text, absl::CEscape(key), " = ", absl::CEscape(value), "\n");
    return true;
  });
  return text;
}

RC_GTEST_PROP(Insight, TellsTheSameInWhateverOrderTopicsAreRead, (uint32_t seed)) {
  const Topics& topics = EveryRecord();
  std::mt19937 chance(seed);
  size_t turn = 0;
  std::string in_turn = RowsAfterReading(topics, [&] { return turn++ % topics.size(); });
  std::string by_chance = RowsAfterReading(topics, [&] { return chance() % topics.size(); });
  RC_ASSERT(by_chance == in_turn);
}

}  // namespace
}  // namespace ccfa::test_support
