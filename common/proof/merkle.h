#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace ccfa::proof {

/// The Merkle tree of RFC 9162 (section 2.1) with BLAKE2b-256. Leaves and nodes are hashed apart,
/// so that neither can be passed off as the other.
std::string LeafHash(absl::string_view record);
std::string NodeHash(absl::string_view left, absl::string_view right);

/// The root over leaves that are added one by one, in memory that grows with the logarithm of their
/// number.
class MerkleRoot {
 public:
  void Add(std::string leaf);
  uint64_t size() const { return size_; }
  std::string Get() const;

 private:
  uint64_t size_ = 0;
  /// The roots of full subtrees, largest first: one for each bit of the size.
  std::vector<std::string> full_;
};

/// The whole tree, about 64 bytes a leaf, for the paths in it.
class MerkleTree {
 public:
  explicit MerkleTree(std::vector<std::string> leaves);
  /// The hashes beside the way from a leaf, of those there are, to the root.
  std::vector<std::string> PathOf(uint64_t index) const;

 private:
  /// The leaves, then each level above; a node without a neighbour moves up as it is.
  std::vector<std::vector<std::string>> levels_;
};

/// The root that a leaf and its path lead to, in a tree of `size`; none when the path has not the
/// length it must have there.
std::optional<std::string> RootOf(std::string leaf, uint64_t index, uint64_t size,
                                  const std::vector<std::string>& path);

}  // namespace ccfa::proof
