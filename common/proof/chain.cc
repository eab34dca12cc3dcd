#include "common/proof/chain.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"

namespace ccfa::proof {
namespace {

std::string Short(absl::string_view hash) {
  return hash.empty() ? "none" : absl::BytesToHexString(hash.substr(0, 6));
}

}  // namespace

absl::Status Chain::Add(absl::string_view bytes) {
  record::v1::Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(absl::StrCat(topic_, " behind seq ", seq_, ", record ",
                                            records() + 1, " of ", council_,
                                            ": cannot be decoded"));
  }
  const std::string place =
      absl::StrCat(topic_, " seq ", record.seq(), ", record ", records() + 1, " of ", council_);
  if (record.council() != council_) {
    return absl::DataLossError(
        absl::StrCat(place, ": expected a record of ", council_, ", found another council's"));
  }
  if (record.seq() <= seq_) {
    return absl::DataLossError(absl::StrCat(place, ": expected a seq above ", seq_));
  }
  if (record.previous_hash() != hash_) {
    return absl::DataLossError(
        absl::StrCat(place, ": follows ", Short(record.previous_hash()),
                     ", but the record before it, seq ", seq_, ", is ", Short(hash_),
                     ": one of the two was altered, or one between them dropped or inserted"));
  }
  seq_ = record.seq();
  hash_ = Digest(bytes);
  root_.Add(LeafHash(bytes));
  return absl::OkStatus();
}

}  // namespace ccfa::proof
