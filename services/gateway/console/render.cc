#include "services/gateway/console/render.h"

#include <ctemplate/template.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/gateway/embedded.h"

namespace ccfa::gateway::console {
namespace {

using ctemplate::TemplateDictionary;

constexpr auto kStrip = ctemplate::STRIP_WHITESPACE;
constexpr int kChartWidth = 600, kBarHeight = 22, kBarStep = 30, kLabelWidth = 200;
constexpr int kValueWidth = 60;

/// Templates stay as they were built in.
void LoadTemplates() {
  static const bool loaded = [] {
    for (const auto& [name, text] : Templates())
      ctemplate::StringToTemplateCache(ctemplate::TemplateString(name.data(), name.size()),
                                       ctemplate::TemplateString(text.data(), text.size()), kStrip);
    return true;
  }();
  static_cast<void>(loaded);
}

/// Sets a value and shows the section that is there for it; neither where it is empty.
void Show(TemplateDictionary& to, const char* section, const char* value, const std::string& text) {
  if (!text.empty()) to.SetValueAndShowSection(value, text, section);
}

void Fill(TemplateDictionary& to, const Cell& cell) {
  to.SetValue("TEXT", cell.text);
  if (!cell.href.empty()) {
    to.AddSectionDictionary("AS_LINK")->SetValue("HREF", cell.href);
  } else if (!cell.tag.empty()) {
    to.AddSectionDictionary("AS_TAG")->SetValue("COLOUR", cell.tag);
  } else {
    to.ShowSection("AS_TEXT");
  }
}

TemplateDictionary* Include(TemplateDictionary& to, const char* file) {
  TemplateDictionary* included = to.AddIncludeDictionary("BLOCK");
  included->SetFilename(file);
  return included;
}

/// How each kind of block fills its template.
struct Filler {
  TemplateDictionary& page;
  const std::string& tiles;
  const std::string& attribution;

  void operator()(const Heading& heading) const {
    TemplateDictionary* to = Include(page, "heading.html");
    to->SetValue("TEXT", heading.text);
    Show(*to, "HAS_ID", "ID", heading.id);
  }

  void operator()(const Paragraph& paragraph) const {
    Include(page, "paragraph.html")->SetValue("TEXT", paragraph.text);
  }

  void operator()(const Notice& notice) const {
    Include(page, "notice.html")->SetValue("TEXT", notice.text);
  }

  void operator()(const Summary& summary) const {
    if (summary.rows.empty()) return;
    TemplateDictionary* to = Include(page, "summary.html");
    for (const auto& [name, values] : summary.rows) {
      TemplateDictionary* row = to->AddSectionDictionary("ROW");
      row->SetValue("NAME", name);
      for (const Cell& value : values) Fill(*row->AddSectionDictionary("VALUE"), value);
    }
  }

  void operator()(const Table& table) const {
    TemplateDictionary* to = Include(page, "table.html");
    to->SetValue("CAPTION", table.caption);
    if (table.rows.empty()) {
      to->AddSectionDictionary("IF_NONE")->SetValue("TEXT", table.if_none);
      return;
    }
    TemplateDictionary* shown = to->AddSectionDictionary("HAS_ROWS");
    for (const std::string& column : table.columns)
      shown->AddSectionDictionary("COLUMN")->SetValue("TEXT", column);
    for (const auto& cells : table.rows) {
      TemplateDictionary* row = shown->AddSectionDictionary("ROW");
      for (size_t i = 0; i < cells.size(); ++i)
        Fill(*row->AddSectionDictionary(i == 0 ? "FIRST" : "CELL"), cells[i]);
    }
    Show(*to, "HAS_NEXT", "NEXT", table.next);
  }

  void operator()(const Links& links) const {
    if (links.links.empty()) return;
    TemplateDictionary* to = Include(page, "links.html");
    for (const Link& link : links.links) {
      TemplateDictionary* item = to->AddSectionDictionary("LINK");
      item->SetValue("TEXT", link.text);
      item->SetValue("HREF", link.href);
    }
  }

  void operator()(const Timeline& timeline) const {
    TemplateDictionary* to = Include(page, "timeline.html");
    for (const Timeline::Entry& entry : timeline.entries) {
      TemplateDictionary* item = to->AddSectionDictionary("ENTRY");
      item->SetValue("WHEN", entry.when);
      item->SetValue("WHAT", entry.what);
      Show(*item, "HAS_WHO", "WHO", entry.who);
      Show(*item, "HAS_WHY", "WHY", entry.why);
    }
    Show(*to, "HAS_NEXT", "NEXT", timeline.next);
  }

