#include "common/engine/verify.h"

#include "common/engine/given.h"

namespace ccfa::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Four notes, and a hand on the disk they are on.
class VerifyTest : public NotebookTest {
 protected:
  VerifyTest() {
    for (const char* name : {"a", "b", "c", "d"}) Ask(name);
    while (engine_->Step()) {
    }
  }

  std::string At(uint64_t offset) {
    std::string bytes;
    auto lease = journals_->Lease();
    EXPECT_TRUE(lease->db()
                    .Get(rocksdb::ReadOptions(), lease->family("notes").get(), Key(offset), &bytes)
                    .ok());
    return bytes;
  }
  void Overwrite(uint64_t offset, const std::string& bytes) {
    auto lease = journals_->Lease();
    EXPECT_TRUE(lease->db()
                    .Put(rocksdb::WriteOptions(), lease->family("notes").get(), Key(offset), bytes)
                    .ok());
  }
  std::string Damage() const {
    absl::StatusOr<Verdict> verdict = Verify(*own_, [](uint64_t, uint64_t) {});
    EXPECT_TRUE(verdict.ok()) << verdict.status();
    return verdict.ok() ? verdict->damage : "";
  }

 private:
  static std::string Key(uint64_t offset) { return journal::EmbeddedJournal::KeyOf(0, offset); }
};

// F71
TEST_F(VerifyTest, FindsAWholeJournalWhole) {
  absl::StatusOr<Verdict> verdict = Verify(*own_, [](uint64_t, uint64_t) {});
  ASSERT_TRUE(verdict.ok());
  EXPECT_EQ(verdict->damage, "");
  EXPECT_EQ(verdict->records, 4u);
  EXPECT_EQ(verdict->councils, 1u);
}

// F71
TEST_F(VerifyTest, NoticesAnyByteThatChangedBeforeTheLastRecord) {
  // What stands in a council's last record only a published head can tell: ccfa::proof.
  for (uint64_t offset = 1; offset <= 3; ++offset) {
    const std::string before = At(offset);
    for (size_t i = 0; i < before.size(); ++i) {
      std::string changed = before;
      changed[i] = static_cast<char>(changed[i] ^ 1);
      Overwrite(offset, changed);
      EXPECT_THAT(Damage(), StartsWith("notes record ")) << offset << " byte " << i;
    }
    Overwrite(offset, before);
  }
  EXPECT_EQ(Damage(), "");
}

// F71
TEST_F(VerifyTest, NamesTheRecordBehindOneThatWasAltered) {
  Record record = Records()[1];
  record.set_actor("somebody:else");
  Overwrite(2, record.SerializeAsString());
  EXPECT_THAT(Damage(), HasSubstr("notes record 3 (council E1): follows "));
}

// F71
TEST_F(VerifyTest, NamesWhereOneWasDroppedInsertedOrSwapped) {
  const std::string second = At(2), third = At(3), fourth = At(4);
  Lose(2);
  EXPECT_EQ(Damage(), "notes record 2: expected seq 2, found seq 3 at offset 3");
  Overwrite(2, second);
  // One more between the second and the third, and the others moved up.
  Overwrite(3, second);
  Overwrite(4, third);
  Overwrite(5, fourth);
  EXPECT_EQ(Damage(), "notes record 3: expected seq 3, found seq 2 at offset 3");
  // Numbered anew, it is still in nobody's chain.
  Record forged;
  ASSERT_TRUE(forged.ParseFromString(second));
  forged.set_seq(3);
  Overwrite(3, forged.SerializeAsString());
  EXPECT_THAT(Damage(), HasSubstr("notes record 3 (council E1): follows "));
  Lose(5);
  Overwrite(4, fourth);
  Overwrite(2, third);
  Overwrite(3, second);
  EXPECT_EQ(Damage(), "notes record 2: expected seq 2, found seq 3 at offset 2");
}

// F71
TEST_F(VerifyTest, NamesWhereTheTailIsMissing) {
  Lose(4);
  EXPECT_EQ(Damage(), "notes: ends after record 3, but 4 were written");
}

}  // namespace
}  // namespace ccfa::engine
