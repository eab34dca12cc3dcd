#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ccfa/proof/v1/proof.pb.h"
#include "common/proof/chain.h"

namespace ccfa::proof {

/// What a head says of a topic's records, as far as they are there.
struct Covered {
  std::string topic;
  /// How many the head names, all of which are as they were.
  uint64_t covered = 0;
  /// How many came after it was made: each follows the one before, and no more is known of them.
  uint64_t later = 0;
};

/// Compares a council's records, topic after topic, with a head that was signed at that moment or
/// earlier. Memory does not grow with the records.
class HeadCheck {
 public:
  explicit HeadCheck(const v1::Head& head);

  /// DATA_LOSS with the place: which topic and seq, what was expected, what is there.
  absl::Status Add(const std::string& topic, absl::string_view record);

  /// Once all were added. DATA_LOSS when records that the head names are missing.
  absl::StatusOr<std::vector<Covered>> Finish() const;

 private:
  struct Topic {
    v1::TopicHead expected;
    Chain chain;
  };
  std::string council_;
  std::map<std::string, Topic> topics_;
};

}  // namespace ccfa::proof
