#include "services/insight/depersonalised.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/core/proto_time.h"
#include "common/geo/square.h"
#include "services/insight/story.h"

namespace ccfa::insight {
namespace {

constexpr absl::string_view kOther = "other";
constexpr absl::string_view kWard = "ward/", kOutward = "outward/", kSquare = "square/";

/// "RV1" of "rv1 2ab"; empty when it is no whole postcode.
std::string OutwardOf(absl::string_view postcode) {
  constexpr size_t kInward = 3, kShortest = 5, kLongest = 7;
  const std::string whole = absl::AsciiStrToUpper(absl::StrReplaceAll(postcode, {{" ", ""}}));
  const bool is_postcode = whole.size() >= kShortest && whole.size() <= kLongest &&
                           absl::c_all_of(whole, absl::ascii_isalnum) &&
                           absl::ascii_isalpha(static_cast<unsigned char>(whole.front())) &&
                           absl::ascii_isdigit(static_cast<unsigned char>(whole.end()[-3]));
  return is_postcode ? whole.substr(0, whole.size() - kInward) : "";
}

Path PathOf(const v1::StoryRow& row, const config::v1::PublicationRules& rules) {
  const auto& details = row.intake().details();
  const auto& place = details.place();
  Path path;
  if (details.category() != kOther && absl::c_linear_search(rules.categories(), details.category()))
    path[0] = details.category();
  std::string outward = OutwardOf(place.postcode());
  if (!outward.empty()) outward = absl::StrCat(kOutward, outward);
  const std::string ward = WardOf(row);
  path[1] = ward.empty() ? outward : absl::StrCat(kWard, ward);
  if (place.has_point()) {
    const auto [line, column] =
        geo::SquareOf({place.point().lat(), place.point().lon()}, rules.square_m());
    path[2] = absl::StrCat(kSquare, line, "/", column);
  } else {
    path[2] = outward;
  }
  return path;
}

intake::v1::Point MiddleOf(absl::string_view square, double side_m) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(square, '/');
  geo::Square at;
  intake::v1::Point middle;
  if (!absl::SimpleAtoi(parts.first, &at.first) || !absl::SimpleAtoi(parts.second, &at.second))
    return middle;
  const geo::Point point = geo::MiddleOf(at, side_m);
  middle.set_lat(point.lat);
  middle.set_lon(point.lon);
  return middle;
}

}  // namespace

v1::Outcome OutcomeOf(const v1::StoryRow& row) {
  switch (StateOf(row)) {
    case v1::STORY_STATE_RESOLVED:
      return v1::OUTCOME_RESOLVED;
    case v1::STORY_STATE_NOT_RESOLVED:
      return v1::OUTCOME_NOT_RESOLVED;
    case v1::STORY_STATE_DECLINED:
      return v1::OUTCOME_DECLINED;
    case v1::STORY_STATE_REFERRED_TO_SERVICE:
    case v1::STORY_STATE_REFERRED_TO_COUNCIL:
      return v1::OUTCOME_REFERRED;
    case v1::STORY_STATE_WITHDRAWN:
      return v1::OUTCOME_WITHDRAWN;
    default:
      return v1::OUTCOME_OPEN;
  }
}

Depersonalised Depersonalise(const v1::StoryRow& row, const config::v1::PublicationRules& rules,
                             const calendar::Calendar& calendar) {
  return {PathOf(row, rules), absl::CivilMonth(calendar.DayOf(FromProto(row.intake().log_time()))),
          OutcomeOf(row)};
}

void DescribePath(const Path& path, const config::v1::PublicationRules& rules, const Tables& tables,
                  absl::string_view council, v1::PublishedCalls& published) {
  published.set_category(path[0].empty() ? std::string(kOther) : path[0]);
  for (absl::string_view place : {path[1], path[2]}) {
    if (absl::ConsumePrefix(&place, kWard)) {
      published.set_ward(std::string(place));
      const auto ward = tables.wards.Get(absl::StrCat("councils/", council, "/wards/", place));
      if (ward) published.set_ward_title(ward->title());
    } else if (absl::ConsumePrefix(&place, kOutward)) {
      published.set_outward(std::string(place));
    } else if (absl::ConsumePrefix(&place, kSquare)) {
      *published.mutable_point() = MiddleOf(place, rules.square_m());
      published.set_square_m(rules.square_m());
    }
  }
}

}  // namespace ccfa::insight
