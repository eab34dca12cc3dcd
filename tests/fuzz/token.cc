#include "common/identity/token.h"

#include "absl/strings/str_cat.h"
#include "common/identity/base64url.h"
#include "common/identity/caller.h"
#include "common/identity/key_set.h"
#include "common/identity/verifier.h"
#include "tests/fuzz/fuzz.h"

namespace ccfa::identity {
namespace {

class NoKeys final : public KeySource {
 public:
  std::shared_ptr<const KeySet> Keys() override { return keys_; }

 private:
  std::shared_ptr<const KeySet> keys_ = std::make_shared<const KeySet>();
};

}  // namespace
}  // namespace ccfa::identity

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ccfa::identity;
  absl::string_view text = ccfa::fuzz::TextOf(data, size);
  static NoKeys keys;
  static DenyList denied("");
  static const ccfa::SystemTime time;
  static Verifier verifier({.issuer = "ccfa", .audience = "ccfa", .names = {}}, keys, denied, time);
  ccfa::fuzz::Require(!verifier.Verify(text).ok(), "nobody's token is taken");
  absl::StatusOr<Token> token = ParseToken(text);
  if (!token.ok()) return 0;
  ccfa::fuzz::Require(absl::StrCat(token->text, ".", ToBase64Url(token->signature)) == text,
                      "a token is written in one way");
  absl::StatusOr<Caller> caller = ToCaller(token->claims, {});
  ccfa::fuzz::Require(!caller.ok() || !caller->roles.empty(), "whoever is known has a role");
  return 0;
}
