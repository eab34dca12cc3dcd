#include "common/rpc/paging.h"
#include "tests/fuzz/fuzz.h"

// A token that is taken leads to where it says, and is given again for that place.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using ccfa::rpc::Page;
  absl::string_view token = ccfa::fuzz::TextOf(data, size);
  auto page = Page::Of(1, token, "calls of E1");
  if (!page.ok() || token.empty()) return 0;
  ccfa::fuzz::Require(!page->after().empty(), "a token says where to go on");
  page->Take(page->after());
  page->Take("one more");
  auto same = Page::Of(1, page->NextToken(), "calls of E1");
  ccfa::fuzz::Require(same.ok() && same->after() == page->after(), "tokens are stable");
  ccfa::fuzz::Require(!Page::Of(1, token, "calls of E2").ok(), "a token is its list's own");
  return 0;
}
