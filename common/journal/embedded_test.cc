#include "common/journal/embedded.h"

#include <filesystem>
#include <map>

#include "common/journal/contract.h"

namespace ccfa::journal {
namespace {

/// Journals in a RocksDB in a folder of the test's own.
class EmbeddedShelf final : public Shelf {
 public:
  EmbeddedShelf()
      : folder_(absl::StrCat(::testing::TempDir(), "/journals-", getpid(), "-", ++count_)) {
    std::filesystem::remove_all(folder_);
    Open();
  }
  ~EmbeddedShelf() override {
    Close();
    std::filesystem::remove_all(folder_);
  }

  Journal& Of(const std::string& topic) override { return *journals_.at(topic); }
  void Reopen() override {
    Close();
    Open();
  }

 private:
  void Open() {
    database_ = *state::Database::Open({folder_, {"one", "two"}, state::Holds::kJournals, nullptr});
    for (const char* topic : {"one", "two"}) {
      journals_[topic] = std::make_unique<EmbeddedJournal>(*database_, topic);
    }
  }
  void Close() {
    journals_.clear();
    database_.reset();
  }

  static inline int count_ = 0;
  const std::string folder_;
  std::unique_ptr<state::Database> database_;
  std::map<std::string, std::unique_ptr<EmbeddedJournal>> journals_;
};

INSTANTIATE_TEST_SUITE_P(Embedded, JournalContract,
                         ::testing::Values(Kind{"rocksdb",
                                                [] { return std::make_unique<EmbeddedShelf>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace ccfa::journal
