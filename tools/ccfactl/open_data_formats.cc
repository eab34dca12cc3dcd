#include "tools/ccfactl/open_data_formats.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/ccfactl/csv_writer.h"
#include "tools/ccfactl/fields.h"

namespace ccfa::ctl {
namespace {

using insight::v1::Figure;
using insight::v1::PublishedCalls;

/// About ten centimetres.
constexpr double kFine = 1e6;

double Rounded(double degrees) {
  return std::round(degrees * kFine) / kFine;
}

std::string WardWord(const Figure& figure) {
  return figure.ward().empty() ? "elsewhere" : figure.ward();
}

std::string OutcomeWord(insight::v1::Outcome outcome) {
  return EnumWord(*insight::v1::Outcome_descriptor()->FindValueByNumber(outcome));
}

}  // namespace

std::vector<FigureWords> FiguresInWords(const insight::v1::PublishedQuarter& quarter) {
  std::vector<FigureWords> all;
  for (const Figure& category : quarter.by_category()) {
    for (const Figure& figure : quarter.by_category_and_ward()) {
      if (figure.category() != category.category()) continue;
      all.push_back({.category = figure.category(),
                     .ward = WardWord(figure),
                     .ward_title = figure.ward_title(),
                     .calls = figure.calls()});
    }
    all.push_back({.category = category.category(), .calls = category.calls()});
  }
  for (const Figure& figure : quarter.by_ward()) {
    all.push_back(
        {.ward = WardWord(figure), .ward_title = figure.ward_title(), .calls = figure.calls()});
  }
  all.push_back({.calls = quarter.calls()});
  for (const Figure& figure : quarter.by_month())
    all.push_back({.month = figure.month(), .calls = figure.calls()});
  for (const Figure& figure : quarter.by_outcome())
    all.push_back({.outcome = OutcomeWord(figure.outcome()), .calls = figure.calls()});
  return all;
}

std::string FiguresAsCsv(const insight::v1::PublishedQuarter& quarter) {
  std::string csv =
      CsvRecord({"quarter", "category", "ward", "ward_name", "month", "outcome", "calls"});
  for (const FigureWords& figure : FiguresInWords(quarter)) {
    csv += CsvRecord({quarter.quarter(), CsvText(figure.category), CsvText(figure.ward),
                      CsvText(figure.ward_title), figure.month, figure.outcome,
                      absl::StrCat(figure.calls)});
  }
  return csv;
}

std::string CallsAsCsv(const std::vector<PublishedCalls>& groups) {
  std::string csv = CsvRecord({"quarter", "category", "ward", "ward_name", "outward_postcode",
                               "lat", "lon", "square_m", "calls"});
  for (const PublishedCalls& group : groups) {
    const bool has_point = group.has_point();
    csv +=
        CsvRecord({group.quarter(), CsvText(group.category()), CsvText(group.ward()),
                   CsvText(group.ward_title()), CsvText(group.outward()),
                   has_point ? absl::StrFormat("%.6f", group.point().lat()) : "",
                   has_point ? absl::StrFormat("%.6f", group.point().lon()) : "",
                   has_point ? absl::StrCat(group.square_m()) : "", absl::StrCat(group.calls())});
  }
  return csv;
}

std::string CallsAsGeoJson(const std::vector<PublishedCalls>& groups) {
  using Json = nlohmann::ordered_json;
  Json features = Json::array();
  for (const PublishedCalls& group : groups) {
    Json feature = {{"type", "Feature"}, {"geometry", nullptr}};
    if (group.has_point()) {
      feature["geometry"] = {
          {"type", "Point"},
          {"coordinates", {Rounded(group.point().lon()), Rounded(group.point().lat())}}};
    }
    feature["properties"] = {{"quarter", group.quarter()}, {"category", group.category()},
                             {"ward", group.ward()},       {"ward_name", group.ward_title()},
                             {"outward", group.outward()}, {"square_m", group.square_m()},
                             {"calls", group.calls()}};
    features.push_back(std::move(feature));
  }
  return Json({{"type", "FeatureCollection"}, {"features", std::move(features)}}).dump(1) + "\n";
}

}  // namespace ccfa::ctl
