#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/tls_files.h"

namespace ccfa::http {

/// A server's certificate and key for new connections, read again when the files are replaced; as
/// long as those that are there do not belong together, the ones before go on. Thread-safe.
class Certificate {
 public:
  explicit Certificate(rpc::TlsFiles files) : files_(std::move(files)) {}

  /// INVALID_ARGUMENT as rpc::CheckTls, when it never could be read.
  absl::Status Load();
  /// Once it was loaded.
  std::shared_ptr<boost::asio::ssl::context> ForNext();

 private:
  absl::Status LoadLocked();

  const rpc::TlsFiles files_;
  std::mutex mutex_;  // guards what follows
  std::string seen_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace ccfa::http
