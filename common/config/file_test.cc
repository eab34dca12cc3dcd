#include "common/config/file.h"

#include <gmock/gmock.h>

#include "common/config/defaults.h"

namespace ccfa::config {
namespace {

using ::testing::HasSubstr;

std::string ErrorOf(absl::string_view text) {
  return std::string(ParseFile(text).status().message());
}

// F47
TEST(ParseFile, ReadsTheDefaultsBack) {
  absl::StatusOr<v1::CouncilConfig> config = ParseFile(DefaultsText());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->SerializeAsString(), Defaults().SerializeAsString());
}

// F47
TEST(ParseFile, SaysWhereItCannotBeRead) {
  EXPECT_THAT(ErrorOf("name: 'councils/E1'\nintake { screan {} }"), HasSubstr("line 2, column 17"));
  EXPECT_THAT(ErrorOf("name: 5"), HasSubstr("line 1, column 7"));
  EXPECT_THAT(ErrorOf("\xff\xfe garbage"), HasSubstr("line 1"));
  EXPECT_THAT(ErrorOf(std::string(2 << 20, ' ')), HasSubstr("bytes"));
}

// F47
TEST(ParseFile, SaysEverythingThatIsWrong) {
  std::string error = ErrorOf("intake { screen { length: 'soon' } }");
  EXPECT_THAT(error, HasSubstr("name: "));
  EXPECT_THAT(error, HasSubstr("intake.screen.length: expected a length such as"));
}

TEST(ReadFile, NamesThePath) {
  EXPECT_THAT(std::string(ReadFile("/no/such.txtpb").status().message()),
              HasSubstr("/no/such.txtpb: cannot be read"));
}

}  // namespace
}  // namespace ccfa::config
