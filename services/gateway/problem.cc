#include "services/gateway/problem.h"

#include <google/rpc/error_details.pb.h>

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/core/refusal.h"

namespace ccfa::gateway {
namespace {

template <class Detail>
Detail Find(const absl::Status& status) {
  Detail detail;
  auto payload = status.GetPayload(absl::StrCat("type.googleapis.com/", detail.GetTypeName()));
  if (payload) detail.ParseFromString(std::string(*payload));
  return detail;
}

/// "Wrong state", of WRONG_STATE.
std::string Title(const std::string& reason) {
  std::string title = absl::AsciiStrToLower(absl::StrReplaceAll(reason, {{"_", " "}}));
  if (!title.empty()) title[0] = absl::ascii_toupper(title[0]);
  return title;
}

}  // namespace

int HttpStatusOf(const absl::Status& refusal) {
  const std::string reason = ReasonOf(refusal);
  if (reason == "ETAG_MOVED") return 412;
  if (reason == "METHOD_NOT_ALLOWED") return 405;
  if (reason == "NOT_JSON") return 415;
  switch (refusal.code()) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

http::Response ToProblem(const absl::Status& refusal) {
  const std::string reason = ReasonOf(refusal);
  http::Response response;
  response.status = HttpStatusOf(refusal);
  nlohmann::ordered_json problem = {{"type", absl::StrCat("urn:ccfa:problem:", reason)},
                                    {"title", Title(reason)},
                                    {"status", response.status},
                                    {"detail", std::string(refusal.message())},
                                    {"code", absl::StatusCodeToString(refusal.code())},
                                    {"reason", reason}};
  const auto bad = Find<google::rpc::BadRequest>(refusal);
  for (const auto& violation : bad.field_violations()) {
    problem["fields"].push_back(
        {{"field", violation.field()}, {"description", violation.description()}});
  }
  const auto gate = Find<google::rpc::PreconditionFailure>(refusal);
  for (const auto& missing : gate.violations()) problem["missing"].push_back(missing.description());
  if (const auto retry = Find<google::rpc::RetryInfo>(refusal); retry.has_retry_delay()) {
    const auto& delay = retry.retry_delay();
    response.headers.Add("Retry-After", absl::StrCat(delay.seconds() + (delay.nanos() > 0)));
  }
  if (response.status == 401) response.headers.Add("WWW-Authenticate", "Bearer");
  response.headers.Add("Content-Type", "application/problem+json");
  response.headers.Add("Cache-Control", "no-store");
  response.body = problem.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

}  // namespace ccfa::gateway
