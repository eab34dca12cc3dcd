#include "services/insight/publication.h"

#include <rapidcheck/gtest.h>

#include <algorithm>

#include "common/geo/square.h"
#include "services/insight/given.h"
#include "services/insight/published_quarters.h"

namespace ccfa::insight {
namespace {

using ::ccfa::testing::EnglandAndWales;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

calendar::Quarter ThirdQuarter() {
  return *calendar::Quarter::Parse("2026-Q3");
}

/// "litter ward=W1 outward= with a point: 5"
std::string Words(const v1::PublishedCalls& calls) {
  return absl::StrCat(calls.category(), " ward=", calls.ward(), " outward=", calls.outward(),
                      calls.has_point() ? " with a point" : "", ": ", calls.calls());
}
std::string Words(const v1::Figure& figure) {
  const std::string& month = figure.month();
  return absl::StrCat(figure.category(), figure.category().empty() ? "" : " ",
                      month.empty() ? figure.ward() : month,
                      figure.outcome() == 0 ? "" : v1::Outcome_Name(figure.outcome()), ": ",
                      figure.calls());
}
template <class Messages>
std::vector<std::string> AllWords(const Messages& messages) {
  std::vector<std::string> words;
  for (const auto& message : messages) words.push_back(Words(message));
  return words;
}

/// So many calls of a kind are logged on a day of July; each call has a number of its own.
class Council {
 public:
  Council& Logs(int calls, const std::string& category, const std::string& details) {
    for (; calls > 0; --calls) {
      const std::string call = absl::StrCat("councils/E1/calls/2026-", ++number_);
      given_.Intake(absl::StrCat("call_logged { name: '", call, "' details { category: '", category,
                                 "' summary: 'Mr Smith, again' ", details, " } }"));
    }
    return *this;
  }
  Council& Sets(const std::string& rules) {
    given_.Routing(absl::StrCat(
        "council_configured { name: 'councils/E1' config { name: 'councils/E1' publication { ",
        rules, " } } }"));
    return *this;
  }
  Given& given() { return given_; }
  Publication Publishes(const calendar::Quarter& quarter = ThirdQuarter()) {
    return Publication(given_.tables(), "E1", quarter, EnglandAndWales());
  }

