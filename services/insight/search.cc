#include "services/insight/search.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::insight {
namespace {

constexpr size_t kShortest = 2, kLongest = 32, kMostOfACall = 40, kMostLookedFor = 8;

/// Letters beyond ASCII count as they are.
bool IsOfAWord(char c) {
  return absl::ascii_isalnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// The first of the words, which are in order, that begins so; empty where none does.
absl::string_view FirstWith(const std::vector<std::string>& words, const std::string& beginning) {
  auto found = std::lower_bound(words.begin(), words.end(), beginning);
  return found != words.end() && absl::StartsWith(*found, beginning) ? *found : "";
}

}  // namespace

std::vector<std::string> WordsIn(absl::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && IsOfAWord(text[i])) {
      word += absl::ascii_tolower(text[i]);
      continue;
    }
    if (word.size() >= kShortest) words.push_back(word.substr(0, kLongest));
    word.clear();
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> WordsOf(const v1::StoryRow& row) {
  const intake::v1::CallDetails& details = row.intake().details();
  std::vector<std::string> words = WordsIn(
      absl::StrCat(details.summary(), " ", details.place().text(), " ", details.category()));
  if (words.size() > kMostOfACall) words.resize(kMostOfACall);
  return words;
}

absl::StatusOr<Search> Search::For(absl::string_view text) {
  Search search;
  search.words_ = WordsIn(text);
  if (search.words_.empty() || search.words_.size() > kMostLookedFor) {
    return InvalidField("words", "expected one to eight words of two letters or more");
  }
  search.rarest_ = *std::max_element(
      search.words_.begin(), search.words_.end(),
      [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  return search;
}

bool Search::Finds(const v1::StoryRow& row) const {
  const std::vector<std::string> words = WordsOf(row);
  return std::all_of(words_.begin(), words_.end(),
                     [&](const std::string& wanted) { return !FirstWith(words, wanted).empty(); });
}

bool Search::IsFoundBy(absl::string_view word, const v1::StoryRow& row) const {
  return FirstWith(WordsOf(row), rarest_) == word;
}

}  // namespace ccfa::insight
