#include <gtest/gtest.h>

#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

v1::RecordPartnershipConsideredRequest Considered(const std::string& meeting,
                                                  const std::string& more = "what: 'its plan'") {
  return About<v1::RecordPartnershipConsideredRequest>(meeting, more);
}

// F52
TEST(OpenCouncil, StartsTheCommitteesYear) {
  Given given;
  EXPECT_EQ(TimeText(given.partnership().due_time()), "2027-07-01T23:00Z");
  EXPECT_FALSE(given.partnership().overdue());
}

// F52
TEST(RecordPartnershipConsidered, StartsTheYearAnewFromTheMeeting) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  EXPECT_EQ(given.event().meeting_scheduled().clocks_size(), 0);
  given.WhenItIs("2026-07-20T09:00:00Z");
  EXPECT_EQ(given.When(kScrutiny, Considered(kMeeting)), "PartnershipConsidered");
  EXPECT_EQ(given.partnership().meeting(), kMeeting);
  EXPECT_EQ(given.partnership().what(), "its plan");
  EXPECT_EQ(given.partnership().by(), kScrutiny);
  EXPECT_EQ(TimeText(given.partnership().due_time()), "2027-07-15T23:00Z");
  EXPECT_EQ(given.When(kScrutiny, Considered(kMeeting)), "nothing");
}

// F52
TEST(RecordPartnershipConsidered, Refuses) {
  Given given;
  EXPECT_EQ(given.WhenScheduled("2026-07-15"), "MeetingScheduled");
  EXPECT_EQ(given.When(kScrutiny, Considered(kMeeting)),
            "FAILED_PRECONDITION MEETING_TO_COME name");
  EXPECT_EQ(given.When(kOfPolice, Considered(kMeeting)), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(given.When(kScrutiny, Considered(kMeeting, "")), "INVALID_ARGUMENT INVALID_FIELD what");
  EXPECT_EQ(given.When(kScrutiny, Considered(kMeeting, "what: 'x' etag: '1'")),
            "ABORTED ETAG_MOVED etag");
  EXPECT_EQ(given.When(kScrutiny, Considered("july")), "INVALID_ARGUMENT INVALID_FIELD name");
  EXPECT_EQ(given.When(kScrutiny, Considered("councils/E1/meetings/2026-07-16")),
            "NOT_FOUND NOT_FOUND name");
}

// F52
TEST(PartnershipClock, ShowsThatAYearHasPassed) {
  Given given;
  EXPECT_EQ(given.WhenItIs("2027-07-01T23:00:00Z"), "ClockExpired");
  EXPECT_TRUE(given.partnership().overdue());
  EXPECT_EQ(given.WhenScheduled("2027-07-14"), "MeetingScheduled");
  given.WhenItIs("2027-07-14T18:00:00Z");
  EXPECT_EQ(given.When(kScrutiny, Considered("councils/E1/meetings/2027-07-14")),
            "PartnershipConsidered");
  EXPECT_FALSE(given.partnership().overdue());
}

}  // namespace
}  // namespace ccfa::scrutiny
