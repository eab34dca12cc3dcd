#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ccfa/proof/v1/proof.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/proof/head_check.h"

namespace ccfa::proof {

/// Gathers, out of all of a council's records, those about some things, and proves that each is
/// among those that a head names.
class Prover {
 public:
  /// `names`: what the records are about, with everything under it.
  Prover(const v1::Head& head, std::vector<std::string> names)
      : head_(head), names_(std::move(names)), check_(head) {}

  /// All of a council's records, topic after topic. DATA_LOSS as `HeadCheck`.
  absl::Status Add(const std::string& topic, absl::string_view record);

  /// Once all were added. NOT_FOUND when the head names no record about them.
  absl::StatusOr<v1::Proof> Finish() const;

 private:
  uint64_t CountOf(const std::string& topic) const;

  const v1::Head head_;
  const std::vector<std::string> names_;
  HeadCheck check_;
  /// As far as the head names them.
  std::map<std::string, std::vector<std::string>> leaves_;
  std::vector<v1::ProvedRecord> found_;
};

/// Checks each record of a proof against a head, and gives them decoded, in their order. DATA_LOSS
/// naming the first that is not in the journal the head stands for.
absl::StatusOr<std::vector<record::v1::Record>> CheckProof(const v1::Proof& proof,
                                                           const v1::Head& head);

}  // namespace ccfa::proof
