#include "services/gateway/console/page.h"

#include "absl/strings/ascii.h"

namespace ccfa::gateway::console {

Cell Cell::Tag(std::string text, std::string colour) {
  Cell cell(std::move(text));
  cell.tag = std::move(colour);
  return cell;
}

void Summary::Add(std::string name, Cell value) {
  if (!value.text.empty()) rows.push_back({std::move(name), {std::move(value)}});
}

void Summary::Add(std::string name, std::vector<Cell> values) {
  if (!values.empty()) rows.push_back({std::move(name), std::move(values)});
}

std::string Input::Id() const {
  std::string id = "field-" + name;
  for (char& c : id) {
    if (!absl::ascii_isalnum(c)) c = '-';
  }
  return id;
}

}  // namespace ccfa::gateway::console
