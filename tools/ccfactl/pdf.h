#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::ctl {

/// A Markdown document of headings, paragraphs and lists as a PDF (A4, pages numbered). Any text is
/// fit: what no font has shows as a box, words longer than a line are broken, text from right to
/// left runs so. UNAVAILABLE when this machine has no fonts.
absl::StatusOr<std::string> PdfOf(absl::string_view markdown);

}  // namespace ccfa::ctl
