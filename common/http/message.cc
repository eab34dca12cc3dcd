#include "common/http/message.h"

#include "absl/strings/match.h"

namespace ccfa::http {

std::string Headers::Get(absl::string_view name) const {
  for (const auto& [own, value] : fields_) {
    if (absl::EqualsIgnoreCase(own, name)) return value;
  }
  return "";
}

void Headers::Add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

}  // namespace ccfa::http
