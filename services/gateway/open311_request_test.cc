#include "services/gateway/open311_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/proto_time.h"

namespace ccfa::gateway::open311 {
namespace {

using insight::v1::CallStory;
using insight::v1::StoryState;

CallStory In(StoryState state) {
  CallStory story;
  story.set_name("councils/E1/calls/2026-000001");
  story.set_state(state);
  story.mutable_details()->set_category("noise");
  story.mutable_details()->set_summary("Every night");
  *story.mutable_log_time() = ToProto(absl::FromUnixSeconds(1'790'000'000));
  *story.mutable_update_time() = ToProto(absl::FromUnixSeconds(1'790'000'060));
  return story;
}

// F75, F79
TEST(RequestOf, SaysWhoHasItWhyAndWhatIsNext) {
  CallStory story = In(insight::v1::STORY_STATE_IN_HAND);
  story.set_with("councils/E1/teams/riverside");
  story.set_next("the team finds out why it happens");
  story.mutable_details()->mutable_place()->mutable_point()->set_lat(52.5);
  const Document request = RequestOf(story, absl::FromUnixSeconds(1'800'000'000));
  EXPECT_EQ(request["service_request_id"], "2026-000001");
  EXPECT_EQ(request["status"], "open");
  EXPECT_EQ(request["status_notes"],
            "Worked on by a neighbourhood action team. Next: the team finds out why it happens");
  EXPECT_EQ(request["agency_responsible"], "Neighbourhood action team riverside");
  EXPECT_EQ(request["description"], "Every night");
  EXPECT_EQ(request["requested_datetime"], "2026-09-21T14:13:20Z");
  EXPECT_EQ(request["updated_datetime"], "2026-09-21T14:14:20Z");
  EXPECT_EQ(request["expected_datetime"], "2027-01-15T08:00:00Z");
  EXPECT_EQ(request["lat"], 52.5);
  EXPECT_TRUE(request["address"].is_null());
}

// F75
TEST(RequestOf, IsClosedOnceNobodyWorksOnIt) {
  for (StoryState state :
       {insight::v1::STORY_STATE_DECLINED, insight::v1::STORY_STATE_REFERRED_TO_SERVICE,
        insight::v1::STORY_STATE_WITHDRAWN, insight::v1::STORY_STATE_RESOLVED,
        insight::v1::STORY_STATE_NOT_RESOLVED}) {
    CallStory story = In(state);
    story.set_reason("the gate is up");
    const Document request = RequestOf(story, std::nullopt);
    EXPECT_EQ(request["status"], "closed");
    EXPECT_THAT(request["status_notes"].get<std::string>(),
                ::testing::EndsWith(": the gate is up"));
    EXPECT_TRUE(request["agency_responsible"].is_null());
    EXPECT_TRUE(request["expected_datetime"].is_null());
    EXPECT_TRUE(request["lat"].is_null());
  }
}

// F75
TEST(NotesOf, NameNobodyAndKeepWhatIsForStaffAlone) {
  CallStory story = In(insight::v1::STORY_STATE_RULING_PROPOSED);
  story.set_reason("the ninth this week");
  story.set_next("another person than coordinator:lee confirms or rejects");
  EXPECT_EQ(NotesOf(story), "Received, and whether it can be taken is being decided");
  EXPECT_TRUE(RequestOf(story, std::nullopt)["service_notice"].is_null());
}

// F79
TEST(NotesOf, HaveWordsOfTheirOwnForEachState) {
  std::set<std::string> notes;
  const auto& states = *insight::v1::StoryState_descriptor();
  for (int i = 1; i < states.value_count(); ++i)
    notes.insert(NotesOf(In(static_cast<StoryState>(states.value(i)->number()))));
  EXPECT_EQ(notes.size(), static_cast<size_t>(states.value_count() - 1));
}

}  // namespace
}  // namespace ccfa::gateway::open311
