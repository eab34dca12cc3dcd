#pragma once

#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "services/gateway/open311_form.h"

namespace ccfa::gateway::open311 {

/// From a moment on, until and with another.
struct Range {
  absl::Time from = absl::InfinitePast(), until = absl::InfiniteFuture();
  bool Has(absl::Time time) const { return time >= from && time <= until; }
};

/// `start_date` and `end_date`; where one is left out, so long before or after the other, or before
/// now. INVALID_ARGUMENT naming the argument: it is no moment of the W3C's, or they are further
/// apart than `longest`.
absl::StatusOr<Range> ReadRange(const Form& form, absl::Duration usual, absl::Duration longest,
                                absl::Time now);

/// Which part of a list is asked for: all of it, where nothing is said.
struct Part {
  size_t skip = 0, take = std::numeric_limits<size_t>::max();
};
/// `page`, counted from 1, of `page_size`: of 1,000 where it is not said.
absl::StatusOr<Part> ReadPart(const Form& form);

/// `service_request_id`. NOT_FOUND naming one that cannot be.
absl::StatusOr<std::vector<std::string>> ReadIds(const Form& form);

/// Which requests are asked for.
struct Filter {
  /// These alone, whatever else was said.
  std::vector<std::string> ids;
  std::vector<std::string> codes;
  bool open = true, closed = true;
  Range requested, updated;
  Part part;

  bool Has(const insight::v1::CallStory& story) const;
};
absl::StatusOr<Filter> ReadFilter(const Form& form, absl::Time now);

}  // namespace ccfa::gateway::open311
