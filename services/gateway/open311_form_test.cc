#include "services/gateway/open311_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"

namespace ccfa::gateway::open311 {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// F75
TEST(Form, ReadsTheQueryAndTheBodyAlike) {
  Form form;
  ASSERT_TRUE(form.Read("jurisdiction_id=E08900001&service_code=noise%2Clitter+").ok());
  ASSERT_TRUE(form.Read("description=two%0D%0Alines&empty=&bare").ok());
  EXPECT_EQ(form.Get("jurisdiction_id"), "E08900001");
  EXPECT_THAT(form.List("service_code"), ElementsAre("noise", "litter"));
  EXPECT_EQ(form.Get("description"), "two\nlines");
  EXPECT_EQ(form.Get("empty"), "");
  EXPECT_EQ(form.Get("never"), "");
  EXPECT_THAT(form.List("never"), IsEmpty());
}

TEST(Form, TakesAnArgumentTwiceWhereItSaysTheSameOrIsAList) {
  Form form;
  EXPECT_TRUE(form.Read("api_key=a&api_key=a&attribute[x][]=1&attribute[x][]=2").ok());
  EXPECT_EQ(form.all().size(), 3);
  EXPECT_EQ(FieldOf(form.Read("api_key=b")), "api_key");
  EXPECT_EQ(form.Get("api_key"), "a");
}

TEST(Form, RefusesWhatIsNoTextOrTooMuch) {
  struct {
    std::string sent, field;
  } const kRefusals[] = {
      {"description=%ff", "description"},
      {"description=%00", "description"},
      {"description=%1b[31m", "description"},
      {"description=%zz", "arguments"},
      {"=nameless", "arguments"},
      {"%ff=1", "arguments"},
      {"two%0alines=1", "arguments"},
      {"description=" + std::string(Form::kLongest, 'x'), "arguments"},
  };
  for (const auto& refusal : kRefusals)
    EXPECT_EQ(FieldOf(Form().Read(refusal.sent)), refusal.field) << refusal.sent.substr(0, 40);
  std::string many;
  for (size_t i = 0; i <= Form::kMostArguments; ++i) absl::StrAppend(&many, "a", i, "=1&");
  EXPECT_EQ(FieldOf(Form().Read(many)), "arguments");
}

TEST(WithoutMarks, LeavesBracketsThatMarkNothing) {
  EXPECT_EQ(WithoutMarks("a[0] is [[x]] and [[[y]]]]"), "a[0] is [ [x] ] and [ [ [y] ] ] ]");
  EXPECT_EQ(WithoutMarks("[ x ]"), "[ x ]");
}

std::string Encoded(const std::string& text) {
  std::string encoded;
  for (unsigned char c : text) absl::StrAppend(&encoded, "%", absl::Hex(c, absl::kZeroPad2));
  return encoded;
}

RC_GTEST_PROP(FormLaws, WhatIsSentIsWhatIsRead, (const std::string& bytes)) {
  std::string text = ToUtf8(bytes);
  // Control characters are refused.
  auto is_refused = [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  };
  text.erase(std::remove_if(text.begin(), text.end(), is_refused), text.end());
  Form form;
  RC_ASSERT(form.Read(absl::StrCat("description=", Encoded(text))).ok());
  RC_ASSERT(form.all().front().second == text);
}

}  // namespace
}  // namespace ccfa::gateway::open311
