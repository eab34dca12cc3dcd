#include "services/gateway/open311_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/refusal.h"

namespace ccfa::gateway::open311 {
namespace {

constexpr char kReport[] = "service_code=fly-tipping&lat=52.6&long=2.1";

absl::StatusOr<intake::v1::LogCallRequest> Reported(const std::string& encoded) {
  Form form;
  if (absl::Status read = form.Read(encoded); !read.ok()) return read;
  return ToCall(form, "E1");
}

// F75
TEST(ToCall, IsACallOfTheCouncilThatCameByOpen311) {
  const auto call = *Reported(std::string(kReport) +
                              "&address_string=Osprey+Walk&description=Mattresses%0AEvery+week"
                              "&media_url=https://media.example/1.jpg&account_id=7&device_id=8");
  EXPECT_EQ(call.parent(), "councils/E1");
  EXPECT_EQ(call.details().source(), intake::v1::SOURCE_OPEN311);
  EXPECT_EQ(call.details().category(), "fly-tipping");
  EXPECT_EQ(call.details().summary(), "Mattresses");
  EXPECT_EQ(call.details().description(), "Mattresses\nEvery week");
  EXPECT_EQ(call.details().place().point().lat(), 52.6);
  EXPECT_EQ(call.details().place().point().lon(), 2.1);
  EXPECT_EQ(call.details().place().text(), "Osprey Walk");
  EXPECT_EQ(call.details().evidence(0).uri(), "https://media.example/1.jpg");
  EXPECT_FALSE(call.has_caller());
}

// F13, F57, F75
TEST(ToCall, PutsWhoReportsIntoTheCallerAlone) {
  auto call = *Reported(std::string(kReport) +
                        "&first_name=Pat&last_name=Doe&email=pat@example.org&phone=555");
  EXPECT_EQ(call.caller().details().name(), "Pat Doe");
  EXPECT_EQ(call.caller().details().contact(), "pat@example.org, 555");
  call.clear_caller();
  EXPECT_THAT(call.DebugString(), ::testing::Not(::testing::HasSubstr("Pat")));
  EXPECT_THAT(call.DebugString(), ::testing::Not(::testing::HasSubstr("example.org")));
}

// F75
TEST(ToCall, TakesAPlaceInEachWayThereIs) {
  EXPECT_EQ(Reported("address_string=The+green")->details().place().text(), "The green");
  EXPECT_EQ(Reported("address_id=rv1+2ab")->details().place().postcode(), "rv1 2ab");
  EXPECT_EQ(Reported("zipcode=RV1+2AB&lat=1&long=2")->details().place().postcode(), "RV1 2AB");
}

// F57, F75
TEST(ToCall, KeepsMarksThatCloseAndTakesBracketsForBrackets) {
  EXPECT_EQ(Reported(std::string(kReport) + "&description=by+[[Pat]]")->details().description(),
            "by [[Pat]]");
  const auto call = *Reported("lat=1&long=2&description=by+[[Pat&address_string=the+]]+gate");
  EXPECT_EQ(call.details().description(), "by [ [Pat");
  EXPECT_EQ(call.details().place().text(), "the ] ] gate");
}

TEST(ToCall, HasASummaryThatPartsNoMarksAndNoWords) {
  EXPECT_EQ(Reported(kReport)->details().summary(), "Fly-tipping");
  EXPECT_EQ(Reported(std::string(kReport) + "&description=short")->details().description(), "");
  EXPECT_EQ(Reported(std::string(kReport) + "&description=by+[[Pat+Doe]]")->details().summary(),
            "Fly-tipping");
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word+";
  const std::string summary =
      Reported(std::string(kReport) + "&description=" + words)->details().summary();
  EXPECT_LE(summary.size(), 124);
  EXPECT_THAT(summary, ::testing::EndsWith("word ..."));
  EXPECT_EQ(
      Reported(std::string(kReport) + "&description=" + std::string(500, 'x'))->details().summary(),
      "Fly-tipping");
}

// F75
TEST(ToCall, NamesTheArgumentThatIsWrong) {
  struct {
    std::string sent, field;
  } const kRefusals[] = {
      {"", "lat"},
      {"lat=52.6", "long"},
      {"long=2.1", "lat"},
      {"lat=north&long=2.1", "lat"},
      {"lat=52.6&long=east", "long"},
      {"address_id=4711", "address_id"},
      {"lat=1&long=2&media_url=javascript:alert(1)", "media_url"},
      {"lat=1&long=2&media_url=https://" + std::string(2000, 'x'), "media_url"},
      {"lat=1&long=2&description=" + std::string(4001, 'x'), "description"},
      {"lat=1&long=2&attribute[nonsense]=1", "attribute[nonsense]"},
      {"lat=1&long=2&attribute[standing]=owns", "attribute[standing]"},
  };
  for (const auto& refusal : kRefusals)
    EXPECT_EQ(FieldOf(Reported(refusal.sent).status()), refusal.field) << refusal.sent;
  std::string umlauts;
  for (int i = 0; i < 4000; ++i) umlauts += "%C3%BC";
  EXPECT_TRUE(Reported("lat=1&long=2&description=" + umlauts).ok()) << "characters, not bytes";
}

}  // namespace
}  // namespace ccfa::gateway::open311
