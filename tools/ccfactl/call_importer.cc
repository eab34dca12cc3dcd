#include "tools/ccfactl/call_importer.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "tools/ccfactl/progress_bar.h"

namespace ccfa::ctl {
namespace {

constexpr int kInFlight = 64;

std::string BaseName(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

std::string Quoted(std::string text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}, {"\n", " "}}), "\"");
}

bool IsServerLost(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsCancelled(status);
}

}  // namespace

/// One row on its way.
struct CallImporter::Flight {
  int64_t row = 0;
  intake::v1::LogCallRequest request;
  record::v1::Receipt receipt;
  routing::v1::LocateRequest where;
  routing::v1::Location location;
  Session::Target target;
  std::unique_ptr<intake::v1::IntakeService::Stub> intake;
  std::unique_ptr<routing::v1::RoutingService::Stub> routing;
  std::unique_ptr<grpc::ClientContext> context;
  Patience patience;
};

CallImporter::CallImporter(Session& session, Options options)
    : session_(session), options_(std::move(options)), base_name_(BaseName(options_.file)) {}

absl::Status CallImporter::Run() {
  for (const CallFormat& format : CallFormats()) {
    if (format.name == options_.format) return Import(format);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--format: there is no \"", options_.format, "\""));
}

absl::Status CallImporter::Import(const CallFormat& format) {
  auto reader = CsvReader::Open(options_.file, format.required_columns);
  if (!reader.ok()) return reader.status();
  ProgressBar bar(absl::StrCat("importing ", base_name_));
  CsvRow row;
  absl::Status read_to_end;
  while (true) {
    absl::StatusOr<bool> more = (*reader)->Next(row);
    if (!more.ok()) read_to_end = more.status();
    if (!more.ok() || !*more) break;
    WaitForRoom(kInFlight);
    {
      std::lock_guard lock(mutex_);
      if (!lost_.ok()) break;
      ++summary_.rows;
      if (summary_.rows % 200 == 0) bar.Show((*reader)->position(), (*reader)->size());
    }
    absl::StatusOr<intake::v1::CallDetails> details =
        row.status.ok() ? format.details(row) : row.status;
    details.ok() ? Launch(row, *details) : Refuse(row.number, details.status());
  }
  WaitForRoom(1);
  bar.Show((*reader)->size(), (*reader)->size());
  std::lock_guard lock(mutex_);
  if (lost_.ok()) return read_to_end;
  return absl::UnavailableError(
      absl::StrCat("the server was lost (", lost_.message(),
                   "); run the same import again, it goes on where it stopped"));
}

void CallImporter::WaitForRoom(int most_in_flight) {
  std::unique_lock lock(mutex_);
  landed_.wait(lock, [&] { return in_flight_ < most_in_flight; });
}

void CallImporter::Launch(const CsvRow& row, const intake::v1::CallDetails& details) {
  auto flight = std::make_shared<Flight>();
  flight->row = row.number;
  flight->request.set_request_id(absl::StrCat(options_.format, "/", base_name_, "/", row.number));
  *flight->request.mutable_details() = details;
  auto& from = *flight->request.mutable_details()->mutable_imported_from();
  from.set_file(base_name_);
  from.set_row(row.number);
  {
    std::lock_guard lock(mutex_);
    ++in_flight_;
  }
  std::string council = options_.council == "column" ? row.At("council") : options_.council;
  if (council != "auto") {
    flight->request.set_parent(absl::StrCat("councils/", council));
    return Log(std::move(flight));
  }
  flight->request.set_parent(absl::StrCat("councils/", options_.fallback_council));
  if (!details.place().has_point()) return Log(std::move(flight));
  flight->where.set_lat(details.place().point().lat());
  flight->where.set_lon(details.place().point().lon());
  Locate(std::move(flight));
}

template <class Service>
absl::Status CallImporter::Address(Flight& flight, const std::string& council,
                                   std::unique_ptr<typename Service::Stub>& stub) {
  absl::StatusOr<Session::Target> target = session_.Find<Service>(council);
  if (!target.ok()) return target.status();
  flight.target = *std::move(target);
  stub = session_.StubOf<Service>(flight.target);
  flight.context = std::make_unique<grpc::ClientContext>();
  session_.Prepare(*flight.context);
  return absl::OkStatus();
}

void CallImporter::Locate(std::shared_ptr<Flight> flight) {
  Flight& row = *flight;
  absl::Status addressed = Address<routing::v1::RoutingService>(row, "", row.routing);
  if (!addressed.ok()) return OnLogged(flight, addressed);
  row.routing->async()->Locate(
      row.context.get(), &row.where, &row.location, [this, flight](const grpc::Status& status) {
        absl::Status located = rpc::FromGrpc(status);
        if (session_.ShouldAskAgain(located, flight->target, true, flight->patience))
          return Locate(flight);
        if (!located.ok()) return OnLogged(flight, located);
        if (!flight->location.council().empty())
          flight->request.set_parent(flight->location.council());
        Log(flight);
      });
}

void CallImporter::Log(std::shared_ptr<Flight> flight) {
  Flight& row = *flight;
  absl::Status addressed =
      Address<intake::v1::IntakeService>(row, Session::CouncilOf(row.request), row.intake);
  if (!addressed.ok()) return OnLogged(flight, addressed);
  row.intake->async()->LogCall(
      row.context.get(), &row.request, &row.receipt, [this, flight](const grpc::Status& status) {
        absl::Status logged = rpc::FromGrpc(status);
        session_.ShouldAskAgain(logged, flight->target, true, flight->patience)
            ? Log(flight)
            : OnLogged(flight, logged);
      });
}

void CallImporter::OnLogged(const std::shared_ptr<Flight>& flight, const absl::Status& status) {
  if (status.ok()) {
    std::lock_guard lock(mutex_);
    flight->receipt.repeated() ? ++summary_.repeated : ++summary_.logged;
  } else if (IsServerLost(status)) {
    std::lock_guard lock(mutex_);
    if (lost_.ok()) lost_ = status;
  } else {
    Refuse(flight->row, status);
  }
  Land();
}

void CallImporter::Land() {
  std::lock_guard lock(mutex_);
  --in_flight_;
  landed_.notify_all();
}

void CallImporter::Refuse(int64_t row, const absl::Status& why) {
  std::lock_guard lock(mutex_);
  ++summary_.refused;
  if (refused_file_.empty()) {
    refused_file_ = options_.file + ".refused.csv";
    refused_.open(refused_file_, std::ios::trunc);
    if (!refused_) {
      std::cerr << "ccfactl: cannot write " << refused_file_ << "; refused rows follow here\n";
    } else {
      refused_ << "row,reason,field,message\n";
    }
  }
  std::string line = absl::StrCat(row, ",", ReasonOf(why), ",", FieldOf(why), ",",
                                  Quoted(std::string(why.message())), "\n");
  refused_ ? void(refused_ << line) : void(std::cerr << line);
}

}  // namespace ccfa::ctl
