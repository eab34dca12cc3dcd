#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "tools/ccfactl/csv.h"

namespace ccfa::ctl {

/// A kind of file of which each row becomes one call.
struct CallFormat {
  std::string name;
  std::vector<std::string> required_columns;
  /// What a row says. INVALID_ARGUMENT naming the column.
  absl::StatusOr<intake::v1::CallDetails> (*details)(const CsvRow& row);
};

/// "police-uk": data.police.uk's street-level files. "ccfa": our own, a column a field.
const std::vector<CallFormat>& CallFormats();

}  // namespace ccfa::ctl
