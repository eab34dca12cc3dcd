#include "services/gateway/routes.h"

#include <google/api/http.pb.h>
#include <google/protobuf/text_format.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ccfa/cluster/v1/cluster.pb.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/intake/v1/caller.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/journal/v1/journal.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/refusal.h"
#include "services/gateway/embedded.h"
#include "services/gateway/fields.h"

namespace ccfa::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

const google::protobuf::MethodDescriptor* FindMethod(const std::string& selector) {
  for (const auto* service : EveryService()) {
    for (int i = 0; i < service->method_count(); ++i) {
      if (service->method(i)->full_name() == selector) return service->method(i);
    }
  }
  return nullptr;
}

/// The method and the path of a rule; empty where it has none of ours.
std::pair<std::string, std::string> PatternOf(const google::api::HttpRule& rule) {
  using Rule = google::api::HttpRule;
  switch (rule.pattern_case()) {
    case Rule::kGet:
      return {"GET", rule.get()};
    case Rule::kPut:
      return {"PUT", rule.put()};
    case Rule::kPost:
      return {"POST", rule.post()};
    case Rule::kPatch:
      return {"PATCH", rule.patch()};
    case Rule::kDelete:
    case Rule::kCustom:
    case Rule::PATTERN_NOT_SET:
      break;
  }
  return {};
}

absl::StatusOr<Route> ToRoute(const google::api::HttpRule& rule) {
  auto wrong = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("rule of ", rule.selector(), ": ", what));
  };
  Route route;
  route.method = FindMethod(rule.selector());
  if (route.method == nullptr) return wrong("there is no such RPC");
  auto [verb, text] = PatternOf(rule);
  if (verb.empty()) return wrong("expected get, put, post or patch");
  absl::StatusOr<PathTemplate> path = PathTemplate::Parse(text);
  if (!path.ok()) return wrong(path.status().message());
  for (const PathTemplate::Variable& variable : path->variables()) {
    const auto fields = FindField(*route.method->input_type(), variable.field);
    if (fields.empty() || fields.back()->type() != FieldDescriptor::TYPE_STRING ||
        fields.back()->is_repeated()) {
      return wrong(absl::StrCat("the request has no text field ", variable.field));
    }
  }
  if (!rule.body().empty() && rule.body() != "*") {
    const FieldDescriptor* field = route.method->input_type()->FindFieldByName(rule.body());
    if (field == nullptr || field->message_type() == nullptr || field->is_repeated())
      return wrong(absl::StrCat("the request has no message ", rule.body()));
  }
  route.verb = verb;
  route.path = *std::move(path);
  route.body = rule.body();
  return route;
}

}  // namespace

std::vector<const google::protobuf::ServiceDescriptor*> EveryService() {
  // By a message of each file: what nobody names is not linked.
  const FileDescriptor* files[] = {intake::v1::LogCallRequest::descriptor()->file(),
                                   intake::v1::OpenCallerRequest::descriptor()->file(),
                                   routing::v1::LocateRequest::descriptor()->file(),
                                   sara::v1::GetProblemRequest::descriptor()->file(),
                                   scrutiny::v1::GetReferralRequest::descriptor()->file(),
                                   insight::v1::GetCallStoryRequest::descriptor()->file(),
                                   journal::v1::VerifyRequest::descriptor()->file(),
                                   identity::v1::SignInRequest::descriptor()->file(),
                                   cluster::v1::GetClusterRequest::descriptor()->file()};
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

absl::StatusOr<Routes> Routes::Parse(const std::string& rules) {
  google::api::Http http;
  if (!google::protobuf::TextFormat::ParseFromString(rules, &http))
    return absl::InvalidArgumentError("the rules are no google.api.Http");
  Routes routes;
  for (const google::api::HttpRule& rule : http.rules()) {
    absl::StatusOr<Route> route = ToRoute(rule);
    if (!route.ok()) return route.status();
    routes.routes_.push_back(*std::move(route));
  }
  return routes;
}

const Routes& Routes::OfEveryService() {
  static const Routes routes = Parse(std::string(HttpRules())).value();
  return routes;
}

absl::StatusOr<Routes::Found> Routes::Find(absl::string_view verb, const Path& path) const {
  std::set<std::string> others;
  for (const Route& route : routes_) {
    std::optional<PathTemplate::Bound> bound = route.path.Match(path);
    if (!bound) continue;
    if (route.verb == verb) return Found{&route, *std::move(bound)};
    others.insert(route.verb);
  }
  if (others.empty()) {
    return Refuse(absl::StatusCode::kNotFound, "NO_SUCH_PATH",
                  "nothing is at this path; /v1/openapi.json says what there is");
  }
  return Refuse(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED",
                absl::StrCat("this path is asked by ", absl::StrJoin(others, ", ")));
}

}  // namespace ccfa::gateway
