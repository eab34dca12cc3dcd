#include "tools/ccfactl/csv_writer.h"

#include <gtest/gtest.h>

namespace ccfa::ctl {
namespace {

TEST(CsvText, IsQuotedWhereItMustBe) {
  EXPECT_EQ(CsvText("St Bride’s"), "St Bride’s");
  EXPECT_EQ(CsvText("Wick, Upper"), "\"Wick, Upper\"");
  EXPECT_EQ(CsvText("the \"Quay\""), "\"the \"\"Quay\"\"\"");
  EXPECT_EQ(CsvText("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvText(""), "");
}

// F22
TEST(CsvText, IsNeverAFormula) {
  EXPECT_EQ(CsvText("=1+1"), "'=1+1");
  EXPECT_EQ(CsvText("+44"), "'+44");
  EXPECT_EQ(CsvText("-2"), "'-2");
  EXPECT_EQ(CsvText("@SUM(A1,B1)"), "\"'@SUM(A1,B1)\"");
  EXPECT_EQ(CsvText("\tx"), "'\tx");
  EXPECT_EQ(CsvText("a=1"), "a=1");
}

TEST(CsvRecord, EndsAsRfc4180HasIt) {
  EXPECT_EQ(CsvRecord({"a", "", "-2.5"}), "a,,-2.5\r\n");
}

}  // namespace
}  // namespace ccfa::ctl
