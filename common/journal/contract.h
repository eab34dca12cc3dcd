#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"
#include "common/journal/journal.h"

namespace ccfa::journal {

/// Where journals of one kind are kept, for as long as a test takes.
class Shelf {
 public:
  virtual ~Shelf() = default;
  /// The journal of a topic, "one" or "two"; the same until `Reopen`.
  virtual Journal& Of(const std::string& topic) = 0;
  /// Ends the writer, so to say, and starts it again on what was kept.
  virtual void Reopen() = 0;
};

/// A kind of journal.
struct Kind {
  std::string name;
  std::function<std::unique_ptr<Shelf>()> new_shelf;
};

inline void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}

/// What every journal promises, whoever keeps it. Each kind is instantiated in a test of its own:
/// INSTANTIATE_TEST_SUITE_P(Embedded, JournalContract, ...).
class JournalContract : public ::testing::TestWithParam<Kind> {
 protected:
  using Records = std::vector<std::pair<uint64_t, std::string>>;

  Journal& one() { return shelf_->Of("one"); }
  Journal& two() { return shelf_->Of("two"); }

  /// Appends these as the next records, in one go.
  static void Append(Journal& journal, const std::vector<std::string>& texts,
                     Durability durability = Durability::kNow) {
    std::vector<Sealed> records;
    uint64_t seq = *journal.End();
    std::string last;
    EXPECT_TRUE(journal
                    .Read(seq == 0 ? 0 : seq - 1,
                          [&](uint64_t, absl::string_view bytes) {
                            last = std::string(bytes);
                            return true;
                          })
                    .ok());
    for (const std::string& text : texts) {
      records.push_back({++seq, RecordOf(text, journal.epoch(), seq, last)});
      last = records.back().bytes;
    }
    absl::Status appended = journal.Append(records, durability);
    EXPECT_TRUE(appended.ok()) << appended;
  }

