#include "services/scrutiny/domain/depersonal.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace ccfa::scrutiny {
namespace {

constexpr size_t kMostShown = 5;

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}
bool IsLetter(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c));
}
bool IsWordChar(char c) {
  return IsDigit(c) || IsLetter(c);
}

/// A run of letters and digits of the text.
struct Word {
  size_t at;
  absl::string_view text;
};

std::vector<Word> WordsOf(absl::string_view text) {
  std::vector<Word> words;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && IsWordChar(text[end])) ++end;
    if (end > i) words.push_back({i, text.substr(i, end - i)});
    i = std::max(end, i + 1);
  }
  return words;
}

/// "8JQ": the second part of a postcode; C, I, K, M, O and V do not occur in it.
bool IsInward(absl::string_view part) {
  constexpr absl::string_view kNever = "CIKMOV";
  auto letter = [&](char c) {
    return IsLetter(c) && kNever.find(absl::ascii_toupper(static_cast<unsigned char>(c))) ==
                              absl::string_view::npos;
  };
  return part.size() == 3 && IsDigit(part[0]) && letter(part[1]) && letter(part[2]);
}

/// "L1", "L18", "W1A", "LE1", "SW18", "EC1A".
bool IsOutward(absl::string_view part) {
  size_t letters = 0;
  while (letters < part.size() && IsLetter(part[letters])) ++letters;
  absl::string_view rest = part.substr(letters);
  if (letters < 1 || letters > 2 || rest.empty() || rest.size() > 2 || !IsDigit(rest[0])) {
    return false;
  }
  return rest.size() == 1 || IsWordChar(rest[1]);
}

/// In one word or in two with spaces between.
bool IsPostcode(absl::string_view text, const std::vector<Word>& words, size_t i) {
  absl::string_view word = words[i].text;
  if (word.size() >= 5 && word.size() <= 7 && IsInward(word.substr(word.size() - 3)) &&
      IsOutward(word.substr(0, word.size() - 3))) {
    return true;
  }
  if (i + 1 == words.size() || !IsOutward(word) || !IsInward(words[i + 1].text)) return false;
  size_t end = words[i].at + word.size();
  absl::string_view between = text.substr(end, words[i + 1].at - end);
  return absl::c_all_of(between, [](char c) { return c == ' ' || c == '\t'; });
}

/// Something before an @, and after it a domain with a dot.
bool IsEmailAt(absl::string_view text, size_t at) {
  if (at == 0 || !IsWordChar(text[at - 1])) return false;
  size_t end = at + 1;
  bool dot = false;
  while (end < text.size() && (IsWordChar(text[end]) || text[end] == '.' || text[end] == '-')) {
    dot = dot ||
          (text[end] == '.' && end > at + 1 && end + 1 < text.size() && IsWordChar(text[end + 1]));
    ++end;
  }
  return dot;
}

/// How long the phone number is that starts here; 0: none does. Ten to fifteen digits from 0 or +,
/// in groups; two digits and a separator begin a date.
size_t PhoneAt(absl::string_view text, size_t at) {
  if (text[at] != '+' && text[at] != '0') return 0;
  if (at > 0 && (IsWordChar(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '/')) return 0;
  size_t digits = 0, end = at, first_group = 0;
  bool grouped = false;
  for (size_t i = at + (text[at] == '+' ? 1 : 0); i < text.size(); ++i) {
    bool separator = text[i] == ' ' || text[i] == '-' || text[i] == '(' || text[i] == ')';
    if (!IsDigit(text[i]) && !separator) break;
    if (separator) {
      grouped = grouped || digits > 0;
      continue;
    }
    if (!grouped) ++first_group;
    if (++digits > 15) return 0;
    end = i + 1;
  }
  bool is_phone = digits >= 10 && digits <= 15 && (text[at] == '+' || first_group >= 3);
  return is_phone ? end - at : 0;
}

/// A word that names somebody by what comes next: a title and a name, or a field's label.
std::string NamingAt(absl::string_view text, const std::vector<Word>& words, size_t i) {
  static constexpr std::array<absl::string_view, 6> kTitles = {"Mr",   "Mrs", "Ms",
                                                               "Miss", "Mx",  "Dr"};
  static constexpr std::array<absl::string_view, 11> kLabels = {
      "name",      "surname", "forename", "dob",   "birth", "address",
      "telephone", "phone",   "mobile",   "email", "mail"};
  static constexpr std::array<absl::string_view, 8> kOfThings = {
      "street", "road", "ward", "place", "team", "agency", "file", "category"};
  absl::string_view word = words[i].text;
  size_t end = words[i].at + word.size();
  if (absl::c_linear_search(kTitles, word) && i + 1 < words.size() &&
      absl::ascii_isupper(static_cast<unsigned char>(words[i + 1].text[0])) &&
      words[i + 1].at - end <= 2) {
    return "a title with a name";
  }
  std::string lower = absl::AsciiStrToLower(word);
  if (!absl::c_linear_search(kLabels, absl::string_view(lower))) return "";
  if (i > 0 && absl::c_linear_search(kOfThings,
                                     absl::string_view(absl::AsciiStrToLower(words[i - 1].text)))) {
    return "";
  }
  while (end < text.size() && (text[end] == ' ' || text[end] == '"' || text[end] == '\'')) ++end;
  bool is_label = end + 1 < text.size() && (text[end] == ':' || text[end] == '=');
  return is_label ? "a field that names somebody" : "";
}

/// Counted in characters, not bytes, from 1.
size_t CharacterAt(absl::string_view text, size_t byte) {
  return 1 + absl::c_count_if(text.substr(0, byte), [](char c) {
           return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
         });
}

}  // namespace

std::vector<std::string> IdentifyingIn(absl::string_view text) {
  std::vector<std::pair<size_t, std::string>> found;
  std::vector<Word> words = WordsOf(text);
  for (size_t i = 0; i < words.size(); ++i) {
    if (IsPostcode(text, words, i)) found.emplace_back(words[i].at, "a postcode in full");
    if (std::string naming = NamingAt(text, words, i); !naming.empty()) {
      found.emplace_back(words[i].at, naming);
    }
  }
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '@' && IsEmailAt(text, i)) found.emplace_back(i, "an e-mail address");
    if (size_t length = PhoneAt(text, i); length > 0) {
      found.emplace_back(i, "a phone number");
      i += length - 1;
    }
  }
  absl::c_sort(found);
  if (found.size() > kMostShown) found.resize(kMostShown);
  std::vector<std::string> shown;
  for (const auto& [at, what] : found) {
    shown.push_back(absl::StrCat(what, " at character ", CharacterAt(text, at)));
  }
  return shown;
}

}  // namespace ccfa::scrutiny
