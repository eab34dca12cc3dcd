#include "services/insight/pack.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_split.h"
#include "services/insight/given.h"
#include "services/insight/markdown.h"

namespace ccfa::insight {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Given ReferredAfterWork(const std::string& title = "Bikes on Osprey Walk") {
  return Given()
      .Intake(Logged("affected: 'twelve flats' outcome_sought: 'a gate' "
                     "other_organisations: 'the landlord' "
                     "tried { contacted: 'Highways' date: '2026-05-01' answer: 'not ours' }"))
      .Sara(Of("problem_opened", kProblem, absl::StrCat("call: '", kCall, "'")))
      .Sara(Of("scan_recorded", kProblem, "scan { harm: 'noise at night' }"))
      .Sara(Of("source_added", kProblem,
               "source { number: 1 title: 'call log' grade: GRADE_RELIABLE known_gaps: 'nights' }"))
      .Sara(Of("action_proposed", absl::StrCat(kProblem, "/actions/1"),
               absl::StrCat("action { name: '", kProblem, "/actions/1' description: 'patrols' }")))
      .Sara(Of("action_declined", absl::StrCat(kProblem, "/actions/1"), "reason: 'no officers'"))
      .Scrutiny(Of("referral_received", kReferral,
                   absl::StrCat("problem: '", kProblem, "' calls: '", kCall, "' title: '", title,
                                "' reason: 'two rungs failed' category: 'off-road-bikes' "
                                "trail { who: 'police' what: 'declined patrols' "
                                "result: 'no officers' time { seconds: 1782896400 } } "
                                "clocks { kind: 'agenda' due_time { seconds: 1785366000 } }")))
      .Scrutiny(Of("referral_decided", kReferral,
                   "decision { kind: DECISION_KIND_ACCEPT_FOR_REVIEW reasons: 'it persists' "
                   "criteria { attempts_made: 'three' } }"))
      .Scrutiny(Of("recommendation_made", "councils/E1/recommendations/2026-000001",
                   absl::StrCat("referral: '", kReferral, "' text: 'gate the walk' ",
                                "recipients: 'councils/E1/agencies/police'")));
}

// F45, F46
TEST(GetReferralPack, IsCompleteByItself) {
  Given given = ReferredAfterWork();
  std::string pack = PackOf(given.tables(), kReferral);
  for (const char* part :
       {"# Referral 2026-000001: Bikes on Osprey Walk", "two rungs failed", "Litter in the lane",
        "## Who is affected\n\n- twelve flats", "## What is sought\n\n- a gate",
        "## Other organisations\n\n- the landlord",
        "- **2026-05-01 before the call**: Highways: not ours",
        "- **2026-07-01 police**: declined patrols: no officers", "- **Harm**: noise at night",
        "- Title: call log; Grade: reliable; Known gaps: nights",
        "- Description: patrols; State: declined; Reason: no officers", "accept for review",
        "- **Attempts made**: three", "gate the walk",
        "- **councils/E1/agencies/police**: no answer yet", "- **To agenda**: by 2026-07-29",
        "action declined (1): no officers"}) {
    EXPECT_THAT(pack, HasSubstr(part));
  }
}

// F46
TEST(GetReferralPack, IsNoneWithoutAReferral) {
  Given given = ReferredAfterWork();
  EXPECT_EQ(PackOf(given.tables(), "councils/E1/referrals/2026-000002"), "");
  EXPECT_EQ(PackOf(given.tables(), kProblem), "");
}

// F46
TEST(GetReferralPack, TakesWhatPeopleWroteForText) {
  Given given = ReferredAfterWork("# <b>*x*</b> [y](z)\\n- not a list");
  EXPECT_THAT(
      PackOf(given.tables(), kReferral),
      HasSubstr("# Referral 2026-000001: \\# \\<b\\>\\*x\\*\\</b\\> \\[y\\](z) - not a list"));
}

TEST(Markdown, DropsWhatTurnsTheDirectionOfText) {
  EXPECT_EQ(Markdown::Escape("a\u202eb\u2066c\x01\x7f d\xff"), "abc d\uFFFD");
  EXPECT_EQ(Markdown::Escape("1. x"), "1\\. x");
  EXPECT_EQ(Markdown::Escape("- x"), "\\- x");
}

RC_GTEST_PROP(Markdown, IsOneLineWhateverIsPutIn, (const std::string& bytes)) {
  Markdown pack;
  pack.Item("label", bytes);
  RC_ASSERT(std::count(pack.text().begin(), pack.text().end(), '\n') <= 2);
}

}  // namespace
}  // namespace ccfa::insight
