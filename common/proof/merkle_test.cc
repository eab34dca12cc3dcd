#include "common/proof/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/escaping.h"
#include "common/core/hash.h"

namespace ccfa::proof {
namespace {

/// The RFC's definition, word for word: split behind the largest power of two below the number.
std::string Naive(const std::vector<std::string>& leaves, size_t from, size_t to) {
  if (from == to) return Digest("");
  if (to - from == 1) return LeafHash(leaves[from]);
  size_t split = 1;
  while (split * 2 < to - from) split *= 2;
  return NodeHash(Naive(leaves, from, from + split), Naive(leaves, from + split, to));
}

/// The RFC's audit path, likewise.
std::vector<std::string> NaivePath(const std::vector<std::string>& leaves, size_t index,
                                   size_t from, size_t to) {
  if (to - from == 1) return {};
  size_t split = 1;
  while (split * 2 < to - from) split *= 2;
  const size_t middle = from + split;
  const bool is_left = index < split;
  std::vector<std::string> path = is_left ? NaivePath(leaves, index, from, middle)
                                          : NaivePath(leaves, index - split, middle, to);
  path.push_back(is_left ? Naive(leaves, middle, to) : Naive(leaves, from, middle));
  return path;
}

std::string RootOfAll(const std::vector<std::string>& records) {
  MerkleRoot root;
  for (const std::string& record : records) root.Add(LeafHash(record));
  return root.Get();
}

MerkleTree TreeOf(const std::vector<std::string>& records) {
  std::vector<std::string> leaves;
  for (const std::string& record : records) leaves.push_back(LeafHash(record));
  return MerkleTree(std::move(leaves));
}

// F71
TEST(MerkleRoot, IsWhatAnotherProgramMakesOfCertificateTransparencysLeaves) {
  // RFC 6962's own test leaves; the roots by Python's hashlib.
  const std::vector<std::string> leaves = {"",
                                           "00",
                                           "10",
                                           "2021",
                                           "3031",
                                           "40414243",
                                           "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots = {
      "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
      "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314",
      "607844f4b0299f5c45d63dd035de1f8d697711c7f092b8fa82325f670f6d386a",
      "6ee5d7ded74104b2316b73f9843e14d16d9c5f553a39cbd7da7c3c8238fe0b0e",
      "dad1013557a71536d36ab10db2ea4847bed7ded78aa9d2682ffc0e221e758444",
      "a69507075082f2f7bd0e3e23bd31d7082c4c78ce98d87d897f7990eecf7d6ec5",
      "76840409bd8cc8be20c053d9569472d0bbea7b4f483cd5ae0624ef253c64f227",
      "ae8349a901b95ac305157e4ff4f5cf486653fed085ea4dd59a59c9375682933e",
      "59cc7108743d34853ea37ea07558da3407712c7f0fdb76e59753eb243e0c438e"};
  MerkleRoot root;
  EXPECT_EQ(absl::BytesToHexString(root.Get()), roots[0]);
  for (size_t i = 0; i < leaves.size(); ++i) {
    root.Add(LeafHash(absl::HexStringToBytes(leaves[i])));
    EXPECT_EQ(absl::BytesToHexString(root.Get()), roots[i + 1]);
  }
}

TEST(MerkleRoot, TellsALeafFromANode) {
  const std::string left = LeafHash("a"), right = LeafHash("b");
  EXPECT_NE(LeafHash(left + right), NodeHash(left, right));
}

// F71
RC_GTEST_PROP(MerkleRoot, IsTheOneOfTheDefinition, (const std::vector<std::string>& records)) {
  RC_ASSERT(RootOfAll(records) == Naive(records, 0, records.size()));
}

// F71
RC_GTEST_PROP(MerkleTree, PathsAreThoseOfTheDefinitionAndLeadToTheRoot, ()) {
  const auto size = *rc::gen::inRange<size_t>(1, 70);
  const auto records =
      *rc::gen::container<std::vector<std::string>>(size, rc::gen::arbitrary<std::string>());
  const auto index = *rc::gen::inRange<size_t>(0, size);
  const std::vector<std::string> path = TreeOf(records).PathOf(index);
  RC_ASSERT(path == NaivePath(records, index, 0, size));
  RC_ASSERT(RootOf(LeafHash(records[index]), index, size, path) == RootOfAll(records));
}

// F71
RC_GTEST_PROP(RootOf, IsAnotherWhereAnythingIsAnother, ()) {
  const auto size = *rc::gen::inRange<size_t>(2, 40);
  std::vector<std::string> records;
  for (size_t i = 0; i < size; ++i) records.push_back(std::to_string(i));
  const auto index = *rc::gen::inRange<size_t>(0, size);
  const auto other = *rc::gen::distinctFrom(rc::gen::inRange<size_t>(0, size), index);
  const std::string leaf = LeafHash(records[index]), root = RootOfAll(records);
  const std::vector<std::string> path = TreeOf(records).PathOf(index);
  RC_ASSERT(RootOf(LeafHash("x"), index, size, path) != root);
  RC_ASSERT(RootOf(leaf, other, size, path) != root);
  std::vector<std::string> longer = path, shorter = path, changed = path;
  longer.push_back(leaf);
  shorter.pop_back();
  changed[*rc::gen::inRange<size_t>(0, path.size())][0] ^= 1;
  RC_ASSERT(!RootOf(leaf, index, size, longer));
  RC_ASSERT(!RootOf(leaf, index, size, shorter));
  RC_ASSERT(RootOf(leaf, index, size, changed) != root);
  RC_ASSERT(!RootOf(leaf, size, size, path));
}

}  // namespace
}  // namespace ccfa::proof
