#include "common/identity/provider_keys.h"

#include <gmock/gmock.h>

#include <map>

#include "common/core/refusal.h"
#include "common/identity/given.h"

namespace ccfa::identity {
namespace {

constexpr char kIssuer[] = "https://sign-in.example";
constexpr char kDiscovery[] = "https://sign-in.example/.well-known/openid-configuration";

/// A provider whose pages a test sets.
class Provider {
 public:
  Provider() { SetDocument(kIssuer, "https://sign-in.example/keys"); }

  void SetDocument(const std::string& issuer, const std::string& keys_at) {
    Set(kDiscovery, given::Json{{"issuer", issuer}, {"jwks_uri", keys_at}}.dump());
  }
  void SetKeys(const std::vector<std::string>& ids) {
    std::vector<given::Json> keys;
    for (const std::string& id : ids) keys.push_back(given::Signer(id, "EdDSA").Jwk());
    Set("https://sign-in.example/keys", given::Jwks(keys));
  }
  void Set(const std::string& url, const std::string& text) {
    std::lock_guard lock(mutex_);
    pages_[url] = text;
  }
  void GoAway() {
    std::lock_guard lock(mutex_);
    pages_.clear();
  }
  int asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  /// Returns when it has been asked for its document so often.
  void AwaitAsked(int times) {
    std::unique_lock lock(mutex_);
    was_asked_.wait(lock, [&] { return asked_ >= times; });
  }

  ProviderKeys::Fetch Fetcher() {
    return [this](const std::string& url) -> absl::StatusOr<std::string> {
      std::lock_guard lock(mutex_);
      if (url == kDiscovery) ++asked_;
      was_asked_.notify_all();
      if (!pages_.contains(url)) return absl::UnavailableError("away");
      return pages_[url];
    };
  }

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable was_asked_;
  std::map<std::string, std::string> pages_;
  int asked_ = 0;
};

TEST(ProviderKeys, FollowsTheDiscoveryDocument) {
  Provider provider;
  provider.SetKeys({"one"});
  auto keys = ProviderKeys::FetchKeys(kIssuer, provider.Fetcher());
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_THAT(*keys, ::testing::ElementsAre(::testing::Key("one")));
}

TEST(ProviderKeys, RefusesAnotherIssuersDocumentAndKeysInPlainText) {
  Provider provider;
  provider.SetKeys({"one"});
  provider.SetDocument("https://evil.example", "https://sign-in.example/keys");
  EXPECT_EQ(FieldOf(ProviderKeys::FetchKeys(kIssuer, provider.Fetcher()).status()), "issuer");
  provider.SetDocument(kIssuer, "http://sign-in.example/keys");
  EXPECT_EQ(FieldOf(ProviderKeys::FetchKeys(kIssuer, provider.Fetcher()).status()), "jwks_uri");
  provider.Set(kDiscovery, "<html>");
  EXPECT_EQ(FieldOf(ProviderKeys::FetchKeys(kIssuer, provider.Fetcher()).status()), "issuer");
}

// F70
TEST(ProviderKeys, AKeyThatIsMissedIsFetchedAndThoseThatAreKnownAreKept) {
  Provider provider;
  provider.SetKeys({"one"});
  ProviderKeys keys(kIssuer, provider.Fetcher(),
                    {.between = absl::ZeroDuration(), .at_least_every = absl::Hours(1)});
  provider.AwaitAsked(1);
  while (keys.Keys()->empty()) std::this_thread::yield();
  provider.SetKeys({"one", "two"});
  keys.Miss();
  provider.AwaitAsked(2);
  while (keys.Keys()->size() != 2) std::this_thread::yield();
  provider.GoAway();
  keys.Miss();
  // Away, it is asked again and again; what is known stays.
  provider.AwaitAsked(4);
  EXPECT_THAT(*keys.Keys(), ::testing::ElementsAre(::testing::Key("one"), ::testing::Key("two")));
}

TEST(ProviderKeys, IsNotAskedForEachTokenOfAStranger) {
  Provider provider;
  provider.SetKeys({"one"});
  ProviderKeys keys(kIssuer, provider.Fetcher(),
                    {.between = absl::Hours(1), .at_least_every = absl::Hours(1)});
  while (keys.Keys()->empty()) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) keys.Miss();
  EXPECT_EQ(provider.asked(), 1);
}

TEST(FetchHttps, TakesNoPlainText) {
  EXPECT_EQ(FetchHttps("http://127.0.0.1:1/", "").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FetchHttps("file:///etc/hostname", "").status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace ccfa::identity
