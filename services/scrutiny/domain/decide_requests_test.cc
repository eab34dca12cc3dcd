#include <gtest/gtest.h>

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

constexpr char kAsked[] = "councils/E1/reviews/2026-000001/informationRequests/1";
constexpr char kSummons[] = "councils/E1/reviews/2026-000001/attendanceRequests/1";

v1::RequestInformationRequest Question(const std::string& more = "") {
  return FromText<v1::RequestInformationRequest>(absl::StrCat(
      "parent: '", kReview, "' agency: '", kPolice,
      "' what: 'incidents by month' why: 'is it growing?' due_date: '2026-07-20' ", more));
}

Given InformationAsked(const std::string& more = "") {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, Question(more)), "InformationRequested");
  return given;
}

v1::AnswerInformationRequestRequest InformationOf(const std::string& more) {
  return About<v1::AnswerInformationRequestRequest>(kAsked, more);
}

// F50
TEST(RequestInformation, GivesTheAgencyUntilTheEndOfADay) {
  Given given = InformationAsked();
  EXPECT_EQ(given.review().information_requests(0).name(), kAsked);
  EXPECT_EQ(given.Clocks("E1"), "information of 1 by police 2026-07-20T23:00Z");
  EXPECT_EQ(given.WhenItIs("2026-07-20T23:00:00Z"), "ClockExpired");
  EXPECT_TRUE(given.review().information_requests(0).overdue());
}

// F50
TEST(RequestInformation, Refuses) {
  Given given = ScopedReview();
  using R = v1::RequestInformationRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Question();
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Question()), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_what(); }), "INVALID_ARGUMENT INVALID_FIELD what");
  EXPECT_EQ(when([](R& r) { r.clear_why(); }), "INVALID_ARGUMENT INVALID_FIELD why");
  EXPECT_EQ(when([](R& r) { r.set_due_date("2026-06-30"); }),
            "INVALID_ARGUMENT INVALID_FIELD due_date");
  EXPECT_EQ(when([](R& r) { r.set_identifiable(true); }),
            "INVALID_ARGUMENT INVALID_FIELD why_identified");
  EXPECT_EQ(when([](R& r) { r.set_agency("police"); }), "INVALID_ARGUMENT INVALID_FIELD agency");
  EXPECT_EQ(when([](R& r) { r.set_agency("councils/E1/agencies/health"); }),
            "NOT_FOUND NOT_FOUND agency");
  EXPECT_EQ(when([](R& r) { r.set_parent("councils/E1/reviews/2026-000009"); }),
            "NOT_FOUND NOT_FOUND parent");
  EXPECT_EQ(when([](R& r) { r.set_parent("x"); }), "INVALID_ARGUMENT INVALID_FIELD parent");
  for (int i = 0; i < kMostRequests; ++i) {
    ASSERT_EQ(given.When(kScrutiny, Question()), "InformationRequested");
  }
  EXPECT_EQ(given.When(kScrutiny, Question()), "FAILED_PRECONDITION TOO_MANY");
}

// F50
TEST(AnswerInformationRequest, IsByThatAgencyAndStopsItsClock) {
  Given given = InformationAsked();
  auto answer = InformationOf("text: '41 in May, 12 in June' depersonalised: true");
  EXPECT_EQ(given.When(kOfPolice, answer), "InformationRequestAnswered");
  EXPECT_EQ(given.review().information_requests(0).answer().by(), kOfPolice);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(given.When(kOfPolice, answer), "FAILED_PRECONDITION WRONG_STATE");
}

