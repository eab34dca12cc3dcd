// Whether an export, a journal or a proof is what a council's signed head says.

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "common/proof/export_file.h"
#include "common/proof/head_check.h"
#include "common/proof/inclusion.h"
#include "common/proof/json.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/journal_stream.h"
#include "tools/ccfactl/print.h"
#include "tools/ccfactl/progress_bar.h"
#include "tools/ccfactl/proof_files.h"

namespace ccfa::ctl {
namespace {

struct Files {
  std::string head, public_key, exported, proof;
};

constexpr uint64_t kProgressEvery = 1'000;

/// The head, once its signature holds.
absl::StatusOr<proof::v1::Head> SignedHead(const Files& files) {
  absl::StatusOr<std::string> key = proof::ReadPublicKey(files.public_key);
  if (!key.ok()) return key.status();
  absl::StatusOr<proof::v1::Head> head = ReadHead(files.head);
  if (!head.ok()) return head.status();
  absl::Status is_signed = proof::CheckSigned(*head, *key);
  return is_signed.ok() ? std::move(head) : is_signed;
}

absl::Status AddFile(const std::string& path, const std::string& council, proof::HeadCheck& check) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return NotFound("FILE", path);
  const uint64_t size = file.tellg();
  file.seekg(0);
  ProgressBar bar("verifying");
  absl::StatusOr<std::unique_ptr<proof::ExportReader>> reader = proof::ExportReader::Open(file);
  if (!reader.ok()) return reader.status();
  if ((*reader)->council() != council) {
    return absl::DataLossError(
        absl::StrCat("the head is of ", council, ", but ", path, " is of ", (*reader)->council()));
  }
  for (uint64_t records = 0;; ++records) {
    absl::StatusOr<std::optional<proof::ExportReader::Item>> item = (*reader)->Next();
    if (!item.ok() || !*item) return item.status();
    absl::Status added = check.Add((*item)->topic, (*item)->record);
    if (!added.ok()) return added;
    if (records % kProgressEvery == 0) bar.Show((*reader)->position(), size);
  }
}

void PrintCovered(const Session& session, const proof::v1::Head& head,
                  const std::vector<proof::Covered>& topics) {
  Table table({"topic", "as_signed", "later", "whole"});
  uint64_t covered = 0, later = 0;
  for (const proof::Covered& topic : topics) {
    table.AddRow({topic.topic, absl::StrCat(topic.covered), absl::StrCat(topic.later), "yes"});
    covered += topic.covered;
    later += topic.later;
  }
  if (session.json) return table.PrintJson(std::cout);
  table.Print(std::cout);
  std::cout << "All " << covered << " records of " << head.council() << " that were there at "
            << absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", FromProto(head.time()), absl::UTCTimeZone())
            << " are as they were.\n";
  if (later == 0) return;
  std::cout << "The head is of an earlier moment: " << later
            << " came later, each linked to the one before it; a later head vouches for them.\n";
}

absl::Status VerifyAgainst(Session& session, const Files& files) {
  absl::StatusOr<proof::v1::Head> head = SignedHead(files);
  if (!head.ok()) return head.status();
  proof::HeadCheck check(*head);
  absl::Status status;
  if (!files.exported.empty()) {
    status = AddFile(files.exported, head->council(), check);
  } else {
    absl::StatusOr<std::vector<std::string>> topics = TopicsOf(session);
    if (!topics.ok()) return topics.status();
    status = StreamCouncil(session, head->council(), *topics, "a comparison with a head",
                           [&](const std::string& topic, const std::string& record) {
                             return check.Add(topic, record);
                           });
  }
  if (!status.ok()) return status;
  absl::StatusOr<std::vector<proof::Covered>> covered = check.Finish();
  if (!covered.ok()) return covered.status();
  PrintCovered(session, *head, *covered);
  return absl::OkStatus();
}

absl::Status VerifyProof(const Session& session, const Files& files) {
  absl::StatusOr<proof::v1::Head> head = SignedHead(files);
  if (!head.ok()) return head.status();
  absl::StatusOr<std::string> text = ReadText(files.proof);
  if (!text.ok()) return text.status();
  proof::v1::Proof proof;
  if (absl::Status parsed = proof::FromJson(*text, "proof", proof); !parsed.ok()) return parsed;
  absl::StatusOr<std::vector<record::v1::Record>> records = proof::CheckProof(proof, *head);
  if (!records.ok()) return records.status();
  Table table({"time", "type", "subject", "actor", "seq"});
  for (const record::v1::Record& record : *records) table.Add(record);
  session.json ? table.PrintJson(std::cout) : table.Print(std::cout);
  if (!session.json) std::cout << "Each of them is in the journal that the head stands for.\n";
  return absl::OkStatus();
}

}  // namespace

void AddVerifyAgainst(CLI::App& verify, Session& session, std::function<void()> otherwise) {
  auto files = std::make_shared<Files>();
  CLI::Option* head = verify.add_option(
      "--against", files->head,
      "A council's published head: without FILE the journal of the server is compared with it");
  CLI::Option* key = verify.add_option("--public-key", files->public_key,
                                       "The public half of the council's key (FILE.pub)");
  CLI::Option* exported = verify.add_option(
      "FILE", files->exported, "An export, compared with the head; no server is asked");
  verify.add_option("--proof", files->proof, "A proof, checked by the head; no server is asked")
      ->needs(head)
      ->excludes(exported);
  head->needs(key);
  key->needs(head);
  exported->needs(head);
  verify.callback([&session, files, otherwise] {
    if (files->head.empty()) return otherwise();
    session.outcome =
        files->proof.empty() ? VerifyAgainst(session, *files) : VerifyProof(session, *files);
  });
}

}  // namespace ccfa::ctl
