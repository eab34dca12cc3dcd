#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/http/message.h"
#include "common/rpc/tls_files.h"

namespace ccfa::http {

/// An HTTP/1.1 server. Whatever a caller sends is bounded: the size of a request's head and body,
/// the time until it is there, the time until its answer is taken, and how many callers there are.
class Server {
 public:
  struct Options {
    /// HOST:PORT; beyond loopback only with TLS.
    std::string listen;
    rpc::TlsFiles tls;
    size_t largest_head = 16 << 10;
    size_t largest_body = 1 << 20;
    /// Until a request is there, counted from the last answer, and until its answer is taken.
    absl::Duration patience = absl::Seconds(30);
    int connections = 2000;
    /// How many requests are answered at a time; others wait for their turn.
    int threads = 8;
  };

  /// Answers until it is destroyed. FAILED_PRECONDITION LOOPBACK_ONLY; UNAVAILABLE CANNOT_LISTEN;
  /// INVALID_ARGUMENT for an address that is none.
  static absl::StatusOr<std::unique_ptr<Server>> Start(Options options, Handler handler);
  virtual ~Server() = default;

  virtual int port() const = 0;
  /// Takes no more requests, and waits until those that are being answered have their answers, or
  /// for so long.
  virtual void Drain(absl::Duration patience) = 0;
};

}  // namespace ccfa::http
