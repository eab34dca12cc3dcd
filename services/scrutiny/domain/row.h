#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "common/engine/command.h"
#include "common/state/table.h"

namespace ccfa::scrutiny {

/// Changes a row of a table and stamps it with the event's version.
template <class Row, class Change>
void Update(state::Table<Row>& table, absl::string_view name, const engine::Record& record,
            Change change) {
  Row row = table.Get(name).value_or(Row());
  change(row);
  *row.mutable_update_time() = record.time();
  row.set_etag(absl::StrCat(record.seq()));
  table.Put(name, row);
}

}  // namespace ccfa::scrutiny
