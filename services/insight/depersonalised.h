#pragma once

#include "absl/time/civil_time.h"
#include "ccfa/config/v1/config.pb.h"
#include "ccfa/insight/v1/publication.pb.h"
#include "common/calendar/calendar.h"
#include "services/insight/grouping.h"
#include "services/insight/tables.h"

namespace ccfa::insight {

/// All that what is published may know of a call (F22): no words, nobody, no day, no point of its
/// own.
struct Depersonalised {
  /// Its category where the council publishes that by name; "ward/E05900001", or "outward/RV1"
  /// where no ward is known; "square/5852/226", or "outward/RV1" where no point is known.
  Path path;
  /// In which it was logged, in London.
  absl::CivilMonth month;
  v1::Outcome outcome = v1::OUTCOME_OPEN;
};

v1::Outcome OutcomeOf(const v1::StoryRow& row);

Depersonalised Depersonalise(const v1::StoryRow& row, const config::v1::PublicationRules& rules,
                             const calendar::Calendar& calendar);

/// Writes what a path says into a published row.
void DescribePath(const Path& path, const config::v1::PublicationRules& rules, const Tables& tables,
                  absl::string_view council, v1::PublishedCalls& published);

}  // namespace ccfa::insight
