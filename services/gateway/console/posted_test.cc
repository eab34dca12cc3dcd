#include "services/gateway/console/posted.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/core/utf8.h"

namespace ccfa::gateway::console {
namespace {

TEST(Posted, AreTheFieldsOfAForm) {
  const auto posted = Posted::Parse("a=b+c&d=%C3%A9&e=&f");
  ASSERT_TRUE(posted.ok());
  EXPECT_EQ(posted->Get("a"), "b c");
  EXPECT_EQ(posted->Get("d"), "é");
  EXPECT_EQ(posted->Get("e"), "");
  EXPECT_EQ(posted->Get("g"), "");
}

TEST(Posted, KeepsTheBlanksOfAPassword) {
  const auto posted = Posted::Parse("password=+secret+");
  EXPECT_EQ(posted->Exactly("password"), " secret ");
  EXPECT_EQ(posted->Get("password"), "secret");
}

TEST(Posted, IsRefusedWhereItIsNoForm) {
  EXPECT_FALSE(Posted::Parse("a=%zz").ok());
  EXPECT_FALSE(Posted::Parse("a=%ff").ok());
  std::string many;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&many, "a=b&");
  EXPECT_FALSE(Posted::Parse(many).ok());
}

RC_GTEST_PROP(Posted, ReadsWhatWasEscaped, (const std::string& bytes)) {
  const std::string text = ToUtf8(bytes);
  const auto posted = Posted::Parse(absl::StrCat("a=", Escaped(text)));
  RC_ASSERT(posted.ok());
  RC_ASSERT(posted->Exactly("a") == text);
}

}  // namespace
}  // namespace ccfa::gateway::console
