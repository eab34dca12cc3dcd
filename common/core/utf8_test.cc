#include "common/core/utf8.h"

#include <gtest/gtest.h>

namespace ccfa {
namespace {

TEST(Utf8, IsTextOfEveryLength) {
  for (const char* text : {"", "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
    EXPECT_EQ(ToUtf8(text), text);
  }
}

TEST(Utf8, IsNotOverlongCutASurrogateOrBeyondUnicode) {
  for (const char* bytes : {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
                            "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\x80", "\xc3",
                            "\xe2\x82", "\xf0\x9f\x98", "\xff", "\xe2\x28\xa1"}) {
    EXPECT_FALSE(IsUtf8(bytes));
    EXPECT_TRUE(IsUtf8(ToUtf8(bytes)));
  }
}

TEST(Utf8, ReplacesWhatIsNoTextAndKeepsTheRest) {
  EXPECT_EQ(ToUtf8("caf\xc3\xa9 \xff!"), "caf\xc3\xa9 \xef\xbf\xbd!");
  EXPECT_EQ(ToUtf8("cut in two: \xc3"), "cut in two: \xef\xbf\xbd");
}

}  // namespace
}  // namespace ccfa