  void operator()(const Board& board) const {
    TemplateDictionary* to = Include(page, "board.html");
    for (const Board::Column& column : board.columns) {
      TemplateDictionary* shown = to->AddSectionDictionary("COLUMN");
      shown->SetValue("TITLE", column.title);
      shown->SetIntValue("COUNT", static_cast<long>(column.cards.size()));
      Show(*shown, "HAS_MORE", "ALL", column.all);
      for (const Board::Card& card : column.cards) {
        TemplateDictionary* item = shown->AddSectionDictionary("CARD");
        item->SetValue("TITLE", card.title.text);
        item->SetValue("HREF", card.title.href);
        for (const Cell& fact : card.facts) Fill(*item->AddSectionDictionary("FACT"), fact);
      }
    }
  }

  void operator()(const Chart& chart) const {
    if (chart.bars.empty()) return;
    TemplateDictionary* to = Include(page, "chart.html");
    double most = 1;
    for (const auto& [label, value] : chart.bars) most = std::max(most, value);
    to->SetValue("TITLE", chart.title);
    to->SetValue("UNIT", chart.unit);
    to->SetIntValue("WIDTH", kChartWidth);
    to->SetIntValue("HEIGHT", static_cast<long>(chart.bars.size()) * kBarStep);
    for (size_t i = 0; i < chart.bars.size(); ++i) {
      const auto& [label, value] = chart.bars[i];
      const double width = value / most * (kChartWidth - kLabelWidth - kValueWidth);
      for (const char* section : {"BAR", "ROW"}) {
        TemplateDictionary* bar = to->AddSectionDictionary(section);
        bar->SetValue("LABEL", label);
        bar->SetValue("VALUE", absl::StrFormat("%g", value));
        bar->SetIntValue("Y", static_cast<long>(i) * kBarStep);
        bar->SetIntValue("TEXT_Y", static_cast<long>(i) * kBarStep + 16);
        bar->SetIntValue("X", kLabelWidth);
        bar->SetIntValue("BAR_WIDTH", static_cast<long>(width));
        bar->SetIntValue("BAR_HEIGHT", kBarHeight);
        bar->SetIntValue("VALUE_X", static_cast<long>(kLabelWidth + width) + 6);
      }
    }
  }

  void operator()(const Map& map) const {
    TemplateDictionary* to = Include(page, "map.html");
    to->SetValue("AREAS", map.areas);
    to->SetValue("POINTS", map.points.empty() ? "[]" : map.points);
    to->SetValue("FILLS", map.fills);
    to->SetValue("TILES", tiles);
    to->SetValue("ATTRIBUTION", attribution);
  }

