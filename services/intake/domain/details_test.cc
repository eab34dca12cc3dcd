#include "services/intake/domain/details.h"

#include <gtest/gtest.h>

#include "services/intake/domain/policy.h"
#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

using Details = v1::CallDetails;

/// What comes of logging a call with these details.
std::string WhenLogged(const std::string& more) {
  return Given().When(kCouncillor, NewCall(more));
}

// F1, F45
TEST(Details, AreTakenWithEverythingACouncillorCanSay) {
  EXPECT_EQ(WhenLogged("ward: 'W1' place { point { lat: 53.4 lon: -2.9 } text: 'Osprey Walk' }"
                       " happened: '2026-06-12' tried { contacted: 'police' date: '2026-05-01' }"
                       " councillor: 'councils/E1/councillors/okafor'"),
            "CallLogged");
  EXPECT_EQ(WhenLogged("happened: '2026-06'"), "CallLogged") << "a month will do";
  EXPECT_EQ(WhenLogged("tried { contacted: 'police' }"), "CallLogged") << "the day may be unknown";
}

TEST(Details, AreRefusedByTheFieldThatIsWrong) {
  struct {
    std::string more, field;
  } const kRefusals[] = {
      {"category: 'Fly Tipping'", "details.category"},
      {"summary: 'two\\nlines'", "details.summary"},
      {"summary: '" + std::string(501, 'x') + "'", "details.summary"},
      {"source: 77", "details.source"},
      {"happened: '2026-02-30'", "details.happened"},
      {"happened: 'last week'", "details.happened"},
      {"place { point { lat: 91 lon: 0 } }", "details.place.point"},
      {"place { point { lat: -2.9 lon: 53.4 } }", "details.place.point"},
      {"tried { answer: 'none' }", "details.tried[0].contacted"},
      {"tried { contacted: 'police' } tried { contacted: 'police' date: 'May' }",
       "details.tried[1].date"},
      {"ward: 'W9'", "details.ward"},
      {"councillor: 'okafor'", "details.councillor"},
      {"councillor: 'councils/E2/councillors/okafor'", "details.councillor"},
      {"regime: 77", "details.regime"},
      {"standing: 77", "details.standing"},
  };
  for (const auto& refusal : kRefusals) {
    EXPECT_EQ(WhenLogged(refusal.more), "INVALID_ARGUMENT INVALID_FIELD " + refusal.field)
        << refusal.more;
  }
}

// F70, F75
TEST(Details, OfAnotherSystemSayThatTheyCameByOpen311) {
  for (const char* source : {"SOURCE_IMPORT", "SOURCE_SURGERY"}) {
    EXPECT_EQ(Given().When("partner:fix-it", NewCall(absl::StrCat("source: ", source))),
              "PERMISSION_DENIED PARTNERS_SOURCE");
  }
  EXPECT_EQ(Given().When("partner:fix-it", NewCall("source: SOURCE_OPEN311")), "CallLogged");
  EXPECT_EQ(Given().When(kCoordinator, NewCall("source: SOURCE_OPEN311")), "CallLogged");
}

TEST(Details, MustSayWhatHappensAndHowTheCallCameIn) {
  for (const char* field : {"category", "summary", "source"}) {
    v1::LogCallRequest request = NewCall();
    Details& details = *request.mutable_details();
    details.GetReflection()->ClearField(&details, details.GetDescriptor()->FindFieldByName(field));
    EXPECT_EQ(Given().When(kCouncillor, request),
              std::string("INVALID_ARGUMENT INVALID_FIELD details.") + field);
  }
}

TEST(Details, AreBoundedInNumber) {
  v1::LogCallRequest tried = NewCall(), shown = NewCall();
  for (int i = 0; i < kMostAttempts + 1; ++i) {
    tried.mutable_details()->add_tried()->set_contacted("police");
  }
  for (int i = 0; i < kMostEvidence + 1; ++i) {
    shown.mutable_details()->add_evidence()->set_title("a photograph");
  }
  EXPECT_EQ(Given().When(kCouncillor, tried), "INVALID_ARGUMENT INVALID_FIELD details.tried");
  EXPECT_EQ(Given().When(kCouncillor, shown), "INVALID_ARGUMENT INVALID_FIELD details.evidence");
}

/// What whoever logs a call of these words is told at once.
std::string AdviceOn(const std::string& more) {
  Given given;
  EXPECT_EQ(given.When(kCouncillor, NewCall(more)), "CallLogged");
  return Rules().Advice(given.event());
}

// F12
TEST(Emergency, IsToldToRing999) {
  EXPECT_THAT(AdviceOn("summary: 'A man HAS A KNIFE outside'"), ::testing::HasSubstr("ring 999"));
  EXPECT_THAT(AdviceOn("description: 'somebody is unconscious'"), ::testing::HasSubstr("ring 999"));
}

// F12
TEST(Emergency, IsNotSeenInOrdinaryWordsOrInWhatWasRecordedBefore) {
  EXPECT_EQ(AdviceOn("summary: 'Knives were found in the park last month'"), "");
  EXPECT_EQ(AdviceOn("summary: 'A man has a knife' source: SOURCE_IMPORT"), "");
}

}  // namespace
}  // namespace ccfa::intake
