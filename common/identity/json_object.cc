#include "common/identity/json_object.h"

#include <set>
#include <string>
#include <vector>

namespace ccfa::identity {
namespace {

constexpr int kDeepest = 16;

}  // namespace

std::optional<nlohmann::json> ParseObject(absl::string_view text) {
  bool is_good = true;
  std::vector<std::set<std::string>> open;
  auto look = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > kDeepest) is_good = false;
    if (event == Event::object_start) open.emplace_back();
    if (event == Event::object_end && !open.empty()) open.pop_back();
    if (event == Event::key && !open.empty())
      is_good &= open.back().insert(value.get<std::string>()).second;
    return is_good;
  };
  nlohmann::json parsed =
      nlohmann::json::parse(text.begin(), text.end(), look, /*allow_exceptions=*/false);
  if (!is_good || !parsed.is_object()) return std::nullopt;
  return parsed;
}

std::optional<std::string> StringOf(const nlohmann::json& object, const char* member) {
  auto found = object.find(member);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<int64_t> IntegerOf(const nlohmann::json& object, const char* member) {
  auto found = object.find(member);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  if (found->is_number_unsigned() && found->get<uint64_t>() > INT64_MAX) return std::nullopt;
  return found->get<int64_t>();
}

}  // namespace ccfa::identity
