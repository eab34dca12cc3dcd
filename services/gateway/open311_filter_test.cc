#include "services/gateway/open311_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/proto_time.h"
#include "common/core/refusal.h"

namespace ccfa::gateway::open311 {
namespace {

using ::testing::ElementsAre;

constexpr absl::Duration kDay = absl::Hours(24);

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

const absl::Time kNow = At("2026-11-27T12:00:00Z");

Form Asked(const std::string& encoded) {
  Form form;
  EXPECT_TRUE(form.Read(encoded).ok());
  return form;
}

insight::v1::CallStory Logged(const std::string& at, insight::v1::StoryState state,
                              const std::string& category = "noise") {
  insight::v1::CallStory story;
  *story.mutable_log_time() = *story.mutable_update_time() = ToProto(At(at));
  story.set_state(state);
  story.mutable_details()->set_category(category);
  return story;
}

// F75
TEST(ReadFilter, MeansTheLastNinetyDaysWhereNothingIsSaid) {
  const Filter filter = *ReadFilter(Form(), kNow);
  EXPECT_EQ(filter.requested.from, kNow - 90 * kDay);
  EXPECT_EQ(filter.requested.until, kNow);
  EXPECT_EQ(filter.part.take, 1000);
  EXPECT_TRUE(filter.Has(Logged("2026-11-01T00:00:00Z", insight::v1::STORY_STATE_LOGGED)));
  EXPECT_TRUE(filter.Has(Logged("2026-11-01T00:00:00Z", insight::v1::STORY_STATE_RESOLVED)));
  EXPECT_FALSE(filter.Has(Logged("2026-08-01T00:00:00Z", insight::v1::STORY_STATE_LOGGED)));
}

// F75
TEST(ReadFilter, NarrowsByServiceStatusAndTime) {
  const Filter filter = *ReadFilter(
      Asked("service_code=noise,litter&status=Open&start_date=2026-01-01T00:00:00%2B01:00"), kNow);
  EXPECT_EQ(filter.requested.from, At("2025-12-31T23:00:00Z"));
  EXPECT_EQ(filter.requested.until, At("2025-12-31T23:00:00Z") + 90 * kDay);
  EXPECT_TRUE(filter.Has(Logged("2026-02-01T00:00:00Z", insight::v1::STORY_STATE_LOGGED)));
  EXPECT_FALSE(filter.Has(Logged("2026-02-01T00:00:00Z", insight::v1::STORY_STATE_DECLINED)));
  EXPECT_FALSE(filter.Has(Logged("2026-02-01T00:00:00Z", insight::v1::STORY_STATE_LOGGED, "x")));
}

// F75
TEST(ReadFilter, FindsOldOnesByWhenTheyChanged) {
  const Filter filter = *ReadFilter(Asked("updated_after=2026-11-26T00:00:00Z"), kNow);
  insight::v1::CallStory old = Logged("2020-01-01T00:00:00Z", insight::v1::STORY_STATE_LOGGED);
  EXPECT_FALSE(filter.Has(old));
  *old.mutable_update_time() = ToProto(kNow);
  EXPECT_TRUE(filter.Has(old));
}

// F75
TEST(ReadFilter, TakesIdsBeforeEverythingElse) {
  EXPECT_GT(ReadFilter(Asked("service_request_id=2026-000001,2026-000002"), kNow)->part.take, 1);
  EXPECT_THAT(
      ReadFilter(Asked("service_request_id=2026-000001,+2026-000002&status=nonsense"), kNow)->ids,
      ElementsAre("2026-000001", "2026-000002"));
}

// F75
TEST(ReadFilter, NamesTheArgumentThatIsWrong) {
  struct {
    std::string sent, field;
  } const kRefusals[] = {
      {"status=done", "status"},
      {"start_date=yesterday", "start_date"},
      {"start_date=infinite-past", "start_date"},
      {"end_date=2026-01-01", "end_date"},
      {"start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "end_date"},
      {"updated_before=x", "updated_before"},
      {"page=0", "page"},
      {"page=1.5", "page"},
      {"page_size=1001", "page_size"},
      {"page_size=99999999999", "page_size"},
      {"service_request_id=a/b", "service_request_id"},
  };
  for (const auto& refusal : kRefusals)
    EXPECT_EQ(FieldOf(ReadFilter(Asked(refusal.sent), kNow).status()), refusal.field)
        << refusal.sent;
}

TEST(ReadPart, CountsPagesFromOne) {
  EXPECT_EQ(ReadPart(Asked("page=3&page_size=20"))->skip, 40);
  EXPECT_EQ(ReadPart(Asked("page=3&page_size=20"))->take, 20);
  EXPECT_EQ(ReadPart(Form())->skip, 0);
}

TEST(ReadRange, EndsNowOrSoLongAfterItsBeginning) {
  EXPECT_EQ(ReadRange(Form(), kDay, 31 * kDay, kNow)->from, kNow - kDay);
  const Form until = Asked("end_date=2026-11-01T00:00:00Z");
  EXPECT_EQ(ReadRange(until, kDay, 31 * kDay, kNow)->from, At("2026-10-31T00:00:00Z"));
}

}  // namespace
}  // namespace ccfa::gateway::open311
