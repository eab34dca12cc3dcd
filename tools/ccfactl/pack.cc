#include <fstream>

#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/pdf.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using insight::v1::InsightService;

absl::Status WritePdf(const std::string& path, const std::string& markdown) {
  absl::StatusOr<std::string> pdf = PdfOf(markdown);
  if (!pdf.ok()) return pdf.status();
  std::ofstream file(path, std::ios::binary);
  file << *pdf;
  file.close();
  return file ? absl::OkStatus()
              : absl::InvalidArgumentError(absl::StrCat(path, " cannot be written"));
}

}  // namespace

void AddReferralsPack(CLI::App& referrals, Session& session) {
  CLI::App* command = referrals.add_subcommand(
      "pack", "Everything a committee needs of a referral, as Markdown or PDF");
  auto request = std::make_shared<insight::v1::GetReferralPackRequest>();
  auto path = std::make_shared<std::string>();
  BindFields(*command, *request);
  command->add_option("--pdf", *path, "Write it to this file as a PDF");
  command->callback([&session, request, path] {
    insight::v1::ReferralPack pack;
    session.outcome =
        session.Call<InsightService>(&InsightService::Stub::GetReferralPack, *request, pack);
    if (!session.outcome.ok()) return;
    if (!path->empty()) {
      session.outcome = WritePdf(*path, pack.markdown());
    } else if (session.json) {
      session.Print(pack);
    } else {
      std::cout << pack.markdown();
    }
  });
}

}  // namespace ccfa::ctl
