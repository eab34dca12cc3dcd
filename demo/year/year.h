#pragma once

#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "demo/year/diary.h"
#include "demo/year/places.h"
#include "tests/support/road.h"

namespace ccfa::year {

struct Plan {
  uint64_t seed = 2026;
  /// How many calls the crowd makes, beside those of the stories.
  int calls = 400;
};

/// The year 2026 of three councils, in a town that is empty before it. Everything by chance comes
/// from the seed: the same seed does the same.
class Year {
 public:
  using Town = test_support::Town;
  /// The town outlives it.
  Year(Town& town, const Plan& plan);

  /// To the end of 2026.
  void Live();

  Town& town() { return town_; }
  const Places& places() const { return places_; }
  const std::vector<Row>& crowd() const { return crowd_; }
  /// What people asked for and were refused, by reason.
  const std::map<std::string, int>& refusals() const { return refusals_; }

  /// 0 to `bound` - 1.
  int Below(int bound) { return static_cast<int>(chance_() % static_cast<uint64_t>(bound)); }
  /// With so many chances in a hundred.
  bool Happens(int percent) { return Below(100) < percent; }

  absl::CivilDay Today() const;
  /// So many days from today: YYYY-MM-DD.
  std::string DayAhead(int days) const { return test_support::DayAhead(town_, days); }
  /// Some hour of the first working day that is at least so many days ahead, or of that day.
  Diary::Waiting Days(int days) { return On(Today() + days); }
  Diary::Waiting On(absl::CivilDay day);

  /// Asks for what is to succeed; a refusal fails the year.
  template <class Request>
  std::string Do(const Request& request, const std::string& actor) {
    return town_.Do(request, actor);
  }
  /// Asks for what is to be refused for this reason; anything else fails the year.
  template <class Request>
  void Refused(const Request& request, const std::string& actor, const std::string& reason) {
    Expect(reason, town_.Refusal(request, actor));
  }
  /// Asks for what may be refused.
  template <class Request>
  std::optional<std::string> Try(const Request& request, const std::string& actor) {
    auto receipt = town_.Ask(request, actor);
    if (receipt.ok()) return receipt->name();
    NoteRefusal(receipt.status());
    return std::nullopt;
  }

  const Council& CouncilWith(const std::string& name) const;

  /// Problems that somebody works on already, or that belong to a story.
  bool Claim(const std::string& problem) { return claimed_.insert(problem).second; }
  void Release(const std::string& problem) { claimed_.erase(problem); }
  /// Problems whose review a story conducts itself.
  void Reserve(const std::string& problem) { reserved_.insert(problem); }
  bool IsReserved(const std::string& problem) const { return reserved_.contains(problem); }

 private:
  std::vector<Row> DrawCrowd(int calls);
  absl::CivilDay DrawDay(const std::string& category);
  void Expect(const std::string& reason, const std::string& came);
  void NoteRefusal(const absl::Status& refusal);

  Town& town_;
  std::mt19937_64 chance_;
  const Places places_;
  const std::vector<Row> crowd_;
  std::map<std::string, int> refusals_;
  std::set<std::string> claimed_, reserved_;
  /// Last: its lives use everything above.
  Diary diary_;
};

}  // namespace ccfa::year
