#include "common/rpc/paging.h"

#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/core/refusal.h"

namespace ccfa::rpc {
namespace {

std::string Mark(absl::string_view list) {
  uint64_t fingerprint = Fingerprint(list);
  std::string mark(sizeof fingerprint, '\0');
  std::memcpy(mark.data(), &fingerprint, sizeof fingerprint);
  return mark;
}

}  // namespace

absl::StatusOr<Page> Page::Of(int32_t page_size, absl::string_view page_token,
                              absl::string_view list, int default_size) {
  if (page_size < 0) return InvalidField("page_size", "must not be negative");
  Page page;
  page.size_ = page_size == 0 ? default_size : std::min(page_size, kLargest);
  page.list_ = std::string(list);
  if (page_token.empty()) return page;
  std::string token, mark = Mark(list);
  if (!absl::WebSafeBase64Unescape(page_token, &token) || token.size() <= mark.size() ||
      token.compare(0, mark.size(), mark) != 0) {
    return InvalidField("page_token",
                        "is not a token of this list: parent and filters must be those "
                        "of the request that gave it");
  }
  page.after_ = token.substr(mark.size());
  return page;
}

bool Page::Take(absl::string_view entry) {
  if (taken_ == size_) {
    more_ = true;
    return false;
  }
  ++taken_;
  last_ = std::string(entry);
  return true;
}

std::string Page::NextToken() const {
  return more_ ? absl::WebSafeBase64Escape(absl::StrCat(Mark(list_), last_)) : "";
}

}  // namespace ccfa::rpc
