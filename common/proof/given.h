#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"
#include "common/proof/head.h"

namespace ccfa::proof {

constexpr char kCouncil[] = "E08900001";
constexpr char kTopic[] = "ccfa.intake.v1";
constexpr char kOtherTopic[] = "ccfa.sara.v1";

/// Chained records of a council about its calls 1, 2, ..., with gaps in the seqs: others' stand
/// between them.
inline std::vector<std::string> Recorded(int count, const std::string& council = kCouncil) {
  std::vector<std::string> records;
  for (int i = 1; i <= count; ++i) {
    record::v1::Record record;
    record.set_type("ccfa.intake.v1.CallLogged");
    record.set_subject(absl::StrCat("councils/", council, "/calls/2026-", i));
    record.set_council(council);
    record.set_seq(2 * i);
    if (i > 1) record.set_previous_hash(Digest(records.back()));
    record.set_data("what happened");
    records.push_back(record.SerializeAsString());
  }
  return records;
}

inline Chain ChainOf(const std::string& topic, const std::vector<std::string>& records,
                     const std::string& council = kCouncil) {
  Chain chain(council, topic);
  for (const std::string& record : records) EXPECT_TRUE(chain.Add(record).ok());
  return chain;
}

inline v1::Head HeadOf(const std::vector<Chain>& chains, const SigningKey& key,
                       const std::string& council = kCouncil) {
  return MakeHead(council, absl::FromUnixSeconds(1'790'000'000), chains, key);
}

}  // namespace ccfa::proof
