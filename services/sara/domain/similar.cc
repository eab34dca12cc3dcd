#include "services/sara/domain/similar.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "services/sara/domain/links.h"
#include "services/sara/domain/problem.h"

namespace ccfa::sara {
namespace {

using v1::Problem;

/// "the", "and", "of" say nothing of what a problem is.
constexpr size_t kShortestWord = 4;
/// A council's closed problems beyond this many are not compared.
constexpr int kMostCompared = 5'000;

std::set<std::string> WordsOf(absl::string_view text) {
  std::set<std::string> words;
  std::string word;
  auto end = [&] {
    if (word.size() >= kShortestWord) words.insert(word);
    word.clear();
  };
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    // Bytes of letters beyond ASCII belong to the word.
    if (absl::ascii_isalnum(byte) || byte >= 0x80) {
      word += absl::ascii_tolower(byte);
    } else {
      end();
    }
  }
  end();
  return words;
}

std::string TextOf(const Problem& problem) {
  std::string text = problem.title();
  for (const v1::Hypothesis& hypothesis : problem.hypotheses()) {
    absl::StrAppend(&text, " ", hypothesis.text());
  }
  return text;
}

v1::SimilarProblem SimilarOf(const Problem& problem, double shared) {
  v1::SimilarProblem similar;
  similar.set_name(problem.name());
  similar.set_title(problem.title());
  similar.set_team(problem.team());
  similar.set_result(problem.closing().result());
  similar.set_similarity(static_cast<int>(shared * 100));
  for (const v1::Hypothesis& hypothesis : problem.hypotheses()) {
    if (IsLive(hypothesis)) similar.add_hypotheses(hypothesis.text());
  }
  for (const v1::Action& action : problem.actions()) {
    if (action.state() != v1::ACTION_STATE_COMPLETED) continue;
    similar.add_worked(absl::StrCat(action.description(), ", by ", LastId(action.agency()), ": ",
                                    action.result()));
  }
  for (const v1::Impact& impact : problem.assessment().impacts()) {
    if (impact.objective() < 1 || impact.objective() > problem.objectives_size()) continue;
    const v1::Objective& objective = problem.objectives(impact.objective() - 1);
    similar.add_measures(
        absl::StrCat(objective.metric(), ": ", objective.baseline(), ", then ", impact.measured()));
  }
  similar.set_quality_percent(problem.assessment().quality().percent());
  // Nothing changes a closed problem but its watch.
  *similar.mutable_close_time() = problem.update_time();
  return similar;
}

auto Rank(const v1::SimilarProblem& similar) {
  return std::tuple(!IsSuccess(similar.result()), -similar.similarity(),
                    -absl::ToUnixMicros(FromProto(similar.close_time())));
}

}  // namespace

double SharedWords(absl::string_view a, absl::string_view b) {
  std::set<std::string> of_a = WordsOf(a), of_b = WordsOf(b);
  if (of_a.empty() && of_b.empty()) return 1;
  auto shared = static_cast<double>(std::count_if(
      of_a.begin(), of_a.end(), [&](const std::string& word) { return of_b.count(word) > 0; }));
  return shared / (static_cast<double>(of_a.size() + of_b.size()) - shared);
}

std::vector<v1::SimilarProblem> SimilarSolved(const Tables& tables, const Problem& problem,
                                              int most) {
  std::vector<v1::SimilarProblem> found;
  const std::string text = TextOf(problem);
  int compared = 0;
  std::string closed = ListOf(CouncilOf(problem.name()), "", v1::PROBLEM_STATE_CLOSED);
  tables.problems.ScanIndex(
      kProblemsByList, closed + state::kPartEnd, "", [&](absl::string_view, const Problem& other) {
        if (other.category() == problem.category() && other.name() != problem.name()) {
          found.push_back(SimilarOf(other, SharedWords(text, TextOf(other))));
        }
        return ++compared < kMostCompared;
      });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return Rank(a) < Rank(b); });
  if (static_cast<int>(found.size()) > most) found.resize(static_cast<size_t>(most));
  return found;
}

}  // namespace ccfa::sara
