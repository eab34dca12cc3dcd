#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace ccfa::ctl {

/// A message as one line of JSON, with the protos' own field names.
std::string ToJson(const google::protobuf::Message& message);

/// A message for people: a field a line, nested ones indented, empty ones left out.
void PrintFields(std::ostream& out, const google::protobuf::Message& message, int indent = 0);

/// A list for people: a row a message, a column a field ("details.summary"), as wide as it needs.
class Table {
 public:
  explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}
  void Add(const google::protobuf::Message& message);
  /// A row that is no message, a cell a column.
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Without heads where it goes on with a table that has them.
  void Print(std::ostream& out, bool with_heads = true) const;
  /// An object a line, with the columns for names.
  void PrintJson(std::ostream& out) const;
  bool empty() const { return rows_.empty(); }

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace ccfa::ctl
