#include "tools/ccfactl/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace ccfa::ctl {
namespace {

using ::testing::HasSubstr;

/// Reads a PDF back with poppler-utils' pdftotext, an independent reader.
class Pdf : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v pdftotext > /dev/null") != 0) {
      GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    }
    path_ = std::filesystem::temp_directory_path() /
            absl::StrCat("ccfactl-pdf-test-", getpid(), ".pdf");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string ReadBack(const std::string& markdown) {
    absl::StatusOr<std::string> pdf = PdfOf(markdown);
    EXPECT_TRUE(pdf.ok()) << pdf.status();
    if (!pdf.ok()) return "";
    std::ofstream(path_, std::ios::binary) << *pdf;
    FILE* reader = popen(absl::StrCat("pdftotext -layout ", path_.string(), " -").c_str(), "r");
    std::string text;
    std::array<char, 4096> some;
    while (size_t read = fread(some.data(), 1, some.size(), reader)) text.append(some.data(), read);
    EXPECT_EQ(pclose(reader), 0);
    return text;
  }
  /// Without what lays lines out.
  std::string WordsOf(const std::string& markdown) {
    std::vector<std::string> words =
        absl::StrSplit(ReadBack(markdown), absl::ByAnyChar(" \n\f"), absl::SkipEmpty());
    return absl::StrJoin(words, " ");
  }

  std::filesystem::path path_;
};

// F46
TEST_F(Pdf, HasTheTextWithoutItsMarks) {
  EXPECT_EQ(WordsOf("# Referral 1: Bikes\n\n- **Ward**: E05\n- \\*as written\\*\n\nWhy.\n"),
            "Referral 1: Bikes \u2022 Ward: E05 \u2022 *as written* Why. Page 1 of 1");
}

// F46
TEST_F(Pdf, NumbersItsPagesAndWrapsItsLines) {
  std::string markdown = "# Long\n";
  for (int i = 0; i < 300; ++i) {
    absl::StrAppend(&markdown, "- line ", i, " goes on and on, past where a line of paper ends, ",
                    "and is wrapped there without losing a word\n");
  }
  std::string words = WordsOf(markdown);
  EXPECT_THAT(words, HasSubstr("line 299 goes on and on, past where a line of paper ends, and is "
                               "wrapped there without losing a word"));
  std::vector<std::string> pages = absl::StrSplit(words, "Page ");
  EXPECT_GT(pages.size(), 10u);
  EXPECT_THAT(words, HasSubstr(absl::StrCat("Page ", pages.size() - 1, " of ", pages.size() - 1)));
}

// F46
TEST_F(Pdf, HoldsTextOfAnyKind) {
  std::string words = WordsOf(
      "- \u0141\u00f3d\u017a \u0395\u03bb\u03bb\u03ac\u03b4\u03b1 \u041a\u0438\u0457\u0432 "
      "ch\u00e2teau\n");
  for (const char* word : {"\u0141\u00f3d\u017a", "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1",
                           "\u041a\u0438\u0457\u0432", "ch\u00e2teau"}) {
    EXPECT_THAT(words, HasSubstr(word));
  }
}

// F46
TEST_F(Pdf, IsNotBrokenByHostileText) {
  std::string words = WordsOf(absl::StrCat("- ", std::string(30'000, 'x'), "\n"));
  EXPECT_EQ(std::count(words.begin(), words.end(), 'x'), 30'000);
  EXPECT_THAT(WordsOf("before \u202e\u0627\u0644\u0639\u0631\u0628\u064a\u0629 "
                      "\u05e9\u05dc\u05d5\u05dd\n\nafter\n"),
              ::testing::AllOf(HasSubstr("before"), HasSubstr("after")));
  EXPECT_THAT(WordsOf("a\x01\x02\x7f\x1b[31m b\n\nc\xff\xfe\xc0 d\n"), HasSubstr("d"));
  EXPECT_EQ(WordsOf(""), "Page 1 of 1");
  EXPECT_EQ(WordsOf("\\"), "\\ Page 1 of 1");
  EXPECT_THAT(WordsOf("** ** ****\n"), HasSubstr("Page 1 of 1"));
}

}  // namespace
}  // namespace ccfa::ctl
