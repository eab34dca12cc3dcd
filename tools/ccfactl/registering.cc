#include "tools/ccfactl/registering.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace ccfa::ctl {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return text.str();
}

absl::StatusOr<std::string> Property(const geo::Feature& feature, size_t index,
                                     const std::string& name) {
  auto found = feature.properties.find(name);
  if (found != feature.properties.end() && !found->second.empty()) return found->second;
  return absl::InvalidArgumentError(
      absl::StrCat("features[", index, "].properties.", name, ": is required"));
}

std::string Optional(const geo::Feature& feature, const std::string& name) {
  auto found = feature.properties.find(name);
  return found == feature.properties.end() ? "" : found->second;
}

void PrintCounts(const Session& session,
                 const std::vector<std::pair<std::string, Registered>>& counts) {
  nlohmann::ordered_json line;
  for (const auto& [what, count] : counts) {
    line[what] = count.changed;
    line[what + "_unchanged"] = count.unchanged;
    if (!session.json)
      std::cout << count.changed << " " << what << " registered, " << count.unchanged
                << " as before\n";
  }
  if (session.json) std::cout << line.dump() << "\n";
}

}  // namespace ccfa::ctl
