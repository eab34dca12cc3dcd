#include "common/proof/head.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/proof/json.h"

namespace ccfa::proof {
namespace {

/// What a line of the signed text is made of must not be able to look like another line.
bool IsWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isxdigit(c) && !absl::ascii_isupper(c);
  });
}

absl::Status CheckForm(const v1::Head& head) {
  if (!IsWord(head.council())) return InvalidField("council", "expected a council's code");
  if (!head.has_time() || head.time().nanos() != 0)
    return InvalidField("time", "expected a time in whole seconds");
  std::string before;
  for (const v1::TopicHead& topic : head.topics()) {
    if (!IsWord(topic.topic()) || topic.topic() <= before)
      return InvalidField("topics.topic", "expected each topic once, by name");
    if (!IsHex(topic.hash()) || !IsHex(topic.root()))
      return InvalidField("topics", "expected hashes in lower hexadecimal");
    before = topic.topic();
  }
  return absl::OkStatus();
}

}  // namespace

v1::Head MakeHead(const std::string& council, absl::Time time, const std::vector<Chain>& chains,
                  const SigningKey& key) {
  v1::Head head;
  head.set_council(council);
  *head.mutable_time() = ToProto(absl::FromUnixSeconds(absl::ToUnixSeconds(time)));
  for (const Chain& chain : chains) {
    v1::TopicHead& topic = *head.add_topics();
    topic.set_topic(chain.topic());
    topic.set_records(chain.records());
    topic.set_seq(chain.seq());
    topic.set_hash(absl::BytesToHexString(chain.hash()));
    topic.set_root(absl::BytesToHexString(chain.root()));
  }
  head.set_public_key(key.public_key());
  head.set_signature(key.Sign(TextOf(head)));
  return head;
}

std::string TextOf(const v1::Head& head) {
  std::string text = absl::StrCat(
      "ccfa head 1\ncouncil ", head.council(), "\ntime ",
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", FromProto(head.time()), absl::UTCTimeZone()), "\n");
  for (const v1::TopicHead& topic : head.topics()) {
    absl::StrAppend(&text, "topic ", topic.topic(), " records ", topic.records(), " seq ",
                    topic.seq(), " hash ", topic.hash(), " root ", topic.root(), "\n");
  }
  return text;
}

absl::StatusOr<v1::Head> ParseHead(const std::string& json) {
  v1::Head head;
  absl::Status status = FromJson(json, "head", head);
  if (status.ok()) status = CheckForm(head);
  if (!status.ok()) return status;
  return head;
}

absl::Status CheckSigned(const v1::Head& head, const std::string& public_key) {
  if (head.public_key() != public_key) {
    return absl::DataLossError(absl::StrCat("the head of ", head.council(),
                                            " was signed with another key: expected ", public_key,
                                            ", found ", head.public_key()));
  }
  if (IsSignedBy(public_key, TextOf(head), head.signature())) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the head of ", head.council(),
                                          " does not have the signature it carries: it was altered "
                                          "since it was signed, or signed by somebody else"));
}

}  // namespace ccfa::proof
