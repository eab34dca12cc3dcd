#pragma once

#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "tools/ccfactl/call_formats.h"
#include "tools/ccfactl/session.h"

namespace ccfa::ctl {

/// What became of a file's rows: rows = logged + repeated + refused, once all of them were
/// answered.
struct ImportSummary {
  int64_t rows = 0;
  int64_t logged = 0;
  int64_t repeated = 0;
  int64_t refused = 0;
};

/// Logs one call a row, many requests in flight. A row's request id follows from the file's name
/// and the row's number: an interrupted import is simply run again.
class CallImporter {
 public:
  struct Options {
    std::string file;
    std::string format;
    /// A council's code, "auto" (the council of the row's point), or "column" (the row says).
    std::string council;
    /// With "auto": the council of rows without a place, or outside every ward.
    std::string fallback_council;
  };

  CallImporter(Session& session, Options options);

  /// Reads the file to its end or until the server is lost: UNAVAILABLE, run it again.
  absl::Status Run();

  const ImportSummary& summary() const { return summary_; }
  /// Where refused rows were written; empty when there were none.
  const std::string& refused_file() const { return refused_file_; }

 private:
  struct Flight;

  absl::Status Import(const CallFormat& format);
  void Launch(const CsvRow& row, const intake::v1::CallDetails& details);
  void Locate(std::shared_ptr<Flight> flight);
  void Log(std::shared_ptr<Flight> flight);
  /// Finds whom to ask, and how.
  template <class Service>
  absl::Status Address(Flight& flight, const std::string& council,
                       std::unique_ptr<typename Service::Stub>& stub);
  void OnLogged(const std::shared_ptr<Flight>& flight, const absl::Status& status);
  void Land();
  void Refuse(int64_t row, const absl::Status& why);
  void WaitForRoom(int most_in_flight);

  Session& session_;
  const Options options_;
  const std::string base_name_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable landed_;
  int in_flight_ = 0;
  absl::Status lost_;
  ImportSummary summary_;
  std::ofstream refused_;
  std::string refused_file_;
};

}  // namespace ccfa::ctl
