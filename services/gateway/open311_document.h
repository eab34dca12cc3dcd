#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/http/message.h"

namespace ccfa::gateway::open311 {

enum class Format { kXml, kJson };

/// What an answer says, as JSON has it. GeoReport's XML says the same with an element for each
/// field, and within a list one for each entry, by the list's name: `services` has `service`.
using Document = nlohmann::ordered_json;

/// As XML within the element `root`. What XML cannot carry, as most control characters, becomes
/// U+FFFD; a carriage return is a line feed to whoever reads XML, so it becomes one here.
std::string ToXml(absl::string_view root, const Document& document);

/// In UTF-8; not to be kept by caches.
http::Response ToResponse(Format format, absl::string_view root, const Document& document,
                          int status = 200);

/// As the W3C writes a moment: "2026-11-27T16:30:00Z".
std::string ToW3c(absl::Time time);

/// Null where the text is empty.
Document TextOrNull(absl::string_view text);

}  // namespace ccfa::gateway::open311
