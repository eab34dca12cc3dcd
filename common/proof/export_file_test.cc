#include "common/proof/export_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "common/proof/given.h"

namespace ccfa::proof {
namespace {

using ::testing::HasSubstr;

std::string ExportOf(const std::vector<std::pair<std::string, std::string>>& records) {
  std::ostringstream out;
  ExportWriter writer(out);
  EXPECT_TRUE(writer.Begin(kCouncil).ok());
  for (const auto& [topic, record] : records) EXPECT_TRUE(writer.Add(topic, record).ok());
  EXPECT_TRUE(writer.End().ok());
  return out.str();
}

/// How reading it to its end ends.
absl::Status ReadAll(const std::string& bytes, std::string* read = nullptr) {
  std::istringstream in(bytes);
  auto reader = ExportReader::Open(in);
  if (!reader.ok()) return reader.status();
  while (true) {
    auto item = (*reader)->Next();
    if (!item.ok() || !*item) return item.status();
    if (read != nullptr) absl::StrAppend(read, (*item)->topic, "=", (*item)->record, " ");
  }
}

// F71
TEST(ExportReader, ReadsWhatWasWritten) {
  std::string read;
  EXPECT_TRUE(ReadAll(ExportOf({{"a", "1"}, {"a", "2"}, {"b", "3"}}), &read).ok());
  EXPECT_EQ(read, "a=1 a=2 b=3 ");
}

// F71
TEST(ExportReader, NoticesACutAnywhere) {
  const std::string whole = ExportOf({{"a", "1"}, {"b", "2"}});
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT_TRUE(absl::IsDataLoss(ReadAll(whole.substr(0, length)))) << length;
  EXPECT_THAT(std::string(ReadAll(whole.substr(0, whole.size() - 3)).message()),
              HasSubstr("behind b, record 2"));
}

// F71
TEST(ExportReader, RefusesWhatNoWriterWrites) {
  const std::string whole = ExportOf({{"a", "1"}});
  EXPECT_THAT(std::string(ReadAll(whole + "x").message()), HasSubstr("goes on behind its end"));
  EXPECT_THAT(std::string(ReadAll("hello").message()), HasSubstr("expected the header"));
  EXPECT_THAT(std::string(ReadAll(ExportOf({{"b", "1"}, {"a", "2"}})).message()),
              HasSubstr("expected a topic behind b"));
  EXPECT_THAT(std::string(ReadAll(whole.substr(0, whole.size() - 5) + whole).message()),
              HasSubstr("expected a topic, a record or the end"));
  // Four gigabytes announced, none there: refused before they are asked for.
  EXPECT_THAT(std::string(ReadAll("\xff\xff\xff\xff\x0f").message()), HasSubstr("the header"));
}

TEST(ExportWriter, SaysWhenItCannotWrite) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_TRUE(absl::IsUnavailable(ExportWriter(out).Begin(kCouncil)));
}

}  // namespace
}  // namespace ccfa::proof
