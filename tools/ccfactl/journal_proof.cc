// What a council gives to outsiders of its journal: an export, a signed head, a proof.

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/core/names.h"
#include "common/core/refusal.h"
#include "common/proof/export_file.h"
#include "common/proof/head.h"
#include "common/proof/inclusion.h"
#include "common/proof/json.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/journal_stream.h"
#include "tools/ccfactl/proof_files.h"

namespace ccfa::ctl {
namespace {

absl::Status PrintJson(const google::protobuf::Message& message) {
  absl::StatusOr<std::string> json = proof::ToJson(message);
  if (json.ok()) std::cout << *json;
  return json.status();
}

absl::Status Export(Session& session, const std::string& council) {
  if (isatty(STDOUT_FILENO))
    return InvalidField("stdout", "an export is no text; send it to a file: > FILE");
  absl::StatusOr<std::vector<std::string>> topics = TopicsOf(session);
  if (!topics.ok()) return topics.status();
  proof::ExportWriter writer(std::cout);
  uint64_t records = 0;
  absl::Status status = StreamCouncil(session, council, *topics, "an export",
                                      [&](const std::string& topic, const std::string& record) {
                                        absl::Status begun = records++ == 0 ? writer.Begin(council)
                                                                            : absl::OkStatus();
                                        return begun.ok() ? writer.Add(topic, record) : begun;
                                      });
  if (!status.ok()) return status;
  return records == 0 ? NotFound("council", council) : writer.End();
}

absl::Status PrintHead(Session& session, const std::string& council, const std::string& key_file) {
  absl::StatusOr<proof::SigningKey> key = proof::SigningKey::Read(key_file);
  if (!key.ok()) return key.status();
  absl::StatusOr<std::vector<std::string>> topics = TopicsOf(session);
  if (!topics.ok()) return topics.status();
  // From before the first record is read: whatever was acknowledged until then is in the head.
  const absl::Time now = absl::Now();
  std::vector<proof::Chain> chains;
  for (const std::string& topic : *topics) chains.emplace_back(council, topic);
  absl::Status status = StreamCouncil(
      session, council, *topics, "a signed head",
      [&](const std::string& topic, const std::string& record) {
        auto chain = std::find_if(chains.begin(), chains.end(),
                                  [&](const proof::Chain& one) { return one.topic() == topic; });
        return chain->Add(record);  // a broken chain is not signed
      });
  if (!status.ok()) return status;
  const bool is_empty = std::all_of(chains.begin(), chains.end(),
                                    [](const proof::Chain& chain) { return chain.records() == 0; });
  if (is_empty) return NotFound("council", council);
  return PrintJson(proof::MakeHead(council, now, chains, *key));
}

absl::Status Prove(Session& session, const std::vector<std::string>& names,
                   const std::string& head_file) {
  absl::StatusOr<proof::v1::Head> head = ReadHead(head_file);
  if (!head.ok()) return head.status();
  for (const std::string& name : names) {
    if (ccfa::CouncilOf(name) == absl::string_view(head->council())) continue;
    return InvalidField("NAME", absl::StrCat("expected a name under councils/", head->council(),
                                             ", whose head this is, got \"", name, "\""));
  }
  absl::StatusOr<std::vector<std::string>> topics = TopicsOf(session);
  if (!topics.ok()) return topics.status();
  proof::Prover prover(*head, names);
  absl::Status status = StreamCouncil(session, head->council(), *topics, "a proof",
                                      [&](const std::string& topic, const std::string& record) {
                                        return prover.Add(topic, record);
                                      });
  if (!status.ok()) return status;
  absl::StatusOr<proof::v1::Proof> proof = prover.Finish();
  if (!proof.ok()) return proof.status();
  return PrintJson(*proof);
}

}  // namespace

void AddExportHeadAndProve(CLI::App& journal, Session& session) {
  auto council = std::make_shared<std::string>(), key = std::make_shared<std::string>(),
       head = std::make_shared<std::string>();
  auto names = std::make_shared<std::vector<std::string>>();

  CLI::App* exporting = journal.add_subcommand(
      "export",
      "All records of a council to standard output, byte for byte, for `verify --against`");
  exporting->add_option("--council", *council, "The council's code")->required();
  exporting->callback([&session, council] { session.outcome = Export(session, *council); });

  CLI::App* publishing = journal.add_subcommand(
      "head",
      "What a council publishes: where its records stand now, as signed JSON. Anybody can "
      "tell by it whether an export is what was recorded");
  publishing->add_option("--council", *council, "The council's code")->required();
  publishing->add_option("--key", *key, "The secret half of its key: `ccfactl keys new`")
      ->required();
  publishing->callback(
      [&session, council, key] { session.outcome = PrintHead(session, *council, *key); });

  CLI::App* proving = journal.add_subcommand(
      "prove",
      "The records about a call, or whatever is named, and what proves by a published head "
      "that each was recorded; nothing of others is in it");
  proving->add_option("NAME", *names, "councils/CODE/calls/ID; several where needed")->required();
  proving->add_option("--against", *head, "The published head")->required();
  proving->callback([&session, names, head] { session.outcome = Prove(session, *names, *head); });
}

}  // namespace ccfa::ctl
