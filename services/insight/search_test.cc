#include "services/insight/search.h"

#include "absl/strings/str_cat.h"
#include "services/insight/given.h"

namespace ccfa::insight {
namespace {

using ::testing::ElementsAre;

v1::StoryRow CallAbout(const std::string& summary) {
  v1::StoryRow row;
  row.set_name(kCall);
  row.mutable_intake()->mutable_details()->set_summary(summary);
  row.mutable_intake()->mutable_details()->set_category("fly-tipping");
  row.mutable_intake()->mutable_details()->mutable_place()->set_text("Osprey Walk");
  return row;
}

bool Finds(const std::string& text, const std::string& summary) {
  absl::StatusOr<Search> search = Search::For(text);
  return search.ok() && search->Finds(CallAbout(summary));
}

TEST(Search, WordsAreWhatStandsBetweenOtherSigns) {
  EXPECT_THAT(WordsIn("Two cars, two CARS & a café!"), ElementsAre("café", "cars", "two"));
}

TEST(Search, FindsByTheBeginningOfEachWordInAnyOrder) {
  EXPECT_TRUE(Finds("moto race", "Motorbikes race round the flats"));
  EXPECT_TRUE(Finds("osprey tipping", "Sofas in the lane"));
  EXPECT_FALSE(Finds("moto sofa", "Motorbikes race round the flats"));
  EXPECT_FALSE(Finds("bikes", "Motorbikes race round the flats"));
}

TEST(Search, ACallIsFoundByOneOfItsWordsAlone) {
  absl::StatusOr<Search> search = Search::For("car");
  const v1::StoryRow row = CallAbout("A car among cars");
  EXPECT_TRUE(search->IsFoundBy("car", row));
  EXPECT_FALSE(search->IsFoundBy("cars", row));
}

TEST(Search, RefusesWhatHasNoWordOrTooMany) {
  for (const char* text : {"", "!", "a b c", "aa bb cc dd ee ff gg hh ii"})
    EXPECT_FALSE(Search::For(text).ok()) << text;
}

}  // namespace
}  // namespace ccfa::insight
