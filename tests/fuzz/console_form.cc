#include "ccfa/intake/v1/intake.pb.h"
#include "services/gateway/console/edited.h"
#include "services/gateway/console/form_fields.h"
#include "services/gateway/console/render.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::gateway::console;
  auto posted = Posted::Parse(ccfa::fuzz::TextOf(data, size));
  if (!posted.ok()) return 0;
  const Command& log = *FindCommand("councils", "log-call");
  ccfa::intake::v1::LogCallRequest request;
  if (FillRequest(log.fields, *posted, "councils/E08900001", request).ok()) {
    for (const auto& tried : request.details().tried()) {
      ccfa::fuzz::Require(tried.ByteSizeLong() > 0, "a list has no gaps");
    }
  }
  Page page{.title = posted->Get("title")};
  for (const auto& [name, value] : posted->all()) page.blocks.push_back(Paragraph{value});
  const std::string html = Render(page, Visitor(), "");
  ccfa::fuzz::Require(html.find("<script>") == std::string::npos, "words are never markup");
  return 0;
}
