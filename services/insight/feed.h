#pragma once

#include "absl/status/status.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// Notes how far a council's events go, once history has noted the event itself.
void NoteFeed(Tables& tables, absl::string_view topic, const record::v1::Record& record);

/// One page of everything that happens in a council. A cursor is a place in each topic, not a place
/// in an order of all of them: these are read apart from each other, and a rebuild interleaves them
/// anew.
absl::Status ListEvents(const Tables& tables, const v1::ListEventsRequest& request,
                        v1::ListEventsResponse& reply);

}  // namespace ccfa::insight
