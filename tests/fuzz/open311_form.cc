#include <pugixml.hpp>

#include "services/gateway/open311_document.h"
#include "services/gateway/open311_filter.h"
#include "services/gateway/open311_report.h"
#include "services/gateway/open311_update.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::gateway::open311;
  Form form;
  if (!form.Read(ccfa::fuzz::TextOf(data, size)).ok()) return 0;
  ReadFilter(form, absl::FromUnixSeconds(1'790'000'000)).IgnoreError();
  ToCommands(form, ccfa::insight::v1::CallStory(), "").IgnoreError();
  auto call = ToCall(form, "E1");
  if (call.ok()) {
    ccfa::fuzz::Require(!call->details().summary().empty() || form.Get("service_code").empty(),
                        "a report has a summary");
    ccfa::fuzz::Require(call->details().summary().find('\n') == std::string::npos,
                        "and that is one line");
  }
  for (const auto& [name, value] : form.all()) {
    const std::string xml = ToXml("errors", Document{{"description", value}});
    pugi::xml_document parsed;
    ccfa::fuzz::Require(
        parsed.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata),
        "what is read can be written as XML");
  }
  return 0;
}
