#pragma once

#include <vector>

#include "absl/status/status.h"
#include "ccfa/insight/v1/publication.pb.h"
#include "common/calendar/calendar.h"
#include "common/calendar/quarter.h"
#include "services/insight/depersonalised.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// When a quarter is published: a month after its end. What is known then is what is published of
/// it, however often, so that no two releases can be compared.
absl::Time PublishedAt(const calendar::Quarter& quarter, const calendar::Calendar& calendar);

/// What a council publishes of a quarter, by its rules in tables as at that moment.
class Publication {
 public:
  Publication(const Tables& tables, absl::string_view council, const calendar::Quarter& quarter,
              const calendar::Calendar& calendar);

  /// The groups of calls, those of a category together, its rest last.
  const std::vector<v1::PublishedCalls>& groups() const { return groups_; }
  /// The figures that are sums of them.
  const v1::PublishedQuarter& figures() const { return figures_; }

 private:
  std::vector<v1::PublishedCalls> groups_;
  v1::PublishedQuarter figures_;
};

/// A page of its groups. INVALID_ARGUMENT naming `page_size` or `page_token`.
absl::Status ListPublishedCalls(const Publication& publication,
                                const v1::ListPublishedCallsRequest& request,
                                v1::ListPublishedCallsResponse& reply);

/// By month, of calls that are published: none, when a month has too few (F59).
std::vector<v1::Figure> FiguresByMonth(const std::vector<Depersonalised>& calls,
                                       const calendar::Quarter& quarter, int fewest);

/// By outcome: the outcomes that have enough, and the rest as open; none, when the rest is too few
/// or everything (F59).
std::vector<v1::Figure> FiguresByOutcome(const std::vector<Depersonalised>& calls, int fewest);

}  // namespace ccfa::insight
