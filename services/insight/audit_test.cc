#include "services/insight/audit.h"

#include "absl/strings/str_join.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;

std::string Acted(const std::string& more) {
  return Of("act_recorded", "councils/E1", more);
}

/// Wards, a caller and an account, a minute apart from 09:01.
Given ABusyMorning() {
  return Given()
      .Routing("ward_registered { name: 'councils/E1/wards/W1' }")
      .Intake(Logged())
      .Intake(absl::StrCat("call_logged { name: '", kOther,
                           "' details { summary: 'Noise' } caller { key: 'councils/E1/callers/1'"
                           " fields { field: PERSONAL_FIELD_NAME } } }"))
      .Intake(Of("caller_opened", kOther,
                 "purpose: 'a visit' legal_basis: LEGAL_BASIS_PUBLIC_TASK"
                 " fields: PERSONAL_FIELD_NAME fields: PERSONAL_FIELD_CONTACT"))
      .Sara(Acted("act: ACT_PASSWORD_RESET on: 'accounts/lee'"))
      .Routing("ward_registered { name: 'councils/E2/wards/W1' }");
}

std::vector<std::string> InAudit(Given& given, const std::string& more = "",
                                 const std::string& council = "councils/E1") {
  auto request = FromText<v1::ListAuditRequest>(absl::StrCat("parent: '", council, "' ", more));
  std::vector<std::string> listed;
  do {
    v1::ListAuditResponse reply;
    EXPECT_TRUE(ListAudit(given.tables(), request, reply).ok());
    for (const v1::AuditEntry& entry : reply.entries()) listed.push_back(entry.what());
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return listed;
}

std::string Minute(int minute) {
  const absl::Time time =
      absl::FromCivil(absl::CivilMinute(2026, 7, 1, 9, minute), absl::UTCTimeZone());
  return absl::StrCat("{ seconds: ", absl::ToUnixSeconds(time), " }");
}

// F58
TEST(Audit, ListsAccessesAndActsTheNewestFirst) {
  Given given = ABusyMorning();
  EXPECT_THAT(InAudit(given), ElementsAre("password reset", "caller opened", "caller written down",
                                          "ward registered"));
  EXPECT_THAT(InAudit(given, "kind: AUDIT_KIND_ACCESS"),
              ElementsAre("caller opened", "caller written down"));
  EXPECT_THAT(InAudit(given, "", "councils/E2"), ElementsAre("ward registered"));
  EXPECT_THAT(InAudit(given, "", "councils/E"), ElementsAre());
  v1::ListAuditResponse reply;
  ASSERT_TRUE(
      ListAudit(given.tables(), FromText<v1::ListAuditRequest>("parent: 'councils/E1'"), reply)
          .ok());
  EXPECT_EQ(reply.entries(0).on(), "accounts/lee");
  EXPECT_EQ(reply.entries(0).event_id(), "ccfa.sara.v1/0/1");
  EXPECT_EQ(reply.entries(1).on(), kOther);
  EXPECT_EQ(reply.entries(1).who(), "coordinator:lee");
  EXPECT_EQ(reply.entries(1).why(), "a visit (public task: name, contact)");
}

TEST(Audit, IsNarrowedByWhoAndWhenAndReadPageByPage) {
  Given given = ABusyMorning();
  EXPECT_THAT(InAudit(given, "who: 'coordinator:lee'").size(), 4u);
  EXPECT_THAT(InAudit(given, "who: 'coordinator:le'"), ElementsAre());
  // Not before its first minute, and before its last.
  EXPECT_THAT(InAudit(given, absl::StrCat("from ", Minute(3), " to ", Minute(5))),
              ElementsAre("caller opened", "caller written down"));
  EXPECT_EQ(InAudit(given, "page_size: 1"), InAudit(given));
  EXPECT_THAT(InAudit(given, absl::StrCat("page_size: 1 from ", Minute(3), " to ", Minute(5))),
              ElementsAre("caller opened", "caller written down"));
}

TEST(Audit, OfOneInstantTheLaterOfATopicComesFirst) {
  Given given;
  given.AtOnce();
  for (const char* act : {"ACT_ACCOUNT_CREATED", "ACT_ROLES_SET", "ACT_ACCOUNT_DISABLED"})
    given.Routing(Acted(absl::StrCat("act: ", act)));
  EXPECT_THAT(InAudit(given), ElementsAre("account disabled", "roles set", "account created"));
}

TEST(Audit, AnExportHoldsForWhoeverRecordedItAndForAWhile) {
  Given given;
  given.Intake(Acted("act: ACT_CALLS_EXPORTED reason: 'the yearly report'"));
  given.Intake(Acted("act: ACT_JOURNAL_EXPORTED on: 'ccfa.intake.v1'"));
  const absl::Time recorded =
      absl::FromCivil(absl::CivilMinute(2026, 7, 1, 9, 1), absl::UTCTimeZone());
  EXPECT_TRUE(IsExportRecorded(given.tables(), "E1", "coordinator:lee", recorded));
  EXPECT_FALSE(
      IsExportRecorded(given.tables(), "E1", "coordinator:lee", recorded + absl::Microseconds(1)));
  EXPECT_FALSE(IsExportRecorded(given.tables(), "E1", "coordinator:other", recorded));
  EXPECT_FALSE(IsExportRecorded(given.tables(), "E2", "coordinator:lee", recorded));
}

// A value of a later build has no words here, and is no reason to stop.
TEST(Audit, AnActThatThisBuildDoesNotKnowIsListedAllTheSame) {
  Given given;
  given.Intake(Acted("act: 9999 on: 'accounts/lee'"));
  EXPECT_THAT(InAudit(given), ElementsAre("?"));
}

}  // namespace
}  // namespace ccfa::insight
