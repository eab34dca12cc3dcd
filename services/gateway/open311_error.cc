#include "services/gateway/open311_error.h"

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway::open311 {

int StatusOf(const absl::Status& refusal) {
  const std::string reason = ReasonOf(refusal);
  if (reason == "NO_SUCH_FORMAT") return 406;
  if (reason == "NO_FORM") return 415;
  switch (const int status = HttpStatusOf(refusal); status) {
    case 401:
      return 403;
    case 409:
    case 412:
      return 400;
    default:
      return status;
  }
}

http::Response ToErrors(Format format, const absl::Status& refusal) {
  const int status = StatusOf(refusal);
  std::string description(refusal.message());
  // Whoever has no token of their own is not told how to get one.
  if (absl::IsUnauthenticated(refusal))
    description = "api_key: is missing, wrong, or counts no more";
  const http::Response problem = ToProblem(refusal);
  http::Response response =
      ToResponse(format, "errors",
                 Document::array({{{"code", status}, {"description", description}}}), status);
  if (std::string retry = problem.headers.Get("Retry-After"); !retry.empty())
    response.headers.Add("Retry-After", std::move(retry));
  return response;
}

}  // namespace ccfa::gateway::open311
