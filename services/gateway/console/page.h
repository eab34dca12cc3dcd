#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ccfa::gateway::console {

/// What a page says, in the order in which it says it; how that looks is the templates' business.
/// Every text is shown as it is, whatever is in it.

struct Link {
  std::string text = {}, href = {};
};

/// One value: plain, as a link, or as a tag of a colour ("red", "green", "grey").
struct Cell {
  std::string text = {};
  std::string href = {};
  std::string tag = {};

  // Most cells are a text alone.
  Cell(std::string of) : text(std::move(of)) {}  // NOLINT(google-explicit-constructor)
  Cell(const char* of) : text(of) {}             // NOLINT(google-explicit-constructor)
  Cell(Link of) : text(std::move(of.text)), href(std::move(of.href)) {}  // NOLINT
  static Cell Tag(std::string text, std::string colour);
};

struct Heading {
  std::string text = {};
  /// What a link within the page leads to; empty: nothing does.
  std::string id = {};
};

struct Paragraph {
  std::string text = {};
};

/// Words that stand out: what is to be known before anything else.
struct Notice {
  std::string text = {};
};

/// A value for each name; those without a value are left out.
struct Summary {
  std::vector<std::pair<std::string, std::vector<Cell>>> rows = {};
  void Add(std::string name, Cell value);
  void Add(std::string name, std::vector<Cell> values);
};

struct Table {
  std::string caption = {};
  std::vector<std::string> columns = {};
  std::vector<std::vector<Cell>> rows = {};
  /// Said in its place where it has no rows.
  std::string if_none = "None.";
  /// The page after this one; empty where there is none.
  std::string next = {};
};

/// What can be done here, or where one can go.
struct Links {
  std::vector<Link> links = {};
};

/// What happened, in order.
struct Timeline {
  struct Entry {
    std::string when = {}, what = {}, who = {}, why = {};
  };
  std::vector<Entry> entries = {};
  std::string next = {};
};

struct Board {
  struct Card {
    Link title = {};
    std::vector<Cell> facts = {};
  };
  struct Column {
    std::string title = {};
    std::vector<Card> cards = {};
    /// Where all of them are; empty where these are all.
    std::string all = {};
  };
  std::vector<Column> columns = {};
};

/// Bars, with the same figures as a table behind them.
struct Chart {
  std::string title = {};
  /// What the bars count: "calls".
  std::string unit = {};
  std::vector<std::pair<std::string, double>> bars = {};
};

/// Areas, and points on them: the URL of a GeoJSON, and JSON.
struct Map {
  std::string areas = {};
  std::string points = {};
  /// The form whose place a click gives; empty: none.
  std::string fills = {};
};

struct Option {
  std::string value = {}, text = {};
};

struct Input {
  enum class Kind { kLine, kText, kNumber, kDate, kPassword, kChoice, kRadios };
  /// The field of the request that it fills.
  std::string name = {};
  std::string label = {};
  std::string hint = {};
  Kind kind = Kind::kLine;
  std::string value = {};
  std::vector<Option> options = {};
  /// What is often typed: offered, and anything else is taken too.
  std::vector<std::string> known = {};
  /// What is wrong with what was typed.
  std::string error = {};
  /// For browsers: "current-password".
  std::string autocomplete = {};

  /// What a label, and the summary of errors, lead to.
  std::string Id() const;
};

struct Form {
  std::string id = {};
  /// Where it goes: with POST, unless it only asks.
  std::string action = {};
  bool only_asks = false;
  std::vector<Input> inputs = {};
  std::vector<std::pair<std::string, std::string>> hidden = {};
  std::string button = {};
  /// What is wrong that is no one input's.
  std::vector<std::string> errors = {};
};

using Block = std::variant<Heading, Paragraph, Notice, Summary, Table, Links, Timeline, Board,
                           Chart, Map, Form>;

struct Page {
  std::string title = {};
  /// What kind of thing it is, above its title.
  std::string kind = {};
  Link back = {};
  std::vector<Block> blocks = {};
  int status = 200;
  /// What was just done, at the top.
  std::string done = {};
  /// The council whose events make it out of date; empty: it is not watched.
  std::string live = {};
};

}  // namespace ccfa::gateway::console
