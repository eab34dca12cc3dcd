#include "services/insight/disclosures.h"

#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

constexpr char kSealed[] = "caller { key: 'councils/E1/callers/1' }";

std::string Opened(const std::string& call, const std::string& more) {
  return Of(
      "caller_opened", call,
      absl::StrCat("legal_basis: LEGAL_BASIS_PUBLIC_TASK fields: PERSONAL_FIELD_NAME ", more));
}

Given TwoOpenings() {
  Given given;
  given.Intake(Logged()).Intake(Logged("", kOther));
  given.Intake(Opened(kCall, "purpose: 'a visit'"));
  given.Intake(Opened(kOther, "purpose: 'victim-support' agency: 'councils/E1/agencies/police'"));
  return given;
}

/// "a visit of 2026-000001" for each.
std::string Listed(Given& given, const std::string& more = "") {
  auto request = FromText<v1::ListDisclosuresRequest>("parent: 'councils/E1' " + more);
  v1::ListDisclosuresResponse reply;
  EXPECT_TRUE(ListDisclosures(given.tables(), request, reply).ok());
  std::vector<std::string> listed;
  for (const v1::Disclosure& one : reply.disclosures())
    listed.push_back(absl::StrCat(one.purpose(), " of ", LastId(one.call())));
  return absl::StrJoin(listed, ", ");
}

// F58
TEST(Disclosures, AreListedWithWhoWhyAndOnWhatLaw) {
  Given given = TwoOpenings();
  EXPECT_EQ(Listed(given), "a visit of 2026-000001, victim-support of 2026-000002");
  EXPECT_EQ(Listed(given, "page_size: 1"), "a visit of 2026-000001");
  EXPECT_EQ(Listed(given, absl::StrCat("of: '", kOther, "'")), "victim-support of 2026-000002");
  EXPECT_EQ(Listed(given, "agency: 'police'"), "victim-support of 2026-000002");
  EXPECT_EQ(Listed(given, "agency: 'housing'"), "");
  v1::ListDisclosuresResponse reply;
  ASSERT_TRUE(ListDisclosures(given.tables(),
                              FromText<v1::ListDisclosuresRequest>("parent: 'councils/E1'"), reply)
                  .ok());
  EXPECT_EQ(reply.disclosures(0).who(), "coordinator:lee");
  EXPECT_EQ(reply.disclosures(0).legal_basis(), intake::v1::LEGAL_BASIS_PUBLIC_TASK);
}

// F13, F73
TEST(Story, SaysWhetherItIsKnownWhoCalledAndTellsTheRestAfterAnErasure) {
  Given given;
  given.Intake(absl::StrCat("call_logged { name: '", kCall,
                            "' details { category: 'litter' summary: 'Litter' } ", kSealed, " }"));
  EXPECT_EQ(given.Story().caller(), "sealed");
  const std::string before = given.Outlook();
  given.Intake(Of("caller_erased", kCall, "reason: 'they asked for it'"));
  EXPECT_EQ(given.Story().caller(), "erased");
  EXPECT_EQ(given.Outlook(), before);
  EXPECT_EQ(given.History(kCall).back(), "caller erased: they asked for it");
}

// F13
TEST(Story, SaysThatTheCallerIsToBeAskedAnew) {
  Given given;
  given.Intake(absl::StrCat("call_logged { name: '", kCall,
                            "' details { category: 'litter' summary: 'Litter' }"
                            " caller { key: 'councils/E1/callers/1' consent_needed: true } }"));
  EXPECT_EQ(given.Story().caller(), "consent needed");
  given.Intake(Of("consent_recorded", kCall, "consent { to: CONSENT_TO_CONTACT given: true }"));
  EXPECT_EQ(given.Story().caller(), "sealed");
}

}  // namespace
}  // namespace ccfa::insight
