// The engine's promise, on real services: exactly once in effect, and a record that tells when it
// was touched.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/refusal.h"
#include "common/engine/verify.h"
#include "common/journal/embedded.h"
#include "services/intake/reactions.h"
#include "tests/support/place.h"
#include "tests/support/town.h"

namespace ccfa::test_support {
namespace {

using ::testing::HasSubstr;

const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

class Promise : public ::testing::Test {
 protected:
  Promise() { Found(town_); }

  intake::v1::LogCallRequest Call(const std::string& request_id) {
    intake::v1::LogCallRequest request = NewCall();
    request.set_request_id(request_id);
    return request;
  }

  Town town_{kStart};
};

TEST_F(Promise, GivesARepeatedRequestItsFirstAnswerInTheSameTurn) {
  Town::Answer first = town_.Send(Call("one"), kCouncillor),
               second = town_.Send(Call("one"), kCouncillor);
  town_.Settle();
  EXPECT_EQ(Town::AnswerOf(first)->event_id(), Town::AnswerOf(second)->event_id());
  EXPECT_FALSE(Town::AnswerOf(first)->repeated());
  EXPECT_TRUE(Town::AnswerOf(second)->repeated());
}

TEST_F(Promise, GivesARepeatedRequestItsFirstAnswerAfterARestart) {
  absl::StatusOr<Town::Receipt> first = town_.Ask(Call("one"), kCouncillor);
  town_.LiveFor(absl::Hours(30));
  town_.Restart();
  absl::StatusOr<Town::Receipt> again = town_.Ask(Call("one"), kCouncillor);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->repeated());
  again->set_repeated(false);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(Promise, RefusesARequestIdThatComesWithAnotherBody) {
  town_.Do(Call("one"), kCouncillor);
  intake::v1::LogCallRequest other = Call("one");
  other.mutable_details()->set_summary("Something else");
  EXPECT_EQ(town_.Refusal(other, kCouncillor), "REQUEST_ID_REUSED");
}

TEST_F(Promise, KeepsNothingOfARefusedCommandAndAllOfItsNeighbours) {
  intake::v1::LogCallRequest bad = Call("bad");
  bad.mutable_details()->clear_summary();
  Town::Answer first = town_.Send(Call("one"), kCouncillor), refused = town_.Send(bad, kCouncillor),
               last = town_.Send(Call("two"), kCouncillor);
  town_.Settle();
  EXPECT_EQ(FieldOf(Town::AnswerOf(refused).status()), "details.summary");
  EXPECT_TRUE(Town::AnswerOf(first).ok() && Town::AnswerOf(last).ok());
  EXPECT_TRUE(town_.CheckWhole().ok());
}

/// What `verify` says of intake's journal after its rows were changed.
class Tampered : public Promise {
 protected:
  Tampered() {
    for (const char* id : {"one", "two", "three", "four"}) town_.Do(Call(id), kCouncillor);
  }

  static std::string Key(uint64_t offset) { return journal::EmbeddedJournal::KeyOf(0, offset); }
  std::string Get(uint64_t offset) {
    std::string bytes;
    EXPECT_TRUE(db().Get(rocksdb::ReadOptions(), family().get(), Key(offset), &bytes).ok());
    return bytes;
  }
  void Put(uint64_t offset, const std::string& bytes) {
    EXPECT_TRUE(db().Put(rocksdb::WriteOptions(), family().get(), Key(offset), bytes).ok());
  }
  void Drop(uint64_t offset) {
    EXPECT_TRUE(db().Delete(rocksdb::WriteOptions(), family().get(), Key(offset)).ok());
  }
  uint64_t End() { return *town_.host().journals().front()->End(); }
  std::string Damage() {
    auto verdict = engine::Verify(*town_.host().journals().front(), [](uint64_t, uint64_t) {});
    EXPECT_TRUE(verdict.ok());
    return verdict->damage;
  }

 private:
  rocksdb::DB& db() { return town_.host().journal_database().Lease()->db(); }
  state::Family family() { return town_.host().journal_database().Lease()->family(intake::kTopic); }
};

TEST_F(Tampered, SaysNothingOfAWholeJournal) {
  EXPECT_EQ(Damage(), "");
}

TEST_F(Tampered, NamesTheRecordAfterAChangedByte) {
  std::string bytes = Get(End() - 1);
  bytes[bytes.size() / 2] ^= 1;
  Put(End() - 1, bytes);
  EXPECT_THAT(Damage(), HasSubstr("record " + std::to_string(End())));
}

TEST_F(Tampered, NamesADroppedRecord) {
  Drop(End() - 1);
  EXPECT_THAT(Damage(), HasSubstr("expected seq " + std::to_string(End() - 1)));
}

TEST_F(Tampered, NamesTwoSwappedRecords) {
  std::string one = Get(End() - 1), two = Get(End());
  Put(End() - 1, two);
  Put(End(), one);
  EXPECT_THAT(Damage(), HasSubstr("record " + std::to_string(End() - 1)));
}

TEST_F(Tampered, NamesACutTail) {
  uint64_t end = End();
  Drop(end);
  EXPECT_THAT(Damage(), HasSubstr("ends after record " + std::to_string(end - 1)));
}

}  // namespace
}  // namespace ccfa::test_support
