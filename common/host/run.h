#pragma once

#include <functional>
#include <string>

#include "common/host/host.h"

namespace ccfa::host {

/// An executable: what it is called, what it is, and the services it hosts.
struct Program {
  std::string name;
  std::string what_it_is;
  std::function<Host::Services()> services;
  /// It has only a part of what a call needs, and the rest is found over Kafka.
  bool needs_kafka = true;
};

/// Runs it until SIGTERM or SIGINT. The exit code: 0 drained, 1 failed, 2 wrong usage.
int Main(int argc, char** argv, const Program& program);

}  // namespace ccfa::host
