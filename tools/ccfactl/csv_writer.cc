#include "tools/ccfactl/csv_writer.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace ccfa::ctl {

std::string CsvText(std::string text) {
  constexpr char kBeginsFormula[] = "=+-@\t\r";
  if (text.find_first_of(kBeginsFormula) == 0) text = absl::StrCat("'", text);
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string CsvRecord(const std::vector<std::string>& fields) {
  return absl::StrCat(absl::StrJoin(fields, ","), "\r\n");
}

}  // namespace ccfa::ctl
