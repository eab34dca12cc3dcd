#pragma once

#include <string>
#include <vector>

namespace ccfa::ctl {

/// Text as a field of CSV (RFC 4180), quoted where it must be. What a spreadsheet would take for a
/// formula gets an apostrophe before it.
std::string CsvText(std::string text);

/// Fields that are written already, as a record.
std::string CsvRecord(const std::vector<std::string>& fields);

}  // namespace ccfa::ctl
