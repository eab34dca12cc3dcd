#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace ccfa::insight {

/// Builds a Markdown document of headings, paragraphs and lists. Whatever is put in is text: it is
/// on one line, in valid UTF-8, without control characters or overrides of its direction, and none
/// of it is taken for markup.
class Markdown {
 public:
  void Title(absl::string_view text) { Heading("# ", text); }
  void Section(absl::string_view text) { Heading("## ", text); }
  void Subsection(absl::string_view text) { Heading("### ", text); }
  void Paragraph(absl::string_view text);
  /// "- **label**: text"; nothing where the text is empty.
  void Item(absl::string_view label, absl::string_view text);
  void Item(absl::string_view text);

  const std::string& text() const { return text_; }

  /// Text as it may stand in Markdown.
  static std::string Escape(absl::string_view text);

 private:
  void Heading(absl::string_view marks, absl::string_view text);

  std::string text_;
  bool in_list_ = false;
};

}  // namespace ccfa::insight
