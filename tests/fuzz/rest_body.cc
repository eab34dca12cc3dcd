#include "ccfa/intake/v1/intake.pb.h"
#include "services/gateway/fields.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::gateway;
  const std::string text(ccfa::fuzz::TextOf(data, size));
  ccfa::intake::v1::LogCallRequest request, again;
  // A field and its text, as a query gives them.
  const size_t equals = text.find('=');
  if (equals != text.npos)
    SetField(request, text.substr(0, equals), text.substr(equals + 1)).IgnoreError();
  request.Clear();
  if (!FromJson(text, request).ok()) return 0;
  ccfa::fuzz::Require(FromJson(ToJson(request), again).ok(), "what is taken is written as JSON");
  ccfa::fuzz::Require(again.SerializeAsString() == request.SerializeAsString(),
                      "and that is the same again");
  return 0;
}
