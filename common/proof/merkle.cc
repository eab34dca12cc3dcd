#include "common/proof/merkle.h"

#include "common/core/hash.h"

namespace ccfa::proof {
namespace {

constexpr absl::string_view kLeaf("\x00", 1);
constexpr absl::string_view kNode("\x01", 1);

}  // namespace

std::string LeafHash(absl::string_view record) {
  Digester digester;
  digester.Add(kLeaf);
  digester.Add(record);
  return digester.Finish();
}

std::string NodeHash(absl::string_view left, absl::string_view right) {
  Digester digester;
  digester.Add(kNode);
  digester.Add(left);
  digester.Add(right);
  return digester.Finish();
}

void MerkleRoot::Add(std::string leaf) {
  full_.push_back(std::move(leaf));
  // As a carry in binary: two full subtrees of one size are one of twice the size.
  for (uint64_t carry = size_++; carry & 1; carry >>= 1) {
    std::string right = std::move(full_.back());
    full_.pop_back();
    full_.back() = NodeHash(full_.back(), right);
  }
}

std::string MerkleRoot::Get() const {
  if (full_.empty()) return Digest("");
  std::string root = full_.back();
  for (size_t i = full_.size() - 1; i-- > 0;) root = NodeHash(full_[i], root);
  return root;
}

MerkleTree::MerkleTree(std::vector<std::string> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<std::string>& below = levels_.back();
    std::vector<std::string> level;
    level.reserve((below.size() + 1) / 2);
    for (size_t i = 0; i + 1 < below.size(); i += 2)
      level.push_back(NodeHash(below[i], below[i + 1]));
    if (below.size() % 2 == 1) level.push_back(below.back());
    levels_.push_back(std::move(level));
  }
}

std::vector<std::string> MerkleTree::PathOf(uint64_t index) const {
  std::vector<std::string> path;
  for (const std::vector<std::string>& level : levels_) {
    const uint64_t neighbour = index ^ 1;
    if (neighbour < level.size()) path.push_back(level[neighbour]);
    index >>= 1;
  }
  return path;
}

std::optional<std::string> RootOf(std::string leaf, uint64_t index, uint64_t size,
                                  const std::vector<std::string>& path) {
  if (index >= size) return std::nullopt;
  std::string hash = std::move(leaf);
  size_t used = 0;
  for (; size > 1; index >>= 1, size = size / 2 + size % 2) {
    if ((index ^ 1) >= size) continue;
    if (used == path.size()) return std::nullopt;
    const std::string& neighbour = path[used++];
    hash = index % 2 == 0 ? NodeHash(hash, neighbour) : NodeHash(neighbour, hash);
  }
  return used == path.size() ? std::optional(hash) : std::nullopt;
}

}  // namespace ccfa::proof