 private:
  Given given_;
  int number_ = 0;
};

constexpr char kAbbey[] =
    "ward: 'W1' place { text: '7 Hill Lane' point { lat: 52.6313 lon: 2.17 } }";
constexpr char kAbbeyNearby[] = "ward: 'W1' place { point { lat: 52.6314 lon: 2.1701 } }";
constexpr char kByPostcode[] = "ward: 'W1' place { postcode: 'rv1 2ab' }";
constexpr char kOutsideWards[] = "place { postcode: 'RV9 2AB' }";

// F22
TEST(Publication, TellsOfAPlaceTheMiddleOfItsSquareOrTheOutwardPostcode) {
  Council council;
  council.Logs(3, "litter", kAbbey).Logs(2, "litter", kAbbeyNearby).Logs(5, "litter", kByPostcode);
  council.Logs(5, "noise", kOutsideWards);
  const Publication publication = council.Publishes();
  EXPECT_THAT(AllWords(publication.groups()),
              ElementsAre("litter ward=W1 outward=RV1: 5",
                          "litter ward=W1 outward= with a point: 5", "noise ward= outward=RV9: 5"));
  const auto& point = publication.groups()[1].point();
  const geo::Point middle = geo::MiddleOf(geo::SquareOf({52.6313, 2.17}, 1'000), 1'000);
  EXPECT_DOUBLE_EQ(point.lat(), middle.lat);
  EXPECT_DOUBLE_EQ(point.lon(), middle.lon);
  EXPECT_EQ(publication.groups()[1].square_m(), 1'000);
}

// F22
TEST(Publication, HasNoWordsOfACallNorADayNorACategoryThatTheCouncilDoesNotName) {
  Council council;
  council.Logs(6, "the-smiths-again", absl::StrCat(kAbbey, "happened: '2026-07-01'"));
  const Publication publication = council.Publishes();
  std::string all = publication.figures().ShortDebugString();
  for (const auto& group : publication.groups()) all += group.ShortDebugString();
  EXPECT_THAT(AllWords(publication.groups()), ElementsAre("other ward= outward=: 6"));
  for (const char* word : {"mith", "Hill", "2026-07-01", "calls/", "52.6313"})
    EXPECT_EQ(all.find(word), std::string::npos) << word;
}

// F59
TEST(Publication, SumsItsGroups) {
  Council council;
  council.given().Routing(
      "ward_registered { name: 'councils/E1/wards/W1' ward { title: 'Abbey' } }");
  council.Logs(5, "litter", kAbbey).Logs(3, "litter", "ward: 'W2'").Logs(2, "litter", "");
  council.Logs(6, "noise", kAbbey).Logs(4, "graffiti", kAbbey).Logs(2, "other", "");
  const v1::PublishedQuarter figures = council.Publishes().figures();
  EXPECT_EQ(figures.calls(), 22);
  EXPECT_EQ(figures.fewest_calls(), 5);
  EXPECT_THAT(AllWords(figures.by_category_and_ward()),
              ElementsAre("litter W1: 5", "litter : 5", "noise W1: 6", "other : 6"));
  EXPECT_THAT(AllWords(figures.by_category()),
              ElementsAre("litter : 10", "noise : 6", "other : 6"));
  EXPECT_THAT(AllWords(figures.by_ward()), ElementsAre("W1: 11", ": 11"));
  EXPECT_EQ(figures.by_ward(0).ward_title(), "Abbey");
}

// F59
TEST(Publication, IsOfTheQuarterInWhichCallsWereLogged) {
  Council council;
  council.Logs(5, "litter", "happened: '2026-02-01'");
  EXPECT_EQ(council.Publishes().figures().calls(), 5);
  EXPECT_EQ(council.Publishes(*calendar::Quarter::Parse("2026-Q1")).figures().calls(), 0);
  EXPECT_EQ(FromProto(council.Publishes().figures().as_at()),
            EnglandAndWales().StartOf(absl::CivilDay(2026, 11, 1)));
}

// F59
TEST(PublishedQuarters, AreMadeOnceAndKeptWhereTheyTellOfCalls) {
  PublishedQuarters published;
  Given given;
  const auto made = [&] {
    return std::make_shared<const Publication>(given.tables(), "E1", ThirdQuarter(),
                                               EnglandAndWales());
  };
  published.Keep("E1", ThirdQuarter(), made());
  EXPECT_EQ(published.Find("E1", ThirdQuarter()), nullptr);
  for (int i = 1; i <= 5; ++i)
    given.Intake(Logged("", absl::StrCat("councils/E1/calls/2026-00000", i)));
  const auto kept = made();
  published.Keep("E1", ThirdQuarter(), kept);
  EXPECT_EQ(published.Find("E1", ThirdQuarter()), kept);
  EXPECT_EQ(published.Find("E2", ThirdQuarter()), nullptr);
}

// F59
TEST(Publication, FollowsTheCouncilsRules) {
  Council council;
  council.Logs(4, "litter", kAbbey);
  EXPECT_EQ(council.Publishes().figures().calls(), 0);
  council.Sets("fewest_calls: 4 square_m: 250");
  EXPECT_THAT(AllWords(council.Publishes().groups()),
              ElementsAre("litter ward=W1 outward= with a point: 4"));
  EXPECT_EQ(council.Publishes().groups()[0].square_m(), 250);
  council.Sets("fewest_calls: 4 categories: 'noise'");
  EXPECT_THAT(AllWords(council.Publishes().groups()), ElementsAre("other ward= outward=: 4"));
}

// F22
TEST(Publication, IsListedPageAfterPage) {
  Council council;
  council.Logs(5, "litter", kAbbey).Logs(6, "noise", kAbbey).Logs(7, "graffiti", kAbbey);
  const Publication publication = council.Publishes();
  v1::ListPublishedCallsRequest request;
  request.set_page_size(2);
  std::vector<int> counts;
  v1::ListPublishedCallsResponse reply;
  do {
    reply.Clear();
    ASSERT_TRUE(ListPublishedCalls(publication, request, reply).ok());
    EXPECT_LE(reply.groups_size(), 2);
    for (const auto& group : reply.groups()) counts.push_back(group.calls());
    request.set_page_token(reply.next_page_token());
  } while (!reply.next_page_token().empty());
  EXPECT_THAT(counts, ElementsAre(7, 5, 6));
  request.set_page_token("none of ours");
  EXPECT_EQ(FieldOf(ListPublishedCalls(publication, request, reply)), "page_token");
}

// F59
TEST(Publication, SaysHowCallsEnded) {
  Council council;
  council.Logs(5, "litter", kAbbey).Logs(5, "litter", kAbbey);
  for (int i = 1; i <= 5; ++i) {
    council.given().Intake(
        Of("call_declined", absl::StrCat("councils/E1/calls/2026-", i), "reason: 'planning'"));
  }
  EXPECT_THAT(AllWords(council.Publishes().figures().by_outcome()),
              ElementsAre("OUTCOME_DECLINED: 5", "OUTCOME_OPEN: 5"));
}

Depersonalised Call(int month, v1::Outcome outcome) {
  return {{}, absl::CivilMonth(2026, month), outcome};
}
std::vector<Depersonalised> ByOutcome(const std::vector<int>& counts) {
  std::vector<Depersonalised> calls;
  for (size_t i = 0; i < counts.size(); ++i)
    calls.insert(calls.end(), counts[i], Call(7, static_cast<v1::Outcome>(i + 1)));
  return calls;
}
std::vector<Depersonalised> ByMonth(const std::vector<int>& counts) {
  std::vector<Depersonalised> calls;
  for (size_t i = 0; i < counts.size(); ++i)
    calls.insert(calls.end(), counts[i], Call(7 + static_cast<int>(i), v1::OUTCOME_OPEN));
  return calls;
}
std::vector<std::string> OutcomesOf(const std::vector<Depersonalised>& calls, int fewest = 5) {
  return AllWords(FiguresByOutcome(calls, fewest));
}
std::vector<std::string> MonthsOf(const std::vector<Depersonalised>& calls, int fewest = 5) {
  return AllWords(FiguresByMonth(calls, ThirdQuarter(), fewest));
}

// F59
TEST(Figures, OfMonthsAreAllOrNone) {
  EXPECT_THAT(MonthsOf(ByMonth({5, 9, 5})), ElementsAre("2026-07: 5", "2026-08: 9", "2026-09: 5"));
  EXPECT_THAT(MonthsOf(ByMonth({5, 9, 4})), IsEmpty());
  EXPECT_THAT(MonthsOf(ByMonth({50, 90, 0})), IsEmpty());
}

// F59
TEST(Figures, OfOutcomesHaveTheRestWithThoseThatAreOpen) {
  EXPECT_THAT(OutcomesOf(ByOutcome({3, 7, 2})),
              ElementsAre("OUTCOME_RESOLVED: 7", "OUTCOME_OPEN: 5"));
  EXPECT_THAT(OutcomesOf(ByOutcome({2, 7, 2})), IsEmpty());  // the rest is too few
  EXPECT_THAT(OutcomesOf(ByOutcome({9, 4, 4})), IsEmpty());  // nothing but a rest
  EXPECT_THAT(OutcomesOf(ByOutcome({0, 9, 9})), IsEmpty());  // the rest is none
}

constexpr int kOutcomes = 6, kMonths = 3;

// F59
RC_GTEST_PROP(Figures, OfOutcomesAreTheSameWhateverAHiddenOneHas, ()) {
  const int fewest = *rc::gen::inRange(3, 8);
  const auto counts = *rc::gen::container<std::vector<int>>(kOutcomes, rc::gen::inRange(0, 12));
  const std::vector<v1::Figure> published = FiguresByOutcome(ByOutcome(counts), fewest);
  const int all = static_cast<int>(ByOutcome(counts).size());
  std::vector<int> told(kOutcomes, 0);
  for (const v1::Figure& figure : published) told[figure.outcome() - 1] = figure.calls();
  for (int hidden = 1; hidden < kOutcomes; ++hidden) {
    if (told[hidden] > 0) continue;
    for (int count = 0; count < std::min(fewest, all + 1); ++count) {
      std::vector<int> twin = told;
      // Taken from the rest; or, where nothing is told, all others ended in another way.
      twin[published.empty() ? 1 + hidden % (kOutcomes - 1) : 0] +=
          published.empty() ? all - count : -count;
      twin[hidden] = count;
      RC_ASSERT(OutcomesOf(ByOutcome(twin), fewest) == AllWords(published));
    }
  }
}

// F59
RC_GTEST_PROP(Figures, OfMonthsAreTheSameWhateverAHiddenOneHas, ()) {
  const int fewest = *rc::gen::inRange(3, 8);
  const auto counts = *rc::gen::container<std::vector<int>>(kMonths, rc::gen::inRange(0, 12));
  const int all = static_cast<int>(ByMonth(counts).size());
  if (!MonthsOf(ByMonth(counts), fewest).empty()) return;
  for (int hidden = 0; hidden < kMonths; ++hidden) {
    for (int count = 0; count < std::min(fewest, all + 1); ++count) {
      std::vector<int> twin(kMonths, 0);
      twin[hidden] = count;
      twin[(hidden + 1) % kMonths] = all - count;
      RC_ASSERT(MonthsOf(ByMonth(twin), fewest).empty());
    }
  }
}

}  // namespace
}  // namespace ccfa::insight
