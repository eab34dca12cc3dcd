#include "common/core/marks.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "common/core/bounds.h"
#include "common/core/refusal.h"

namespace ccfa {
namespace {

using intake::v1::CallDetails;

CallDetails Summary(const std::string& text) {
  CallDetails details;
  details.set_summary(text);
  return details;
}

/// What is left of a text; the refusal's words when it is refused.
std::string LeftOf(const std::string& text) {
  CallDetails details = Summary(text);
  absl::StatusOr<std::vector<MarkedText>> marked = CutMarks("details", details);
  return marked.ok() ? details.summary() : std::string(marked.status().message());
}

// F57
TEST(CutMarks, TakesWhatIsMarkedOutOfEveryText) {
  CallDetails details = Summary("[[Mrs Doe]] hears it, [[her son]] too");
  details.set_description("nobody is named");
  details.add_other_organisations("the landlord");
  details.add_other_organisations("[[Mr Poe]], the landlord");
  details.mutable_place()->set_text("at [[number 4]]");
  details.add_tried()->set_answer("[[Ms Roe]] said no");
  absl::StatusOr<std::vector<MarkedText>> marked = CutMarks("details", details);
  ASSERT_TRUE(marked.ok()) << marked.status();
  std::vector<std::string> found;
  for (const MarkedText& one : *marked) found.push_back(absl::StrCat(one.field, ": ", one.text));
  EXPECT_THAT(found,
              ::testing::ElementsAre("details.summary: Mrs Doe hears it, her son too",
                                     "details.place.text: at number 4",
                                     "details.tried[0].answer: Ms Roe said no",
                                     "details.other_organisations[1]: Mr Poe, the landlord"));
  EXPECT_EQ(details.summary(), "[withheld] hears it, [withheld] too");
  EXPECT_EQ(details.description(), "nobody is named");
  EXPECT_EQ(details.place().text(), "at [withheld]");
  EXPECT_EQ(details.tried(0).answer(), "[withheld] said no");
  EXPECT_EQ(details.other_organisations(1), "[withheld], the landlord");
}

// F57
TEST(CutMarks, RefusesMarksThatDoNotCloseAndNeverQuotesThem) {
  for (const char* text :
       {"[[Doe", "Doe]]", "[[Doe]] and Poe]]", "[[Doe [[Poe]]", "[[]]", "]][[Doe"}) {
    CallDetails details = Summary(text);
    absl::Status refused = CutMarks("details", details).status();
    EXPECT_EQ(FieldOf(refused), "details.summary") << text;
    EXPECT_FALSE(absl::StrContains(refused.message(), "Doe")) << refused;
    EXPECT_TRUE(HasMarks(details)) << text;
  }
  EXPECT_EQ(LeftOf("a [single] bracket"), "a [single] bracket");
  EXPECT_FALSE(HasMarks(Summary("a [single] bracket")));
}

// F57
RC_GTEST_PROP(Marks, OfAnyTextWhatIsMarkedIsSealedAndTheRestIsKept, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab .\n")))));
  std::string text, shown, whole;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool is_marked = i % 2 == 1;
    text += is_marked ? absl::StrCat("[[", words[i], "]]") : words[i];
    shown += is_marked ? std::string(kWithheld) : words[i];
    whole += words[i];
  }
  CallDetails details = Summary(text);
  const auto marked = CutMarks("details", details);
  RC_ASSERT(marked.ok());
  RC_ASSERT(details.summary() == shown);
  RC_ASSERT(marked->size() == (words.size() > 1 ? 1u : 0u));
  if (!marked->empty()) RC_ASSERT(marked->front().text == whole);
}

// F57
RC_GTEST_PROP(Marks, WhateverIsWrittenNoMarkIsLeft, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("[]a[[]]")));
  CallDetails details = Summary(text);
  if (CutMarks("details", details).ok()) {
    RC_ASSERT(CheckBounds(details).ok());
  } else {
    RC_ASSERT(HasMarks(Summary(text)));
  }
}

}  // namespace
}  // namespace ccfa
