#include "common/identity/deny_list.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "common/telemetry/log.h"

namespace ccfa::identity {

bool DenyList::Has(const std::string& token_id) {
  std::lock_guard lock(mutex_);
  if (file_.path().empty()) return false;
  if (auto text = file_.Changed(); text && text->ok()) {
    denied_.clear();
    for (absl::string_view line : absl::StrSplit(**text, '\n')) {
      line = absl::StripAsciiWhitespace(line);
      if (!line.empty() && line[0] != '#') denied_.emplace(line);
    }
  } else if (text) {
    telemetry::Log(telemetry::Level::kError, "identity_denied_refused",
                   {{"why", std::string(text->status().message())}});
  }
  return denied_.contains(token_id);
}

}  // namespace ccfa::identity
