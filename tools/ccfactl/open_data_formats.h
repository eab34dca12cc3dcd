#pragma once

#include <string>
#include <vector>

#include "ccfa/insight/v1/publication.pb.h"

namespace ccfa::ctl {

/// A quarter's published figures as CSV: a figure a record; "all" is a total, "elsewhere" what is
/// of no ward that is told.
std::string FiguresAsCsv(const insight::v1::PublishedQuarter& quarter);

/// Groups of published calls as CSV, a group a record.
std::string CallsAsCsv(const std::vector<insight::v1::PublishedCalls>& groups);

/// The same as GeoJSON (RFC 7946), a group a feature; one without a point is unlocated.
std::string CallsAsGeoJson(const std::vector<insight::v1::PublishedCalls>& groups);

/// What a figure is of, in words: its total where it is of no one category or ward.
struct FigureWords {
  std::string category = "all", ward = "all", ward_title = "", month = "all", outcome = "all";
  int calls = 0;
};
/// Every figure of a quarter: by category and ward with their totals, by month, by outcome.
std::vector<FigureWords> FiguresInWords(const insight::v1::PublishedQuarter& quarter);

}  // namespace ccfa::ctl
