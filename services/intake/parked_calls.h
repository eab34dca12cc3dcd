#pragma once

#include <functional>

#include "absl/strings/string_view.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/intake/v1/tables.pb.h"
#include "common/state/rows.h"
#include "common/state/table.h"

namespace ccfa::intake {

/// The calls that are parked as one-offs (F10), by where they are; and nothing of any other call,
/// so that asking costs one look where nothing of a kind is parked.
class ParkedCalls {
 public:
  explicit ParkedCalls(state::Rows& rows) : places_(rows, 'p'), counts_(rows, 'q') {}

  void Add(const v1::Call& call);
  void Remove(const v1::Call& call);

  /// Visits those of a council that are of a call's category and may be near it: by their points
  /// where both have one, else by their ward. Until `visit` says false.
  using Visit = std::function<bool(const v1::ParkedCall& parked)>;
  void ListAround(absl::string_view council, const v1::CallDetails& details, double within_m,
                  const Visit& visit) const;

 private:
  state::Table<v1::ParkedCall> places_;
  state::Table<v1::ParkedCount> counts_;
};

}  // namespace ccfa::intake
