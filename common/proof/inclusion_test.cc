#include "common/proof/inclusion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "common/core/refusal.h"
#include "common/proof/given.h"

namespace ccfa::proof {
namespace {

using ::testing::HasSubstr;

v1::Head HeadOfRecords(int count) {
  return HeadOf({ChainOf(kTopic, Recorded(count))}, SigningKey::Make());
}

/// What proves the records about some calls among so many, by a head of the first `named`.
absl::StatusOr<v1::Proof> Prove(int count, const v1::Head& head, std::vector<std::string> names) {
  Prover prover(head, std::move(names));
  for (const std::string& record : Recorded(count)) {
    if (absl::Status added = prover.Add(kTopic, record); !added.ok()) return added;
  }
  return prover.Finish();
}

std::string Call(int number) {
  return absl::StrCat("councils/", kCouncil, "/calls/2026-", number);
}

// F71
RC_GTEST_PROP(CheckProof, FindsEachRecordInTheHeadWithFewHashes, ()) {
  const auto named = *rc::gen::inRange(1, 60);
  const auto later = *rc::gen::inRange(0, 5);
  const auto call = *rc::gen::inRange(1, named + 1);
  const v1::Head head = HeadOfRecords(named);
  auto proof = Prove(named + later, head, {Call(call)});
  RC_ASSERT(proof.ok());
  auto records = CheckProof(*proof, head);
  RC_ASSERT(records.ok());
  RC_ASSERT(records->size() == 1u);
  RC_ASSERT(records->front().subject() == Call(call));
  int height = 0;
  while ((1 << height) < named) ++height;
  RC_ASSERT(proof->records(0).path_size() <= height);
}

// F71
TEST(Prove, GivesNothingOfOthers) {
  const v1::Head head = HeadOfRecords(12);
  auto proof = Prove(12, head, {Call(1), Call(3)});
  ASSERT_TRUE(proof.ok()) << proof.status();
  // Not of 2026-10, 2026-11 and 2026-12, whose names begin the same.
  EXPECT_EQ(proof->records_size(), 2);
}

TEST(Prove, FindsNothingAboutWhatTheHeadDoesNotName) {
  EXPECT_EQ(ReasonOf(Prove(5, HeadOfRecords(5), {Call(6)}).status()), "NOT_FOUND");
  EXPECT_EQ(ReasonOf(Prove(7, HeadOfRecords(5), {Call(6)}).status()), "NOT_FOUND");
}

TEST(Prove, RefusesAJournalThatIsNotTheHeads) {
  EXPECT_TRUE(absl::IsDataLoss(Prove(4, HeadOfRecords(5), {Call(1)}).status()));
}

// F71
TEST(CheckProof, NamesTheRecordThatIsNotInTheJournal) {
  const v1::Head head = HeadOfRecords(9);
  const v1::Proof proof = *Prove(9, head, {Call(4), Call(7)});
  auto said = [&](auto change) {
    v1::Proof changed = proof;
    change(changed);
    auto checked = CheckProof(changed, head);
    EXPECT_TRUE(absl::IsDataLoss(checked.status())) << checked.status();
    return std::string(checked.status().message());
  };
  const std::string second = "ccfa.intake.v1, record 7: ";
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->mutable_record()->back() ^= 1; }),
              HasSubstr(second + "leads to the root"));
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->mutable_path(0)->back() ^= 1; }),
              HasSubstr(second + "leads to the root"));
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->add_path("x"); }),
              HasSubstr(second + "leads to the root of another number"));
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->set_index(7); }),
              HasSubstr("ccfa.intake.v1, record 8: leads to the root"));
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->set_index(9); }),
              HasSubstr("the head has no such record"));
  EXPECT_THAT(said([](auto& one) { one.mutable_records(1)->set_topic("x"); }),
              HasSubstr("the head has no such record"));
  EXPECT_THAT(said([](auto& one) { one.set_council("E08900002"); }), HasSubstr("the head of"));
  EXPECT_THAT(said([](auto& one) { one.clear_records(); }), HasSubstr("no records"));
}

// F71
TEST(CheckProof, IsOfTheHeadItWasMadeAgainst) {
  const v1::Proof proof = *Prove(9, HeadOfRecords(9), {Call(4)});
  EXPECT_TRUE(absl::IsDataLoss(CheckProof(proof, HeadOfRecords(8)).status()));
  EXPECT_TRUE(absl::IsDataLoss(CheckProof(proof, HeadOfRecords(3)).status()));
}

}  // namespace
}  // namespace ccfa::proof
