#pragma once

#include "common/engine/projector.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// Folds the events of the four services that decide into stories and histories.
class Projections final : public engine::Projection {
 public:
  absl::Status Project(state::Rows& rows, absl::string_view topic,
                       const record::v1::Record& record) override;
  /// 2: the audit. 3: events in the order of their topics. 4: calls, counted and by
  /// their words. 5: calls by their points.
  uint64_t edition() const override { return 5; }
};

}  // namespace ccfa::insight
