#include "common/engine/receipt.h"

#include "absl/strings/str_cat.h"

namespace ccfa::engine {

Receipt ReceiptOf(const Record& record, absl::string_view topic, absl::string_view advice) {
  Receipt receipt;
  receipt.set_name(record.subject());
  receipt.set_event(record.type());
  receipt.set_event_id(absl::StrCat(topic, "/0/", record.seq()));
  *receipt.mutable_time() = record.time();
  receipt.set_etag(absl::StrCat(record.seq()));
  receipt.set_advice(std::string(advice));
  return receipt;
}

}  // namespace ccfa::engine
