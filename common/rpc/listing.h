#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/rpc/paging.h"
#include "common/state/table.h"

namespace ccfa::rpc {

/// Get: the row of that name. INVALID_ARGUMENT for a name of another form, NOT_FOUND.
template <class Row>
absl::Status GetRow(const state::Table<Row>& table, absl::string_view field,
                    const std::string& name, absl::string_view pattern, Row& reply) {
  if (absl::Status form = CheckName(field, name, pattern); !form.ok()) return form;
  auto row = table.Get(name);
  if (!row) return NotFound(field, name);
  reply = *std::move(row);
  return absl::OkStatus();
}

/// List: one page of the rows whose name starts with `prefix`. `add` gives the reply's next
/// element.
template <class Row, class Request, class Response, class Add>
absl::Status ListRows(const state::Table<Row>& table, const std::string& prefix,
                      const Request& request, Response& reply, Add add) {
  absl::StatusOr<Page> page = Page::Of(request.page_size(), request.page_token(),
                                       absl::StrCat(request.GetTypeName(), " ", prefix));
  if (!page.ok()) return page.status();
  table.Scan(prefix, page->after(), [&](absl::string_view name, const Row& row) {
    if (!page->Take(name)) return false;
    *add() = row;
    return true;
  });
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

/// List: one page of what several partitions' tables hold together, by name.
template <class Row, class Request, class Response, class Add>
absl::Status ListMerged(const std::vector<const state::Table<Row>*>& tables,
                        const std::string& prefix, const Request& request, Response& reply,
                        Add add) {
  absl::StatusOr<Page> page = Page::Of(request.page_size(), request.page_token(),
                                       absl::StrCat(request.GetTypeName(), " ", prefix));
  if (!page.ok()) return page.status();
  std::map<std::string, Row> rows;
  for (const state::Table<Row>* table : tables) {
    int taken = 0;
    table->Scan(prefix, page->after(), [&](absl::string_view name, const Row& row) {
      rows[std::string(name)] = row;
      return ++taken <= Page::kLargest;
    });
  }
  for (auto& [name, row] : rows) {
    if (!page->Take(name)) break;
    *add() = std::move(row);
  }
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

/// List: one page of a council's rows, by the request's `parent`.
template <class Row, class Request, class Response, class Add>
absl::Status ListOfCouncil(const state::Table<Row>& table, const Request& request, Response& reply,
                           Add add) {
  if (absl::Status parent = CheckName("parent", request.parent(), "councils/*"); !parent.ok()) {
    return parent;
  }
  return ListRows(table, request.parent() + "/", request, reply, add);
}

/// List: one page of an index, of the entries under exactly `part`.
template <class Row, class Request, class Response, class Add>
absl::Status ListIndex(const state::Table<Row>& table, char index, const std::string& part,
                       const Request& request, Response& reply, Add add) {
  absl::StatusOr<Page> page = Page::Of(request.page_size(), request.page_token(),
                                       absl::StrCat(request.GetTypeName(), " ", part));
  if (!page.ok()) return page.status();
  table.ScanIndex(index, part + state::kPartEnd, page->after(),
                  [&](absl::string_view entry, const Row& row) {
                    if (!page->Take(entry)) return false;
                    *add() = row;
                    return true;
                  });
  reply.set_next_page_token(page->NextToken());
  return absl::OkStatus();
}

}  // namespace ccfa::rpc