  /// A record that follows `last`, with the text as its event.
  static std::string RecordOf(const std::string& text, uint64_t epoch, uint64_t seq,
                              const std::string& last) {
    record::v1::Record record;
    record.set_type("test.Event");
    record.mutable_time()->set_seconds(1'790'000'000);
    record.set_council("E1");
    record.set_epoch(epoch);
    record.set_seq(seq);
    if (!last.empty()) record.set_previous_hash(Digest(last));
    record.set_data(text);
    return record.SerializeAsString();
  }
  static std::string TextOf(absl::string_view bytes) {
    record::v1::Record record;
    EXPECT_TRUE(record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    return record.data();
  }

  static Records After(const Journal& journal, uint64_t offset, size_t at_most = SIZE_MAX) {
    Records records;
    absl::Status read = journal.Read(offset, [&](uint64_t at, absl::string_view bytes) {
      records.emplace_back(at, TextOf(bytes));
      return records.size() < at_most;
    });
    EXPECT_TRUE(read.ok()) << read;
    return records;
  }

  std::unique_ptr<Shelf> shelf_ = GetParam().new_shelf();
};

TEST_P(JournalContract, StartsEmpty) {
  EXPECT_EQ(*one().End(), 0);
  EXPECT_EQ(After(one(), 0), Records());
}

TEST_P(JournalContract, NumbersRecordsFromOneWithoutGaps) {
  Append(one(), {"a"});
  Append(one(), {"b", "c", "d"});
  Append(one(), {"e"});
  EXPECT_EQ(*one().End(), 5);
  EXPECT_EQ(After(one(), 0), (Records{{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}, {5, "e"}}));
}

TEST_P(JournalContract, ReadsWhatComesAfterAnOffsetUntilItIsToldToStop) {
  Append(one(), {"a", "b", "c", "d"});
  EXPECT_EQ(After(one(), 2), (Records{{3, "c"}, {4, "d"}}));
  EXPECT_EQ(After(one(), 1, 2), (Records{{2, "b"}, {3, "c"}}));
  EXPECT_EQ(After(one(), 4), Records());
  EXPECT_EQ(After(one(), 1000), Records());
}

TEST_P(JournalContract, KeepsOrderOverMoreThanAByteOfOffsets) {
  for (int i = 0; i < 70; ++i) Append(one(), {"a", "b", "c", "d", "e", "f", "g", "h"});
  Records last = After(one(), 554);
  ASSERT_EQ(last.size(), 6);
  EXPECT_EQ(last.front().first, 555);
  EXPECT_EQ(last.back().first, 560);
}

TEST_P(JournalContract, KeepsEveryByte) {
  std::string every_byte, large(1 << 19, 'x');
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  Append(one(), {"", every_byte, large});
  EXPECT_EQ(After(one(), 0), (Records{{1, ""}, {2, every_byte}, {3, large}}));
}

TEST_P(JournalContract, TakesAnAppendOfNothing) {
  Append(one(), {"a"});
  Append(one(), {});
  EXPECT_EQ(*one().End(), 1);
}

TEST_P(JournalContract, IsThereAgainAfterAReopen) {
  Append(one(), {"a", "b"}, Durability::kWithNext);
  Append(one(), {"c"});
  shelf_->Reopen();
  EXPECT_EQ(*one().End(), 3);
  Append(one(), {"d"});
  EXPECT_EQ(After(one(), 0), (Records{{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}}));
  EXPECT_THAT(one().topic(), ::testing::StartsWith("one"));
}

TEST_P(JournalContract, KeepsTopicsApart) {
  Append(one(), {"a"});
  Append(two(), {"b", "c"});
  EXPECT_EQ(After(one(), 0), (Records{{1, "a"}}));
  EXPECT_EQ(After(two(), 0), (Records{{1, "b"}, {2, "c"}}));
}

/// What one ring has heard, from whichever thread it was rung.
class Heard {
 public:
  void Add(const std::string& text) {
    std::lock_guard lock(mutex_);
    texts_.push_back(text);
    heard_.notify_all();
  }
  std::vector<std::string> Await(size_t count) {
    std::unique_lock lock(mutex_);
    heard_.wait_for(lock, std::chrono::seconds(10), [&] { return texts_.size() >= count; });
    return texts_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  std::vector<std::string> texts_;
};

TEST_P(JournalContract, RingsWithWhatWasAppendedOnceItCanBeRead) {
  auto first = std::make_shared<Heard>(), second = std::make_shared<Heard>();
  Journal& journal = one();
  for (const auto& heard : {first, second}) {
    journal.OnAppend([&journal, heard](const std::vector<Sealed>& records) {
      for (const Sealed& record : records) {
        EXPECT_EQ(After(journal, record.seq - 1, 1).front().second, TextOf(record.bytes));
        heard->Add(absl::StrCat(record.seq, " ", TextOf(record.bytes)));
      }
    });
  }
  Append(journal, {"a", "b"});
  EXPECT_THAT(first->Await(2), ::testing::ElementsAre("1 a", "2 b"));
  EXPECT_THAT(second->Await(2), ::testing::ElementsAre("1 a", "2 b"));
}

TEST_P(JournalContract, ShowsReadersRecordsInOrderWhileItIsWritten) {
  constexpr uint64_t kAppends = 100, kEach = 3;
  Journal& journal = one();
  std::atomic<bool> failed = false;
  std::thread reader([&] {
    for (uint64_t end = 0; end < kAppends * kEach && !failed;) {
      Records records = After(journal, end);
      for (const auto& [offset, text] : records) {
        if (offset != ++end || text != absl::StrCat(offset)) failed = true;
      }
    }
  });
  for (uint64_t i = 0; i < kAppends; ++i) {
    Append(journal,
           {absl::StrCat(i * kEach + 1), absl::StrCat(i * kEach + 2), absl::StrCat(i * kEach + 3)});
  }
  reader.join();
  EXPECT_FALSE(failed);
}

}  // namespace ccfa::journal
