#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/state/rows.h"

namespace ccfa::state {

/// Ends one part of a compound index key, so that "a"+"bc" and "ab"+"c" differ.
inline constexpr char kPartEnd = '\x01';

/// A typed table: protobuf rows by name, and the indexes that follow from them. Each table and
/// index has a byte of its own in its service; the byte outlives the name.
template <class Row>
class Table {
 public:
  /// The index keys a row has; none when the row does not belong in the index.
  struct Index {
    char id;
    std::vector<std::string> (*keys)(const Row&);
  };

  Table(Rows& rows, char id, std::vector<Index> indexes = {})
      : rows_(&rows), id_(id), indexes_(std::move(indexes)) {}

  std::optional<Row> Get(absl::string_view key) const {
    auto bytes = rows_->Get(Key(key));
    return bytes ? Parse(*bytes) : std::nullopt;
  }

  bool Contains(absl::string_view key) const { return rows_->Get(Key(key)).has_value(); }

  void Put(absl::string_view key, const Row& row) {
    if (!indexes_.empty()) Reindex(key, Entries(key, Get(key)), Entries(key, row));
    rows_->Put(Key(key), row.SerializeAsString());
  }

  /// Changes a row, or an empty one where there is none, and reads it once.
  template <class Change>
  void Update(absl::string_view key, Change change) {
    std::optional<Row> row = Get(key);
    std::vector<std::string> before = Entries(key, row);
    if (!row) row.emplace();
    change(*row);
    Reindex(key, before, Entries(key, row));
    rows_->Put(Key(key), row->SerializeAsString());
  }

  void Delete(absl::string_view key) {
    if (!indexes_.empty()) Reindex(key, Entries(key, Get(key)), {});
    rows_->Delete(Key(key));
  }

  /// Visits rows whose key starts with `prefix` and comes after the key `after`, until it says
  /// false.
  template <class Visit>
  void Scan(absl::string_view prefix, absl::string_view after, Visit visit) const {
    rows_->Scan(Key(prefix), after.empty() ? "" : Key(after),
                [&](absl::string_view key, absl::string_view bytes) {
                  auto row = Parse(bytes);
                  return row && visit(key.substr(1), *row);
                });
  }

  /// Visits the index entries that start with `prefix` and come after the entry `after`: `visit`
  /// gets the entry, by which a later scan goes on, and the row it points to.
  template <class Visit>
  void ScanIndex(char index, absl::string_view prefix, absl::string_view after, Visit visit) const {
    ScanEntries(index, prefix, after, [&](absl::string_view entry, absl::string_view key) {
      auto row = Get(key);
      return !row || visit(entry, *row);
    });
  }

  /// The same without reading the rows: `visit` gets the entry and the row's key.
  template <class Visit>
  void ScanEntries(char index, absl::string_view prefix, absl::string_view after,
                   Visit visit) const {
    std::string start = absl::StrCat(absl::string_view(&index, 1), prefix);
    std::string from = after.empty() ? "" : absl::StrCat(absl::string_view(&index, 1), after);
    rows_->Scan(start, from, [&](absl::string_view entry, absl::string_view key) {
      return visit(entry.substr(1), key);
    });
  }

 private:
  std::string Key(absl::string_view key) const {
    return absl::StrCat(absl::string_view(&id_, 1), key);
  }

  std::optional<Row> Parse(absl::string_view bytes) const {
    Row row;
    if (row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return row;
    rows_->Report(absl::DataLossError(absl::StrCat("a row of ", row.GetTypeName(), " is damaged")));
    return std::nullopt;
  }

  std::vector<std::string> Entries(absl::string_view key, const std::optional<Row>& row) const {
    std::vector<std::string> entries;
    if (!row) return entries;
    for (const Index& index : indexes_) {
      for (const std::string& part : index.keys(*row)) {
        entries.push_back(absl::StrCat(absl::string_view(&index.id, 1), part,
                                       absl::string_view(&kPartEnd, 1), key));
      }
    }
    return entries;
  }

  void Reindex(absl::string_view key, const std::vector<std::string>& before,
               const std::vector<std::string>& after) {
    for (const std::string& entry : before) {
      if (!absl::c_linear_search(after, entry)) rows_->Delete(entry);
    }
    for (const std::string& entry : after) {
      if (!absl::c_linear_search(before, entry)) rows_->Put(entry, key);
    }
  }

  Rows* rows_;
  char id_;
  std::vector<Index> indexes_;
};

}  // namespace ccfa::state
