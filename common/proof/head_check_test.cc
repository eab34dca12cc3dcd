#include "common/proof/head_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "common/core/refusal.h"
#include "common/proof/export_file.h"
#include "common/proof/given.h"
#include "common/proof/json.h"

namespace ccfa::proof {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Records = std::vector<std::string>;

const SigningKey& Key() {
  static const SigningKey key = SigningKey::Make();
  return key;
}

std::string Exported(const Records& records, const Records& others = {}) {
  std::ostringstream out;
  ExportWriter writer(out);
  EXPECT_TRUE(writer.Begin(kCouncil).ok());
  for (const std::string& record : records) EXPECT_TRUE(writer.Add(kTopic, record).ok());
  for (const std::string& record : others) EXPECT_TRUE(writer.Add(kOtherTopic, record).ok());
  EXPECT_TRUE(writer.End().ok());
  return out.str();
}

/// As `ccfactl verify --against` does it.
absl::StatusOr<std::vector<Covered>> Check(const v1::Head& head, const std::string& exported) {
  if (absl::Status is_signed = CheckSigned(head, Key().public_key()); !is_signed.ok())
    return is_signed;
  std::istringstream in(exported);
  auto reader = ExportReader::Open(in);
  if (!reader.ok()) return reader.status();
  if ((*reader)->council() != head.council()) return absl::DataLossError("another council's");
  HeadCheck check(head);
  while (true) {
    auto item = (*reader)->Next();
    if (!item.ok()) return item.status();
    if (!*item) return check.Finish();
    if (absl::Status added = check.Add((*item)->topic, (*item)->record); !added.ok()) return added;
  }
}

v1::Head HeadOfFive() {
  return HeadOf({ChainOf(kTopic, Recorded(5))}, Key());
}

/// What is said of a damaged export of five records.
std::string Said(const Records& damaged) {
  auto checked = Check(HeadOfFive(), Exported(damaged));
  EXPECT_TRUE(absl::IsDataLoss(checked.status())) << checked.status();
  return std::string(checked.status().message());
}

// F71
TEST(HeadCheck, FindsAWholeExportWhole) {
  const v1::Head head =
      HeadOf({ChainOf(kTopic, Recorded(5)), ChainOf(kOtherTopic, Recorded(2))}, Key());
  auto covered = Check(head, Exported(Recorded(5), Recorded(2)));
  ASSERT_TRUE(covered.ok()) << covered.status();
  ASSERT_EQ(covered->size(), 2u);
  EXPECT_EQ(covered->front().covered, 5u);
  EXPECT_EQ(covered->front().later, 0u);
}

// F71
TEST(HeadCheck, AnEarlierHeadHoldsForALaterExport) {
  auto covered = Check(HeadOfFive(), Exported(Recorded(8), Recorded(3)));
  ASSERT_TRUE(covered.ok()) << covered.status();
  EXPECT_EQ(covered->front().covered, 5u);
  EXPECT_EQ(covered->front().later, 3u);
  // The head knew nothing of the other topic.
  EXPECT_EQ(covered->back().covered, 0u);
  EXPECT_EQ(covered->back().later, 3u);
}

// F71
RC_GTEST_PROP(HeadCheck, NoticesAnyByteThatChanged, ()) {
  const auto count = *rc::gen::inRange(1, 5);
  const v1::Head head =
      HeadOf({ChainOf(kTopic, Recorded(count)), ChainOf(kOtherTopic, Recorded(1))}, Key());
  std::string exported = Exported(Recorded(count), Recorded(1));
  const auto change = *rc::gen::inRange(1, 256);
  for (size_t i = 0; i < exported.size(); ++i) {
    exported[i] = static_cast<char>(exported[i] ^ change);
    RC_ASSERT(absl::IsDataLoss(Check(head, exported).status()));
    exported[i] = static_cast<char>(exported[i] ^ change);
  }
  RC_ASSERT(Check(head, exported).ok());
}

// F71
TEST(HeadCheck, NamesTheRecordThatWasAltered) {
  Records records = Recorded(5);
  records[2].replace(records[2].find("what happened"), 4, "When");
  EXPECT_THAT(Said(records), AllOf(HasSubstr("ccfa.intake.v1 seq 8, record 4 of E08900001"),
                                   HasSubstr("the record before it, seq 6")));
  // The last has none behind it: the head itself tells.
  records = Recorded(5);
  records[4].replace(records[4].find("what happened"), 4, "When");
  EXPECT_THAT(Said(records), AllOf(HasSubstr("ccfa.intake.v1 seq 10"), HasSubstr("was altered")));
}

// F71
TEST(HeadCheck, NamesWhereOneWasDroppedInsertedOrSwapped) {
  Records records = Recorded(5);
  records.erase(records.begin() + 2);
  EXPECT_THAT(Said(records), HasSubstr("ccfa.intake.v1 seq 8, record 3 of E08900001: follows"));
  records = Recorded(5);
  records.insert(records.begin() + 2, records[1]);
  EXPECT_THAT(Said(records), HasSubstr("seq 4, record 3 of E08900001: expected a seq above 4"));
  records = Recorded(5);
  std::swap(records[1], records[2]);
  EXPECT_THAT(Said(records), HasSubstr("seq 6, record 2 of E08900001: follows"));
  records = Recorded(5);
  records[3] = Recorded(5, "E08900002")[3];
  EXPECT_THAT(Said(records), HasSubstr("seq 8, record 4 of E08900001: expected a record of"));
  records = Recorded(5);
  records[3] = "\xff";
  EXPECT_THAT(Said(records), HasSubstr("behind seq 6, record 4 of E08900001: cannot be decoded"));
}

// F71
TEST(HeadCheck, NamesWhereTheTailIsMissing) {
  EXPECT_THAT(Said(Recorded(4)), HasSubstr("ccfa.intake.v1 seq 8: ends here with 4 records, but "
                                           "the head has 5 up to seq 10"));
  EXPECT_THAT(Said({}), HasSubstr("ccfa.intake.v1 seq 0: ends here with 0 records"));
}

// F71
TEST(HeadCheck, NoticesAHistoryWrittenAnew) {
  // Every record after it chained again: all links hold, and only the head tells.
  Records records = Recorded(2);
  for (int i = 3; i <= 5; ++i) {
    record::v1::Record record;
    ASSERT_TRUE(record.ParseFromString(Recorded(5)[i - 1]));
    record.set_data("another story");
    record.set_previous_hash(Digest(records.back()));
    records.push_back(record.SerializeAsString());
  }
  EXPECT_THAT(Said(records), HasSubstr("ccfa.intake.v1 seq 10: expected a record of hash"));
}

// F71
TEST(HeadCheck, TakesNoOtherCouncilsHeadAndNoOtherKeys) {
  const Records others = Recorded(5, "E08900002");
  const v1::Head other = HeadOf({ChainOf(kTopic, others, "E08900002")}, Key(), "E08900002");
  EXPECT_TRUE(absl::IsDataLoss(Check(other, Exported(Recorded(5))).status()));
  const SigningKey stranger = SigningKey::Make();
  v1::Head signed_anew = HeadOf({ChainOf(kTopic, Recorded(5))}, stranger);
  EXPECT_THAT(std::string(Check(signed_anew, Exported(Recorded(5))).status().message()),
              HasSubstr("signed with another key"));
  // It says that it is the council's, and is not.
  signed_anew.set_public_key(Key().public_key());
  EXPECT_THAT(std::string(Check(signed_anew, Exported(Recorded(5))).status().message()),
              HasSubstr("does not have the signature it carries"));
}

// F71
TEST(Head, EveryThingInItIsSigned) {
  const v1::Head head = HeadOfFive();
  ASSERT_TRUE(CheckSigned(head, Key().public_key()).ok());
  auto is_noticed = [&](auto change) {
    v1::Head changed = head;
    change(changed);
    return absl::IsDataLoss(CheckSigned(changed, Key().public_key()));
  };
  EXPECT_TRUE(is_noticed([](auto& one) { one.set_council("E08900002"); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_time()->set_seconds(1); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_topics(0)->set_topic("x"); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_topics(0)->set_records(4); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_topics(0)->set_seq(4); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_topics(0)->set_hash("00"); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.mutable_topics(0)->set_root("00"); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.clear_topics(); }));
  EXPECT_TRUE(is_noticed([](auto& one) { one.set_public_key("00"); }));
}

TEST(Head, IsReadAsItWasPublished) {
  const v1::Head head = HeadOfFive();
  auto read = ParseHead(ToJson(head).value());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), head.SerializeAsString());
}

TEST(Head, IsRefusedWhereALineOfItsTextCouldLookLikeAnother) {
  auto refusal = [](auto change) {
    v1::Head head = HeadOfFive();
    change(head);
    return FieldOf(ParseHead(ToJson(head).value()).status());
  };
  EXPECT_EQ(refusal([](auto& one) { one.set_council("E1\ntime"); }), "council");
  EXPECT_EQ(refusal([](auto& one) { one.mutable_time()->set_nanos(1); }), "time");
  EXPECT_EQ(refusal([](auto& one) { one.mutable_topics(0)->set_topic("a seq 1"); }),
            "topics.topic");
  EXPECT_EQ(refusal([](auto& one) { *one.add_topics() = one.topics(0); }), "topics.topic");
  EXPECT_EQ(refusal([](auto& one) { one.mutable_topics(0)->set_hash("00 root"); }), "topics");
  EXPECT_EQ(FieldOf(ParseHead("{\"council\": 1").status()), "head");
}

}  // namespace
}  // namespace ccfa::proof
