#include "tools/ccfactl/pdf.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/core/utf8.h"

namespace ccfa::ctl {
namespace {

// A4 in points.
constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 56.7, kFooter = 28.3;
constexpr char kFamily[] = "DejaVu Sans";
/// Pango lays a paragraph out as a whole, in more than proportional time.
constexpr size_t kLongestParagraph = 20'000;

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* thing) const {
    kFree(thing);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Free<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Free<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Free<g_object_unref>>;
using FontMap = std::unique_ptr<PangoFontMap, Free<g_object_unref>>;
using PangoContextPtr = std::unique_ptr<PangoContext, Free<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Free<pango_font_description_free>>;
using Attributes = std::unique_ptr<PangoAttrList, Free<pango_attr_list_unref>>;

/// One paragraph as it is set.
struct Block {
  std::string text;
  double size = 10;
  bool bold = false;
  /// Bytes at the start that are bold in a paragraph that is not.
  size_t bold_bytes = 0;
  double indent = 0;
  double space_before = 5;
};

/// The text of inline Markdown: escapes and the marks of bold removed. Says how much of its start
/// was bold.
std::string PlainOf(absl::string_view inline_text, size_t& bold_bytes) {
  std::string plain;
  for (size_t i = 0; i < inline_text.size(); ++i) {
    if (inline_text[i] == '\\' && i + 1 < inline_text.size()) {
      plain += inline_text[++i];
    } else if (absl::StartsWith(inline_text.substr(i), "**")) {
      if (!plain.empty() && bold_bytes == 0) bold_bytes = plain.size();
      ++i;
    } else if (!absl::ascii_iscntrl(static_cast<unsigned char>(inline_text[i]))) {
      plain += inline_text[i];
    }
  }
  return plain;
}

Block BlockOf(absl::string_view line) {
  Block block;
  if (absl::ConsumePrefix(&line, "# ")) {
    block = {"", 17, true, 0, 0, 0};
  } else if (absl::ConsumePrefix(&line, "## ")) {
    block = {"", 13, true, 0, 0, 14};
  } else if (absl::ConsumePrefix(&line, "### ")) {
    block = {"", 11, true, 0, 0, 9};
  } else if (absl::ConsumePrefix(&line, "- ")) {
    block.indent = 12;
    block.space_before = 2;
  }
  block.text = PlainOf(line, block.bold_bytes);
  return block;
}

/// A text in pieces that are laid out at once, none cut inside a character.
std::vector<Block> BlocksOf(absl::string_view markdown) {
  std::vector<Block> blocks;
  std::string valid = ToUtf8(markdown);
  for (absl::string_view line : absl::StrSplit(valid, '\n')) {
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    Block block = BlockOf(line);
    while (block.text.size() > kLongestParagraph) {
      size_t cut = kLongestParagraph;
      while (cut > 0 && (static_cast<unsigned char>(block.text[cut]) & 0xC0) == 0x80) --cut;
      Block head = block;
      head.text.resize(cut);
      blocks.push_back(head);
      block.text.erase(0, cut);
      block.bold_bytes = 0;
      block.space_before = 0;
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

/// Sets blocks on pages. Without a surface to draw on it only counts the pages.
class Typesetter {
 public:
  Typesetter(PangoContext* context, cairo_t* cairo, int pages)
      : context_(context), cairo_(cairo), pages_(pages) {}

  /// How many pages it took.
  int Set(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) Set(block);
    EndPage();
    return page_;
  }

 private:
  Layout NewLayout(const Block& block) const {
    Layout layout(pango_layout_new(context_));
    Font font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kFamily);
    pango_font_description_set_size(font.get(), static_cast<int>(block.size * PANGO_SCALE));
    if (block.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(),
                           pango_units_from_double(kWidth - 2 * kMargin - block.indent));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), block.text.data(), static_cast<int>(block.text.size()));
    if (block.bold_bytes > 0) {
      Attributes attributes(pango_attr_list_new());
      PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
      bold->start_index = 0;
      bold->end_index = static_cast<guint>(block.bold_bytes);
      // The list owns it now.
      pango_attr_list_insert(attributes.get(), bold);
      pango_layout_set_attributes(layout.get(), attributes.get());
    }
    return layout;
  }

  void Set(const Block& block) {
    Layout layout = NewLayout(block);
    double before = y_ > kMargin ? block.space_before : 0;
    bool first = true;
    PangoLayoutIter* lines = pango_layout_get_iter(layout.get());
    do {
      PangoRectangle logical;
      pango_layout_iter_get_line_extents(lines, nullptr, &logical);
      double height = pango_units_to_double(logical.height);
      // A heading takes the line after it along.
      double needed = height + before + (block.bold ? 2 * height : 0);
      if (y_ + needed > kHeight - kMargin - kFooter && y_ > kMargin) {
        EndPage();
        before = 0;
      }
      y_ += before;
      before = 0;
      if (first && block.indent > 0) Show("\u2022", kMargin, block.size);
      first = false;
      if (cairo_ != nullptr) {
        int baseline = pango_layout_iter_get_baseline(lines);
        cairo_move_to(cairo_, kMargin + block.indent + pango_units_to_double(logical.x),
                      y_ + pango_units_to_double(baseline - logical.y));
        pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(lines));
      }
      y_ += height;
    } while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
  }

  void Show(const std::string& text, double x, double size) {
    if (cairo_ == nullptr) return;
    Block block;
    block.text = text;
    block.size = size;
    Layout layout = NewLayout(block);
    cairo_move_to(cairo_, x, y_);
    pango_cairo_show_layout(cairo_, layout.get());
  }

  void EndPage() {
    y_ = kHeight - kMargin;
    Show(absl::StrCat("Page ", ++page_, " of ", pages_), kMargin, 8);
    if (cairo_ != nullptr) cairo_show_page(cairo_);
    y_ = kMargin;
  }

  PangoContext* const context_;
  cairo_t* const cairo_;
  const int pages_;
  int page_ = 0;
  double y_ = kMargin;
};

cairo_status_t Append(void* to, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

absl::StatusOr<std::string> PdfOf(absl::string_view markdown) {
  FontMap fonts(pango_cairo_font_map_new());
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(fonts.get(), &families, &count);
  g_free(families);
  if (count == 0) {
    return absl::UnavailableError("this machine has no fonts; install fonts-dejavu-core");
  }
  PangoContextPtr context(pango_font_map_create_context(fonts.get()));
  std::vector<Block> blocks = BlocksOf(markdown);
  std::string pdf;
  Surface surface(cairo_pdf_surface_create_for_stream(&Append, &pdf, kWidth, kHeight));
  if (!blocks.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   blocks.front().text.c_str());
  }
  Cairo cairo(cairo_create(surface.get()));
  pango_cairo_update_context(cairo.get(), context.get());
  // Counted as it is drawn: how wide a text is depends on what it is drawn on.
  int pages = Typesetter(context.get(), nullptr, 0).Set(blocks);
  Typesetter(context.get(), cairo.get(), pages).Set(blocks);
  cairo_surface_finish(surface.get());
  cairo_status_t status = cairo_status(cairo.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS) {
    return absl::InternalError(absl::StrCat("the PDF: ", cairo_status_to_string(status)));
  }
  return pdf;
}

}  // namespace ccfa::ctl
