#include "tests/bench/raw.h"

#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/time/clock.h"
#include "ccfa/intake/v1/intake.grpc.pb.h"
#include "rocksdb/db.h"
#include "tests/bench/load.h"

namespace ccfa::bench {
namespace {

constexpr size_t kRecordBytes = 400;

class Echo final : public intake::v1::IntakeService::CallbackService {
  grpc::ServerUnaryReactor* LogCall(grpc::CallbackServerContext* context,
                                    const intake::v1::LogCallRequest* request,
                                    record::v1::Receipt* receipt) override {
    receipt->set_name(request->parent());
    receipt->set_event("ccfa.intake.v1.CallLogged");
    receipt->set_event_id("ccfa.intake.v1/0/123456");
    receipt->set_etag("123456");
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

absl::Duration RawSync(const std::string& folder, absl::Duration length) {
  std::string path = folder + "/raw-sync";
  int file = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_TRUNC, 0600);
  std::string bytes(kRecordBytes, 'x');
  std::vector<absl::Duration> took;
  for (absl::Time end = absl::Now() + length; absl::Now() < end;) {
    absl::Time start = absl::Now();
    if (write(file, bytes.data(), bytes.size()) < 0 || fdatasync(file) != 0) break;
    took.push_back(absl::Now() - start);
  }
  close(file);
  std::filesystem::remove(path);
  return Percentile(took, 0.50);
}

double RawSyncedWrites(const std::string& folder, absl::Duration length) {
  std::string path = folder + "/raw-writes";
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, path, &opened).ok()) return 0;
  std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::string bytes(kRecordBytes, 'x');
  int64_t written = 0;
  absl::Time start = absl::Now();
  while (absl::Now() < start + length && db->Put(synced, std::to_string(written), bytes).ok())
    ++written;
  double rate = static_cast<double>(written) / absl::ToDoubleSeconds(absl::Now() - start);
  db.reset();
  std::filesystem::remove_all(path);
  return rate;
}

int ServeEcho() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Echo echo;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server || port == 0) return 1;
  std::fprintf(stderr, "{\"port\":%d}\n", port);
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

}  // namespace ccfa::bench
