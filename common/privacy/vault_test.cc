#include "common/privacy/vault.h"

#include <gtest/gtest.h>

#include <map>

#include "common/core/refusal.h"

namespace ccfa::privacy {
namespace {

constexpr char kCaller[] = "councils/E1/callers/0123456789abcdef";
const std::string kFirst(64, 'a'), kSecond(64, 'b');

using Keys = std::map<std::string, v1::WrappedKey>;

/// Keys in a map that outlives it, for one council.
class KeysInMemory final : public KeyStore {
 public:
  explicit KeysInMemory(Keys& keys) : keys_(keys) {}

  absl::StatusOr<std::optional<v1::WrappedKey>> Get(const std::string& name) const override {
    auto key = keys_.find(name);
    if (key == keys_.end()) return std::nullopt;
    return key->second;
  }
  absl::StatusOr<v1::WrappedKey> Make(const std::string& name, const v1::WrappedKey& key) override {
    return keys_.emplace(name, key).first->second;
  }
  absl::Status Rewrap(const Keys& keys) override {
    for (const auto& [name, key] : keys) keys_[name] = key;
    return absl::OkStatus();
  }
  absl::Status Destroy(const std::vector<std::string>& names) override {
    for (const std::string& name : names) keys_.erase(name);
    return absl::OkStatus();
  }
  absl::Status Each(
      const std::string&,
      const std::function<absl::Status(const std::string& name)>& visit) const override {
    for (const auto& [name, key] : Keys(keys_)) {
      if (absl::Status status = visit(name); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  Keys& keys_;
};

std::unique_ptr<Vault> VaultOver(Keys& keys, const std::string& master) {
  return std::make_unique<Vault>(*MasterKeys::Parse(master), std::make_unique<KeysInMemory>(keys));
}

// F57
TEST(Vault, FindsTheKeyItMade) {
  Keys keys;
  auto vault = VaultOver(keys, kFirst);
  const v1::Sealed sealed = vault->FindOrMake(kCaller)->Seal("1", "a text");
  EXPECT_EQ(vault->FindOrMake(kCaller)->Open("1", sealed).value(), "a text");
  EXPECT_EQ(VaultOver(keys, kFirst)->Find(kCaller)->Open("1", sealed).value(), "a text");
  EXPECT_EQ(vault->Find(kCaller)->FingerprintOf("x"), vault->Find(kCaller)->FingerprintOf("x"));
}

// F73
TEST(Vault, OpensNothingOnceTheKeyIsDestroyed) {
  Keys keys;
  auto vault = VaultOver(keys, kFirst);
  const v1::Sealed sealed = vault->FindOrMake(kCaller)->Seal("1", "a text");
  ASSERT_TRUE(vault->Destroy({kCaller}).ok());
  EXPECT_TRUE(absl::IsNotFound(vault->Find(kCaller).status()));
  // Another key of the same name opens nothing of the first.
  EXPECT_EQ(vault->FindOrMake(kCaller)->Open("1", sealed).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(Vault, WrapsAnewByANewMasterKeySoThatTheOldOneMayGo) {
  Keys keys;
  const v1::Sealed sealed = VaultOver(keys, kFirst)->FindOrMake(kCaller)->Seal("1", "a text");
  EXPECT_EQ(ReasonOf(VaultOver(keys, kSecond)->Find(kCaller).status()), "MASTER_KEY_UNKNOWN");
  auto both = VaultOver(keys, kSecond + "\n" + kFirst);
  EXPECT_EQ(both->Rewrap("E1").value(), 1);
  EXPECT_EQ(both->Rewrap("E1").value(), 0);
  EXPECT_EQ(VaultOver(keys, kSecond)->Find(kCaller)->Open("1", sealed).value(), "a text");
}

TEST(Vault, RefusesWhileItIsClosed) {
  Vault closed;
  EXPECT_EQ(ReasonOf(closed.FindOrMake(kCaller).status()), "KEYS_MISSING");
  EXPECT_EQ(ReasonOf(closed.Find(kCaller).status()), "KEYS_MISSING");
  EXPECT_TRUE(closed.Destroy({kCaller}).ok());
}

}  // namespace
}  // namespace ccfa::privacy
