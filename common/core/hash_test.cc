#include "common/core/hash.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace ccfa {
namespace {

TEST(Digest, IsBlake2b256) {
  // python3: hashlib.blake2b(b"abc", digest_size=32)
  EXPECT_EQ(absl::BytesToHexString(Digest("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Digester, IsTheDigestOfAllItsPieces) {
  Digester digester;
  digester.Add("ab");
  digester.Add("c");
  EXPECT_EQ(digester.Finish(), Digest("abc"));
}

TEST(Fingerprint, TellsTextsApart) {
  EXPECT_NE(Fingerprint("a"), Fingerprint("b"));
}

}  // namespace
}  // namespace ccfa
