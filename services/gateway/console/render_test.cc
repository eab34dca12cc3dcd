#include "services/gateway/console/render.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/console/replies.h"

namespace ccfa::gateway::console {
namespace {

const char* const kHostile[] = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
                                "' onmouseover='alert(1)", "{{TITLE}}", "</textarea><script>"};

/// A page with the same text wherever one can stand.
Page PageOf(const std::string& text) {
  Page page{.title = text, .kind = text, .back = {text, "/a"}, .done = text};
  Form form{.id = "form", .action = "/a", .button = text};
  form.inputs = {
      {.name = text, .label = text, .hint = text, .value = text, .error = text},
      {.name = "b", .label = text, .kind = Input::Kind::kText, .value = text},
      {.name = "c",
       .label = text,
       .kind = Input::Kind::kChoice,
       .value = text,
       .options = {{text, text}}},
      {.name = "d", .label = text, .kind = Input::Kind::kRadios, .options = {{text, text}}}};
  form.hidden = {{text, text}};
  form.errors = {text};
  Summary summary;
  summary.Add(text, text);
  Table table{.caption = text, .columns = {text}, .rows = {{text, Link{text, "/a"}}}};
  page.blocks = {Heading{text, "id"},
                 Paragraph{text},
                 Notice{text},
                 summary,
                 table,
                 Links{{{text, "/a"}}},
                 Timeline{.entries = {{text, text, text, text}}},
                 Board{.columns = {{text, {{{text, "/a"}, {text}}}, "/a"}}},
                 Chart{.title = text, .unit = text, .bars = {{text, 1}}},
                 Map{.areas = "/a", .points = text},
                 form};
  return page;
}

size_t TagsIn(const std::string& html) {
  return static_cast<size_t>(std::count(html.begin(), html.end(), '<'));
}

// A page has the same tags whatever the words are that stand in it (stored and reflected scripts).
TEST(Render, WordsAreNeverMarkup) {
  const size_t tags = TagsIn(Render(PageOf("words"), Visitor(), ""));
  for (const char* text : kHostile) {
    const std::string html = Render(PageOf(text), Visitor(), "");
    EXPECT_EQ(TagsIn(html), tags) << text;
    EXPECT_FALSE(absl::StrContains(html, "<script>")) << text;
    EXPECT_FALSE(absl::StrContains(html, "<img")) << text;
  }
}

RC_GTEST_PROP(Render, AddsNoTagForAnyWords, (const std::string& text)) {
  // Empty words leave out what would have them.
  const std::string words = "x" + text;
  RC_ASSERT(TagsIn(Render(PageOf(words), Visitor(), "")) ==
            TagsIn(Render(PageOf("words"), Visitor(), "")));
}

TEST(Render, ALinkThatWouldRunAScriptLeadsNowhere) {
  Page page{.title = "A"};
  page.blocks.push_back(Links{{{"evil", "javascript:alert(1)"}}});
  EXPECT_FALSE(absl::StrContains(Render(page, Visitor(), ""), "javascript:"));
}

TEST(Tiles, OnlyAnHttpsServersOriginIsLetIn) {
  EXPECT_EQ((Tiles{"https://tiles.example/{z}/{x}/{y}.png"}.Origin()), "https://tiles.example");
  for (const char* url : {"", "http://tiles.example/{z}.png", "https://tiles.example",
                          "https://a.example; script-src *;/{z}.png"})
    EXPECT_EQ(Tiles{url}.Origin(), "") << url;
}

TEST(Render, SaysWhatIsWrongAtTheTopAndAtTheInput) {
  Page page{.title = "A"};
  Form form{.id = "f", .action = "/a", .button = "Send"};
  form.inputs = {{.name = "reason", .label = "Why", .error = "Give a reason"}};
  page.blocks.push_back(form);
  const std::string html = Render(page, Visitor(), "");
  EXPECT_TRUE(absl::StrContains(html, "<title>Error: A"));
  EXPECT_TRUE(absl::StrContains(html, "<a href=\"#field-reason\">Give a reason</a>"));
  EXPECT_TRUE(absl::StrContains(html, "aria-describedby=\"field-reason-error\""));
}

TEST(Render, ShowsOnlyWhatARoleHasToDoWith) {
  Visitor visitor;
  visitor.token = "t";
  visitor.who.roles = {"officer"};
  const std::string html = Render(Page{.title = "A"}, visitor, "E08900001");
  EXPECT_TRUE(absl::StrContains(html, "My actions"));
  EXPECT_FALSE(absl::StrContains(html, "Administration"));
}

}  // namespace
}  // namespace ccfa::gateway::console
