#include "tests/bench/process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace ccfa::bench {

absl::StatusOr<ServerProcess> ServerProcess::Start(const std::vector<std::string>& command) {
  int errors[2];
  if (pipe(errors) != 0) return absl::InternalError("no pipe");
  absl::Time started = absl::Now();
  pid_t pid = fork();
  if (pid == 0) {
    dup2(errors[1], STDERR_FILENO);
    close(errors[0]);
    close(errors[1]);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(errors[1]);
  std::unique_ptr<FILE, int (*)(FILE*)> lines(fdopen(errors[0], "r"), &fclose);
  char line[4096];
  std::string said;
  while (std::fgets(line, sizeof line, lines.get()) != nullptr) {
    said += line;
    const char* port = std::strstr(line, "\"port\":");
    if (port == nullptr) continue;
    // Kept open for the child's later lines, which nobody reads but which must not end it.
    lines.release();
    return ServerProcess(pid, std::atoi(port + std::strlen("\"port\":")), absl::Now() - started);
  }
  waitpid(pid, nullptr, 0);
  return absl::UnavailableError(absl::StrCat(command[0], " did not start: ", said));
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(other.pid_), port_(other.port_), start_time_(other.start_time_) {
  other.pid_ = -1;
}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

int64_t ServerProcess::Memory() const {
  std::ifstream statm(absl::StrCat("/proc/", pid_, "/statm"));
  int64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

absl::Duration ServerProcess::Cpu() const {
  clockid_t clock;
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) == 0) clock_gettime(clock, &used);
  return absl::DurationFromTimespec(used);
}

}  // namespace ccfa::bench
