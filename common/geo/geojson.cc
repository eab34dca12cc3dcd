#include "common/geo/geojson.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ccfa::geo {
namespace {

using Json = nlohmann::json;

absl::Status Invalid(absl::string_view path, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", reason));
}

// Counts before anything is built. A text that is not JSON may be counted wrongly after its first
// error, where the parser stops.
absl::Status CheckSize(absl::string_view text) {
  if (text.size() > kMostGeoJsonBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("at most ", kMostGeoJsonBytes, " bytes, got ", text.size()));
  }
  size_t depth = 0;
  size_t values = 1;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"') in_string = !in_string;
    if (in_string) {
      if (c == '\\') ++i;
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (c == '[' || c == '{' || c == ',') ++values;
    if (depth > kMostGeoJsonDepth) {
      return absl::InvalidArgumentError(
          absl::StrCat("nested deeper than ", kMostGeoJsonDepth, " at byte ", i));
    }
    if (values > kMostGeoJsonValues) {
      return absl::InvalidArgumentError(absl::StrCat("more than ", kMostGeoJsonValues, " values"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> ParseJson(absl::string_view text) {
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    return absl::InvalidArgumentError(absl::StrCat("not JSON: error at byte ", error.byte));
  } catch (const Json::exception&) {
    return absl::InvalidArgumentError("not JSON: a number is out of range");
  }
}

// Null when there is no such member.
const Json* Find(const Json& object, const char* member) {
  auto found = object.find(member);
  return found == object.end() ? nullptr : &*found;
}

bool HasType(const Json& object, absl::string_view type) {
  const Json* found = Find(object, "type");
  const std::string* name = found ? found->get_ptr<const std::string*>() : nullptr;
  return name && *name == type;
}

// The Parse functions begin their message with the path from `json` on: "[3]: expected ...".
absl::Status Parse(const Json& json, Point& point) {
  auto is_number = [](const Json& item) { return item.is_number(); };
  if (!json.is_array() || json.size() < 2 || json.size() > 3 ||
      !std::all_of(json.begin(), json.end(), is_number)) {
    return Invalid("", "expected a position [lon, lat]");
  }
  point = {.lat = json[1].get<double>(), .lon = json[0].get<double>()};
  return absl::OkStatus();
}

// A ring, a polygon or a shape.
template <typename Part>
absl::Status Parse(const Json& json, std::vector<Part>& parts) {
  if (!json.is_array()) return Invalid("", "expected an array");
  parts.resize(json.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::Status part = Parse(json[i], parts[i]);
    if (!part.ok()) return absl::InvalidArgumentError(absl::StrCat("[", i, "]", part.message()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Shape> ParseGeometry(const Json* geometry, absl::string_view path) {
  if (!geometry || !geometry->is_object()) return Invalid(path, "expected an object");
  bool multiple = HasType(*geometry, "MultiPolygon");
  if (!multiple && !HasType(*geometry, "Polygon")) {
    return Invalid(absl::StrCat(path, ".type"), "expected \"Polygon\" or \"MultiPolygon\"");
  }
  std::string place = absl::StrCat(path, ".coordinates");
  const Json* coordinates = Find(*geometry, "coordinates");
  if (!coordinates) return Invalid(place, "expected an array");
  Shape shape;
  absl::Status parsed =
      multiple ? Parse(*coordinates, shape) : Parse(*coordinates, shape.emplace_back());
  if (!parsed.ok()) return absl::InvalidArgumentError(absl::StrCat(place, parsed.message()));
  if (std::optional<Flaw> flaw = FindFlaw(shape)) {
    if (multiple && flaw->polygon) absl::StrAppend(&place, "[", *flaw->polygon, "]");
    if (flaw->ring) absl::StrAppend(&place, "[", *flaw->ring, "]");
    if (flaw->position) absl::StrAppend(&place, "[", *flaw->position, "]");
    return Invalid(place, flaw->reason);
  }
  return shape;
}

absl::StatusOr<Feature> ParseFeature(const Json& json, absl::string_view path) {
  if (!json.is_object()) return Invalid(path, "expected an object");
  if (!HasType(json, "Feature")) {
    return Invalid(absl::StrCat(path, ".type"), "expected \"Feature\"");
  }
  Feature feature;
  if (const Json* properties = Find(json, "properties"); properties && !properties->is_null()) {
    if (!properties->is_object()) {
      return Invalid(absl::StrCat(path, ".properties"), "expected an object");
    }
    for (const auto& [name, value] : properties->items()) {
      if (value.is_string()) feature.properties[name] = value.get_ref<const std::string&>();
      if (value.is_number()) feature.properties[name] = value.dump();
    }
  }
  absl::StatusOr<Shape> shape =
      ParseGeometry(Find(json, "geometry"), absl::StrCat(path, ".geometry"));
  if (!shape.ok()) return shape.status();
  feature.shape = *std::move(shape);
  return feature;
}

}  // namespace

absl::StatusOr<std::vector<Feature>> ParseGeoJson(absl::string_view text) {
  if (absl::Status size = CheckSize(text); !size.ok()) return size;
  absl::StatusOr<Json> json = ParseJson(text);
  if (!json.ok()) return json.status();
  if (!json->is_object()) return absl::InvalidArgumentError("expected an object");
  if (!HasType(*json, "FeatureCollection"))
    return Invalid("type", "expected \"FeatureCollection\"");
  const Json* features = Find(*json, "features");
  if (!features || !features->is_array()) return Invalid("features", "expected an array");
  std::vector<Feature> parsed;
  parsed.reserve(features->size());
  for (size_t i = 0; i < features->size(); ++i) {
    absl::StatusOr<Feature> feature =
        ParseFeature((*features)[i], absl::StrCat("features[", i, "]"));
    if (!feature.ok()) return feature.status();
    parsed.push_back(*std::move(feature));
  }
  return parsed;
}

}  // namespace ccfa::geo