  void operator()(const Form& form) const;
};

const char* SectionOf(Input::Kind kind) {
  switch (kind) {
    case Input::Kind::kText:
      return "AS_TEXT";
    case Input::Kind::kChoice:
      return "AS_CHOICE";
    case Input::Kind::kRadios:
      return "AS_RADIOS";
    default:
      return "AS_LINE";
  }
}

const char* TypeOf(Input::Kind kind) {
  switch (kind) {
    case Input::Kind::kDate:
      return "date";
    case Input::Kind::kPassword:
      return "password";
    default:
      return "text";
  }
}

void Fill(TemplateDictionary& to, const Input& input) {
  const std::string id = input.Id();
  to.SetValue("ID", id);
  to.SetValue("NAME", input.name);
  to.SetValue("LABEL", input.label);
  Show(to, "HAS_HINT", "HINT", input.hint);
  Show(to, "HAS_ERROR", "ERROR", input.error);
  if (!input.error.empty()) to.ShowSection("IS_WRONG");
  TemplateDictionary* as = to.AddSectionDictionary(SectionOf(input.kind));
  std::string described;
  if (!input.hint.empty()) described = id + "-hint";
  if (!input.error.empty()) absl::StrAppend(&described, described.empty() ? "" : " ", id, "-error");
  Show(*as, "IS_DESCRIBED", "DESCRIBED", described);
  if (!input.error.empty()) as->ShowSection("IS_WRONG");
  as->SetValue("TYPE", TypeOf(input.kind));
  as->SetValue("VALUE", input.value);
  Show(*as, "COMPLETES", "AUTOCOMPLETE", input.autocomplete);
  if (input.kind == Input::Kind::kNumber) as->ShowSection("IS_NUMBER");
  if (!input.known.empty()) {
    TemplateDictionary* list = as->AddSectionDictionary("IS_KNOWN");
    for (const std::string& known : input.known)
      list->AddSectionDictionary("KNOWN")->SetValue("VALUE", known);
  }
  for (size_t i = 0; i < input.options.size(); ++i) {
    TemplateDictionary* option = as->AddSectionDictionary("OPTION");
    option->SetValue("VALUE", input.options[i].value);
    option->SetValue("TEXT", input.options[i].text);
    option->SetValue("OPTION_ID", i == 0 ? id : absl::StrCat(id, "-", i + 1));
    option->SetValue("OPTION_NAME", input.name);
    if (input.options[i].value == input.value) option->ShowSection("IS_CHOSEN");
  }
}

void Filler::operator()(const Form& form) const {
  TemplateDictionary* to = Include(page, "form.html");
  to->SetValue("FORM_ID", form.id);
  to->SetValue("ACTION", form.action);
  to->SetValue("METHOD", form.only_asks ? "get" : "post");
  to->SetValue("BUTTON", form.button);
  to->ShowSection(form.only_asks ? "ASKS" : "TELLS");
  for (const auto& [name, value] : form.hidden) {
    TemplateDictionary* hidden = to->AddSectionDictionary("HIDDEN");
    hidden->SetValue("NAME", name);
    hidden->SetValue("VALUE", value);
  }
  for (const Input& input : form.inputs) Fill(*to->AddSectionDictionary("INPUT"), input);
}

/// What is wrong on a page, before everything else of it.
void FillErrors(TemplateDictionary& to, const Page& page) {
  TemplateDictionary* summary = nullptr;
  auto add = [&](const char* section, const std::string& text) {
    if (summary == nullptr) summary = to.AddSectionDictionary("ERRORS");
    TemplateDictionary* error =
        summary->AddSectionDictionary("ERROR")->AddSectionDictionary(section);
    error->SetValue("TEXT", text);
    return error;
  };
  for (const Block& block : page.blocks) {
    const Form* form = std::get_if<Form>(&block);
    if (form == nullptr) continue;
    for (const std::string& error : form->errors) add("OF_ALL", error);
    for (const Input& input : form->inputs) {
      if (!input.error.empty()) add("OF_ONE", input.error)->SetValue("ID", input.Id());
    }
  }
  if (summary != nullptr) to.ShowSection("TITLE_ERROR");
}

std::vector<Link> NavigationOf(const Visitor& visitor, const std::string& council) {
  if (!visitor.signed_in() || council.empty()) return {};
  const std::string base = "/councils/" + council;
  std::vector<Link> links = {{"Start", base}, {"Calls", base + "/calls"}};
  if (visitor.Has("coordinator") || visitor.Has("administrator"))
    links.push_back({"Triage", base + "/triage"});
  links.push_back({"Wards", base + "/wards"});
  links.push_back({"Teams", base + "/teams"});
  if (visitor.Has("officer")) links.push_back({"My actions", base + "/actions"});
  links.push_back({"Scrutiny", base + "/scrutiny"});
  links.push_back({"Figures", base + "/figures"});
  if (visitor.Has("administrator")) links.push_back({"Administration", base + "/admin"});
  return links;
}

}  // namespace

std::string Render(const Page& page, const Visitor& visitor, const std::string& council,
                   const std::string& tiles, const std::string& attribution) {
  LoadTemplates();
  TemplateDictionary to("page");
  to.SetValue("TITLE", page.title);
  to.SetValue("STYLE", AssetUrl("console.css"));
  to.SetValue("SCRIPT", AssetUrl("console.js"));
  to.SetValue("ICON", AssetUrl("icon.svg"));
  to.SetValue("LICENCES", AssetUrl("third-party.txt"));
  Show(to, "HAS_KIND", "KIND", page.kind);
  if (!page.back.href.empty()) {
    TemplateDictionary* back = to.AddSectionDictionary("HAS_BACK");
    back->SetValue("TEXT", page.back.text);
    back->SetValue("HREF", page.back.href);
  }
  Show(to, "HAS_DONE", "DONE", page.done);
  if (!page.live.empty() && visitor.signed_in())
    to.AddSectionDictionary("IS_LIVE")->SetValue("EVENTS", "/councils/" + page.live + "/live");
  if (visitor.signed_in()) {
    TemplateDictionary* signed_in = to.AddSectionDictionary("SIGNED_IN");
    signed_in->SetValue("WHO", visitor.who.id);
    signed_in->SetValue("CSRF", ProofOf(visitor.token));
  } else {
    to.ShowSection("SIGNED_OUT");
  }
  const std::vector<Link> navigation = NavigationOf(visitor, council);
  if (!navigation.empty()) {
    TemplateDictionary* shown = to.AddSectionDictionary("NAVIGATION");
    for (const Link& link : navigation) {
      TemplateDictionary* item = shown->AddSectionDictionary("LINK");
      item->SetValue("TEXT", link.text);
      item->SetValue("HREF", link.href);
    }
  }
  FillErrors(to, page);
  for (const Block& block : page.blocks) std::visit(Filler{to, tiles, attribution}, block);
  std::string html;
  ctemplate::ExpandTemplate("page.html", kStrip, &to, &html);
  return html;
}

}  // namespace ccfa::gateway::console
