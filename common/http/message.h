#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace ccfa::http {

/// Header fields in their order; names compare without case.
class Headers {
 public:
  /// The first of that name; empty when there is none.
  std::string Get(absl::string_view name) const;
  void Add(std::string name, std::string value);
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  /// "GET", also where a HEAD was sent: the server leaves the body out then.
  std::string method;
  /// As sent, percent-encoded, from its first slash to where the query begins.
  std::string path;
  /// What stands behind the question mark.
  std::string query;
  Headers headers;
  std::string body;
  /// The address it came from, without a port.
  std::string from;
};

/// An answer that comes bit by bit.
class Stream {
 public:
  virtual ~Stream() = default;
  /// What comes next: empty where there is nothing yet, and it is asked again in a moment; none
  /// where it is over. Called by one thread at a time.
  virtual std::optional<std::string> Next() = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  /// Sent behind the body, where there is one.
  std::unique_ptr<Stream> stream;
};

/// Answers a request. Called by several threads; may block.
using Handler = std::function<Response(const Request& request)>;

}  // namespace ccfa::http
