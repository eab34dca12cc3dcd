#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/proof/merkle.h"

namespace ccfa::proof {

/// A council's records in one topic, followed from the first: seqs grow, each record carries the
/// hash of the one before it.
class Chain {
 public:
  Chain(std::string council, std::string topic)
      : council_(std::move(council)), topic_(std::move(topic)) {}

  /// DATA_LOSS when it cannot be the next record: where, what was expected, what came.
  absl::Status Add(absl::string_view record);

  const std::string& topic() const { return topic_; }
  uint64_t records() const { return root_.size(); }
  /// Of the last record; 0 and empty when there is none.
  uint64_t seq() const { return seq_; }
  const std::string& hash() const { return hash_; }
  /// Of the tree of all of them.
  std::string root() const { return root_.Get(); }

 private:
  const std::string council_;
  const std::string topic_;
  uint64_t seq_ = 0;
  std::string hash_;
  MerkleRoot root_;
};

}  // namespace ccfa::proof