// F50
TEST(AnswerInformationRequest, Refuses) {
  Given given = InformationAsked();
  auto when = [&](const std::string& more) { return given.When(kOfPolice, InformationOf(more)); };
  EXPECT_EQ(given.When(kOfFire, InformationOf("text: 'x' depersonalised: true")),
            "PERMISSION_DENIED NOT_ASKED");
  EXPECT_EQ(given.When(kScrutiny, InformationOf("text: 'x' depersonalised: true")),
            "PERMISSION_DENIED NOT_ASKED");
  EXPECT_EQ(when("depersonalised: true"), "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(when("text: 'x'"), "INVALID_ARGUMENT INVALID_FIELD depersonalised");
  for (const char* text :
       {"at L18 8JQ", "ash@example.org", "0151 233 3000", "Name: Ash", "Mr Ash"}) {
    EXPECT_EQ(when(absl::StrCat("depersonalised: true text: '", text, "'")),
              "INVALID_ARGUMENT NOT_DEPERSONALISED text");
  }
  EXPECT_EQ(when("depersonalised: true uri: 'mailto:ash@example.org'"),
            "INVALID_ARGUMENT NOT_DEPERSONALISED uri");
  EXPECT_EQ(given.When(kOfPolice, About<v1::AnswerInformationRequestRequest>(
                                      std::string(kReview) + "/informationRequests/2",
                                      "text: 'x' depersonalised: true")),
            "NOT_FOUND NOT_FOUND name");
}

// F50
TEST(AnswerInformationRequest, LeavesWhatIdentifiesPeopleWithTheAgency) {
  Given given = InformationAsked("identifiable: true why_identified: 'to invite the victims'");
  EXPECT_EQ(given.When(kOfPolice, InformationOf("text: 'Mr Ash'")),
            "INVALID_ARGUMENT INVALID_FIELD text");
  EXPECT_EQ(given.When(kOfPolice, InformationOf("uri: 'https://police.example/file/7'")),
            "InformationRequestAnswered");
}

// F50
TEST(RefuseInformationRequest, TakesOneOfTheGroundsInWords) {
  Given given = InformationAsked();
  auto refuse = About<v1::RefuseInformationRequestRequest>(
      kAsked, "ground: REFUSAL_GROUND_PREJUDICES_LEGAL_PROCEEDINGS words: 'a trial is listed'");
  EXPECT_EQ(given.When(kOfFire, refuse), "PERMISSION_DENIED NOT_ASKED");
  EXPECT_EQ(given.When(kOfPolice, refuse), "InformationRequestRefused");
  EXPECT_EQ(given.review().information_requests(0).state(), v1::INFORMATION_REQUEST_STATE_REFUSED);
  EXPECT_EQ(given.review().information_requests(0).refusal().words(), "a trial is listed");
  EXPECT_EQ(given.Clocks("E1"), "");
}

// F50
TEST(RefuseInformationRequest, Refuses) {
  Given given = InformationAsked("identifiable: true why_identified: 'to invite the victims'");
  auto when = [&](const std::string& more) {
    return given.When(kOfPolice, About<v1::RefuseInformationRequestRequest>(kAsked, more));
  };
  EXPECT_EQ(when("words: 'x'"), "INVALID_ARGUMENT INVALID_FIELD ground");
  EXPECT_EQ(when("ground: REFUSAL_GROUND_NOT_HELD"), "INVALID_ARGUMENT INVALID_FIELD words");
  EXPECT_EQ(when("ground: REFUSAL_GROUND_NOT_DEPERSONALISABLE words: 'x'"),
            "FAILED_PRECONDITION GROUND_DOES_NOT_APPLY ground");
}

v1::RequestAttendanceRequest Invitation(const std::string& date) {
  return FromText<v1::RequestAttendanceRequest>(
      absl::StrCat("parent: '", kReview, "' agency: '", kPolice,
                   "' who: 'the area inspector' why: 'patrols' date: '", date, "'"));
}

// F50
TEST(RequestAttendance, GivesReasonableNotice) {
  Given given = ScopedReview();
  // Ten working days after Wednesday 1 July end with Wednesday 15 July.
  EXPECT_EQ(given.When(kScrutiny, Invitation("2026-07-14")),
            "FAILED_PRECONDITION NOTICE_TOO_SHORT date");
  EXPECT_EQ(given.When(kScrutiny, Invitation("2026-07-15")), "AttendanceRequested");
  EXPECT_EQ(given.Clocks("E1"), "attendance of 1 by police 2026-07-15T23:00Z");
  EXPECT_EQ(given.WhenItIs("2026-07-15T23:00:00Z"), "ClockExpired");
  EXPECT_TRUE(given.review().attendance_requests(0).overdue());
}

// F50
TEST(RequestAttendance, Refuses) {
  Given given = ScopedReview();
  using R = v1::RequestAttendanceRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Invitation("2026-07-20");
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Invitation("2026-07-20")), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_who(); }), "INVALID_ARGUMENT INVALID_FIELD who");
  EXPECT_EQ(when([](R& r) { r.clear_why(); }), "INVALID_ARGUMENT INVALID_FIELD why");
  EXPECT_EQ(when([](R& r) { r.set_date("soon"); }), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(when([](R& r) { r.set_agency("councils/E1/agencies/health"); }),
            "NOT_FOUND NOT_FOUND agency");
  for (int i = 0; i < kMostRequests; ++i) {
    ASSERT_EQ(given.When(kScrutiny, Invitation("2026-07-20")), "AttendanceRequested");
  }
  EXPECT_EQ(given.When(kScrutiny, Invitation("2026-07-20")), "FAILED_PRECONDITION TOO_MANY");
}

// F50
TEST(AnswerAttendanceRequest, SaysWhoComesOrWhyNobodyDoes) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, Invitation("2026-07-20")), "AttendanceRequested");
  auto when = [&](const std::string& actor, const std::string& more) {
    return given.When(actor, About<v1::AnswerAttendanceRequestRequest>(kSummons, more));
  };
  EXPECT_EQ(when(kOfFire, "attends: true officer: 'ash'"), "PERMISSION_DENIED NOT_ASKED");
  EXPECT_EQ(when(kOfPolice, "attends: true"), "INVALID_ARGUMENT INVALID_FIELD officer");
  EXPECT_EQ(when(kOfPolice, ""), "INVALID_ARGUMENT INVALID_FIELD reason");
  EXPECT_EQ(when(kOfPolice, "attends: true officer: 'reid'"), "AttendanceRequestAnswered");
  EXPECT_EQ(given.review().attendance_requests(0).state(), v1::ATTENDANCE_STATE_ATTENDS);
  EXPECT_EQ(given.Clocks("E1"), "");
  EXPECT_EQ(when(kOfPolice, "reason: 'ill'"), "FAILED_PRECONDITION WRONG_STATE");
}

// F50
TEST(CloseReview, StopsTheClocksOfWhatItAsked) {
  Given given = HeardReview();
  EXPECT_EQ(given.When(kScrutiny, Question()), "InformationRequested");
  EXPECT_EQ(given.When(kScrutiny, Invitation("2026-07-20")), "AttendanceRequested");
  EXPECT_EQ(given.When(kScrutiny, Report()), "ReportPublished");
  EXPECT_EQ(given.Clocks("E1"), "");
}

}  // namespace
}  // namespace ccfa::scrutiny
