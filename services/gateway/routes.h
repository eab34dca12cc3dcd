#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/path_template.h"

namespace ccfa::gateway {

/// How one RPC is asked over HTTP.
struct Route {
  const google::protobuf::MethodDescriptor* method = nullptr;
  /// "GET", "POST", "PUT", "PATCH"
  std::string verb;
  PathTemplate path;
  /// The request's field that the body is; "*": the body is the request. Empty: there is none.
  std::string body;
};

/// Every RPC of the system, by google.api.http's rules.
class Routes {
 public:
  /// Reads a google.api.Http as text. INVALID_ARGUMENT naming the rule that names no RPC, or fields
  /// that the RPC's request does not have.
  static absl::StatusOr<Routes> Parse(const std::string& rules);
  /// Those of http_rules.txtpb.
  static const Routes& OfEveryService();

  struct Found {
    const Route* route = nullptr;
    PathTemplate::Bound bound;
  };
  /// NOT_FOUND NO_SUCH_PATH; UNIMPLEMENTED METHOD_NOT_ALLOWED, naming the methods there are.
  absl::StatusOr<Found> Find(absl::string_view verb, const Path& path) const;

  const std::vector<Route>& all() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

/// The services that are asked over HTTP.
std::vector<const google::protobuf::ServiceDescriptor*> EveryService();

}  // namespace ccfa::gateway
