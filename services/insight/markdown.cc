#include "services/insight/markdown.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/core/utf8.h"

namespace ccfa::insight {
namespace {

/// Without the characters that turn the direction of what follows, and the line separators.
std::string WithoutDirections(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\u202a", ""},
                                    {"\u202b", ""},
                                    {"\u202c", ""},
                                    {"\u202d", ""},
                                    {"\u202e", ""},
                                    {"\u2066", ""},
                                    {"\u2067", ""},
                                    {"\u2068", ""},
                                    {"\u2069", ""},
                                    {"\u200e", ""},
                                    {"\u200f", ""},
                                    {"\u2028", " "},
                                    {"\u2029", " "},
                                    {"\u0085", " "}});
}

}  // namespace

std::string Markdown::Escape(absl::string_view text) {
  constexpr absl::string_view kMarks = "\\`*_{}[]<>#|~&";
  std::string escaped;
  for (char c : WithoutDirections(ToUtf8(text))) {
    auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_iscntrl(byte)) c = ' ';
    if (c == ' ' && (escaped.empty() || escaped.back() == ' ')) continue;
    // A line that starts with these is a list or a rule.
    bool leads = escaped.empty() && (c == '-' || c == '+' || c == '=');
    if (leads || kMarks.find(c) != absl::string_view::npos) escaped += '\\';
    escaped += c;
  }
  absl::StripTrailingAsciiWhitespace(&escaped);
  // "1. x" is a list, "1\. x" is text.
  size_t digits = 0;
  while (digits < escaped.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(escaped[digits])))
    ++digits;
  if (digits > 0 && digits < escaped.size() && (escaped[digits] == '.' || escaped[digits] == ')'))
    escaped.insert(digits, 1, '\\');
  return escaped;
}

void Markdown::Heading(absl::string_view marks, absl::string_view text) {
  absl::StrAppend(&text_, text_.empty() ? "" : "\n", marks, Escape(text), "\n");
  in_list_ = false;
}

void Markdown::Paragraph(absl::string_view text) {
  std::string escaped = Escape(text);
  if (escaped.empty()) return;
  absl::StrAppend(&text_, "\n", escaped, "\n");
  in_list_ = false;
}

void Markdown::Item(absl::string_view label, absl::string_view text) {
  std::string escaped = Escape(text);
  if (escaped.empty()) return;
  absl::StrAppend(&text_, in_list_ ? "" : "\n", "- **", Escape(label), "**: ", escaped, "\n");
  in_list_ = true;
}

void Markdown::Item(absl::string_view text) {
  std::string escaped = Escape(text);
  if (escaped.empty()) return;
  absl::StrAppend(&text_, in_list_ ? "" : "\n", "- ", escaped, "\n");
  in_list_ = true;
}

}  // namespace ccfa::insight
