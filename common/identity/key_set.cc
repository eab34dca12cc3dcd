#include "common/identity/key_set.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/identity/json_object.h"

namespace ccfa::identity {
namespace {

constexpr size_t kLargest = 256 << 10;

}  // namespace

absl::StatusOr<KeySet> ParseKeySet(absl::string_view text) {
  auto set = text.size() > kLargest ? std::nullopt : ParseObject(text);
  if (!set) return InvalidField("keys", "expected a JSON Web Key Set of at most 256 KiB");
  auto listed = set->find("keys");
  if (listed == set->end() || !listed->is_array())
    return InvalidField("keys", "expected {\"keys\": [...]}");
  KeySet keys;
  for (const nlohmann::json& jwk : *listed) {
    absl::StatusOr<Key> key = Key::FromJwk(jwk);
    if (!key.ok()) continue;
    const std::string id = key->id();
    if (!keys.emplace(id, *std::move(key)).second) {
      return InvalidField("keys", absl::StrCat("two keys have the kid \"", id, "\""));
    }
  }
  if (keys.empty()) {
    return InvalidField("keys", "expected at least one Ed25519, P-256 or RSA key with a kid");
  }
  return keys;
}

}  // namespace ccfa::identity
