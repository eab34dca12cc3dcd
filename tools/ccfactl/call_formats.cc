#include "tools/ccfactl/call_formats.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/ccfactl/fields.h"

namespace ccfa::ctl {
namespace {

using intake::v1::CallDetails;

/// "Anti-social behaviour" as "anti-social-behaviour".
std::string CategoryOf(const std::string& words) {
  std::string category;
  for (unsigned char c : words) {
    if (absl::ascii_isalnum(c))
      category += absl::ascii_tolower(c);
    else if (!category.empty() && category.back() != '-')
      category += '-';
  }
  while (!category.empty() && category.back() == '-') category.pop_back();
  return category;
}

/// Both coordinates, or neither: about one row in ten has no place.
absl::Status SetPoint(const CsvRow& row, const std::string& lat_column,
                      const std::string& lon_column, CallDetails& details) {
  std::string lat = row.At(lat_column), lon = row.At(lon_column);
  if (lat.empty() && lon.empty()) return absl::OkStatus();
  double degrees = 0;
  if (!absl::SimpleAtod(lat, &degrees)) {
    return absl::InvalidArgumentError(
        absl::StrCat(lat_column, ": expected degrees, got \"", lat, "\""));
  }
  details.mutable_place()->mutable_point()->set_lat(degrees);
  if (!absl::SimpleAtod(lon, &degrees)) {
    return absl::InvalidArgumentError(
        absl::StrCat(lon_column, ": expected degrees, got \"", lon, "\""));
  }
  details.mutable_place()->mutable_point()->set_lon(degrees);
  return absl::OkStatus();
}

absl::StatusOr<CallDetails> FromPoliceUk(const CsvRow& row) {
  CallDetails details;
  std::string type = row.At("Crime type");
  if (type.empty()) type = "Anti-social behaviour";  // files of one type leave the column out
  details.set_category(CategoryOf(type));
  details.set_summary(
      absl::StrCat(type, row.At("Location").empty() ? "" : ", ", row.At("Location")));
  details.set_happened(row.At("Month"));
  details.mutable_place()->set_text(row.At("Location"));
  details.set_source(intake::v1::SOURCE_IMPORT);
  if (absl::Status point = SetPoint(row, "Latitude", "Longitude", details); !point.ok())
    return point;
  return details;
}

absl::StatusOr<CallDetails> FromCcfa(const CsvRow& row) {
  CallDetails details;
  details.set_category(row.At("category"));
  details.set_summary(row.At("summary"));
  details.set_happened(row.At("happened"));
  details.set_ward(row.At("ward_code"));
  details.mutable_place()->set_text(row.At("location_text"));
  details.set_affected(row.At("affected"));
  details.set_outcome_sought(row.At("outcome_sought"));
  if (!row.At("councillor_id").empty()) {
    details.set_councillor(
        absl::StrCat("councils/", row.At("council"), "/councillors/", row.At("councillor_id")));
  }
  if (!row.At("tried_who").empty()) {
    auto& attempt = *details.add_tried();
    attempt.set_contacted(row.At("tried_who"));
    attempt.set_date(row.At("tried_when"));
    attempt.set_answer(row.At("tried_answer"));
  }
  absl::StatusOr<int> source = EnumNumber(*intake::v1::Source_descriptor(), row.At("source"));
  if (!source.ok())
    return absl::InvalidArgumentError(absl::StrCat("source: ", source.status().message()));
  details.set_source(static_cast<intake::v1::Source>(*source));
  if (absl::Status point = SetPoint(row, "lat", "lon", details); !point.ok()) return point;
  return details;
}

}  // namespace

const std::vector<CallFormat>& CallFormats() {
  static const std::vector<CallFormat> formats = {
      {"police-uk", {"Month", "Longitude", "Latitude", "Location"}, &FromPoliceUk},
      {"ccfa", {"council", "category", "summary", "lat", "lon", "source"}, &FromCcfa}};
  return formats;
}

}  // namespace ccfa::ctl
