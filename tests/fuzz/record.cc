#include "absl/strings/match.h"
#include "ccfa/intake/v1/events.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "ccfa/routing/v1/events.pb.h"
#include "ccfa/sara/v1/events.pb.h"
#include "ccfa/scrutiny/v1/events.pb.h"
#include "common/engine/event.h"
#include "tests/fuzz/fuzz.h"

namespace {

template <class Event>
void Decode(const std::string& data) {
  Event event;
  if (!event.ParseFromString(data)) return;
  const google::protobuf::Message* inner = ccfa::engine::InnerEvent(event);
  if (inner != nullptr) ccfa::engine::SubjectOf(*inner);
}

}  // namespace

// A journal's bytes: a reader learns the type without decoding the rest, and decodes the rest or
// says that it cannot.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view bytes = ccfa::fuzz::TextOf(data, size);
  ccfa::engine::TypeOf(bytes);
  ccfa::record::v1::Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return 0;
  // As the topic's name would say.
  if (absl::StrContains(record.type(), "intake")) Decode<ccfa::intake::v1::Event>(record.data());
  if (absl::StrContains(record.type(), "routing")) Decode<ccfa::routing::v1::Event>(record.data());
  if (absl::StrContains(record.type(), "sara")) Decode<ccfa::sara::v1::Event>(record.data());
  if (absl::StrContains(record.type(), "scrutiny"))
    Decode<ccfa::scrutiny::v1::Event>(record.data());
  std::string written = record.SerializeAsString();
  if (!record.type().empty() && record.type().size() < 128) {
    ccfa::fuzz::Require(ccfa::engine::TypeOf(written) == absl::string_view(record.type()),
                        "a record's type is found without decoding it");
  }
  return 0;
}
