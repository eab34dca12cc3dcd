#include "services/insight/feed.h"

#include <rapidcheck/gtest.h>

#include <set>

#include "common/core/refusal.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::ListEventsRequest Behind(const std::string& cursor, int page_size = 0) {
  v1::ListEventsRequest request;
  request.set_parent("councils/E1");
  request.set_page_size(page_size);
  if (!cursor.empty()) request.set_after(cursor);
  return request;
}

v1::ListEventsResponse Answer(Given& given, const v1::ListEventsRequest& request) {
  v1::ListEventsResponse reply;
  absl::Status listed = ListEvents(given.tables(), request, reply);
  EXPECT_TRUE(listed.ok()) << listed;
  return reply;
}

std::string RefusalOf(Given& given, const v1::ListEventsRequest& request) {
  v1::ListEventsResponse reply;
  absl::Status listed = ListEvents(given.tables(), request, reply);
  return absl::StrCat(ReasonOf(listed), " ", FieldOf(listed));
}

std::vector<std::string> WhatIn(const v1::ListEventsResponse& reply) {
  std::vector<std::string> what;
  for (const auto& event : reply.events()) what.push_back(event.entry().what());
  return what;
}

// F76
TEST(ListEvents, TellsOfEverythingInACouncilInItsOrder) {
  Given given = ReferredProblem();
  given.Intake(Logged("", "councils/E2/calls/2026-000001"));
  EXPECT_THAT(WhatIn(Answer(given, Behind(""))),
              ElementsAre("call logged", "call accepted", "call routed", "problem opened",
                          "problem taken up", "problem raised: scrutiny", "referral received"));
}

// F76
TEST(ListEvents, GoesOnBehindAnyEventAndWhereAnAnswerEnded) {
  Given given = ProblemInHand();
  const v1::ListEventsResponse first = Answer(given, Behind("", 2));
  EXPECT_THAT(WhatIn(first), ElementsAre("call logged", "call accepted"));
  EXPECT_EQ(first.next(), first.events(1).cursor());
  EXPECT_THAT(WhatIn(Answer(given, Behind(first.next(), 2))),
              ElementsAre("call routed", "problem opened"));
  EXPECT_THAT(WhatIn(Answer(given, Behind(first.events(0).cursor(), 1))),
              ElementsAre("call accepted"));
}

TEST(ListEvents, GivesACursorWhereNothingHasHappenedYet) {
  Given given;
  const v1::ListEventsResponse nothing = Answer(given, Behind(""));
  EXPECT_THAT(nothing.events(), IsEmpty());
  given.Intake(Logged());
  EXPECT_THAT(WhatIn(Answer(given, Behind(nothing.next()))), ElementsAre("call logged"));
}

TEST(ListEvents, FromNowLeavesOutWhatWas) {
  Given given = RoutedCall();
  v1::ListEventsRequest request = Behind("");
  request.set_from_now(true);
  const v1::ListEventsResponse now = Answer(given, request);
  EXPECT_THAT(now.events(), IsEmpty());
  given.Sara(Of("problem_opened", kProblem));
  given.Intake(Of("information_asked", kCall));
  EXPECT_THAT(WhatIn(Answer(given, Behind(now.next()))),
              ElementsAre("problem opened", "information asked"));
}

// F76
TEST(ListEvents, RefusesWhatIsNoCursorOfTheCouncils) {
  Given given = RoutedCall();
  Given longer = ReferredProblem();
  given.Intake(Logged("", "councils/E2/calls/2026-000001"));
  v1::ListEventsRequest foreign = Behind("");
  foreign.set_parent("councils/E2");
  const std::string of_another = Answer(given, foreign).next();
  for (const std::string& cursor : {of_another, std::string("nonsense"), std::string("AAAA"),
                                    std::string(5000, 'A'), std::string("\xff\n", 2)}) {
    EXPECT_EQ(RefusalOf(given, Behind(cursor)), "INVALID_FIELD after") << cursor;
  }
  EXPECT_EQ(RefusalOf(given, Behind(Answer(longer, Behind("")).next())), "CURSOR_AHEAD after");
  EXPECT_EQ(RefusalOf(given, Behind("", -1)), "INVALID_FIELD page_size");
  v1::ListEventsRequest both = Behind(Answer(given, Behind("")).next());
  both.set_from_now(true);
  EXPECT_EQ(RefusalOf(given, both), "INVALID_FIELD from_now");
  both.set_parent("councils/E1/calls/7");
  EXPECT_EQ(RefusalOf(given, both), "INVALID_FIELD parent");
}

/// The topics' events of one instant, interleaved by `order`: 0 to 3.
Given Interleaved(const std::vector<int>& order) {
  Given given;
  given.AtOnce();
  for (int topic : order) {
    if (topic == 0) given.Intake(Of("information_asked", kCall));
    if (topic == 1) given.Routing(Of("call_routed", kCall));
    if (topic == 2) given.Sara(Of("problem_taken_up", kProblem));
    if (topic == 3) given.Scrutiny(Of("referral_received", kReferral));
  }
  return given;
}

// F76
RC_GTEST_PROP(ListEventsLaw, NothingIsSkippedOrRepeatedHoweverTopicsAreInterleaved, ()) {
  const auto happened = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
  std::set<std::string> given;
  std::string cursor;
  // Read as it happens, by whoever is restarted onto tables that were folded in another order.
  std::vector<int> so_far;
  auto read = [&](int page_size) {
    std::vector<int> order = so_far;
    for (size_t i = 1; i < order.size(); ++i)
      std::swap(order[i], order[*rc::gen::inRange<size_t>(0, i + 1)]);
    Given tables = Interleaved(order);
    const v1::ListEventsResponse page = Answer(tables, Behind(cursor, page_size));
    for (const auto& event : page.events())
      RC_ASSERT(given.insert(event.entry().event_id()).second);
    cursor = page.next();
    return page.events_size() > 0;
  };
  for (int topic : happened) {
    so_far.push_back(topic);
    if (*rc::gen::inRange(0, 3) == 0) read(*rc::gen::inRange(1, 4));
  }
  while (read(3)) {
  }
  RC_ASSERT(given.size() == happened.size());
}

}  // namespace
}  // namespace ccfa::insight
