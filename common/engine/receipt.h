#pragma once

#include "absl/strings/string_view.h"
#include "common/engine/command.h"

namespace ccfa::engine {

/// The answer that follows from a record: the same whenever it is asked for.
Receipt ReceiptOf(const Record& record, absl::string_view topic, absl::string_view advice);

}  // namespace ccfa::engine
