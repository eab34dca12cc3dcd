#include "services/gateway/open311_asking.h"

#include "absl/strings/strip.h"
#include "common/core/names.h"
#include "common/identity/token.h"

namespace ccfa::gateway::open311 {
namespace {

/// What a token claims, which the services have yet to believe; nothing where it is none.
nlohmann::json ClaimsOf(const Metadata& metadata) {
  for (const auto& [name, value] : metadata) {
    absl::string_view text = value;
    if (!absl::ConsumePrefix(&text, "Bearer ")) continue;
    absl::StatusOr<identity::Token> token = identity::ParseToken(text);
    if (token.ok() && token->claims.is_object()) return token->claims;
  }
  return nlohmann::json::object();
}

std::string IdOf(const nlohmann::json& claim) {
  return claim.is_string() && IsId(claim.get<std::string>()) ? claim.get<std::string>() : "";
}

}  // namespace

absl::StatusOr<std::string> Asking::CouncilOfKey() {
  if (key_.empty()) return "";
  absl::StatusOr<Metadata> metadata = keys_.MetadataOf(key_);
  if (!metadata.ok()) return metadata.status();
  const nlohmann::json councils = ClaimsOf(*metadata).value("councils", nlohmann::json());
  return councils.is_array() && councils.size() == 1 ? IdOf(councils.front()) : "";
}

std::string Asking::Holder() {
  absl::StatusOr<Metadata> metadata = keys_.MetadataOf(key_);
  return metadata.ok() ? IdOf(ClaimsOf(*metadata).value("sub", nlohmann::json())) : "";
}

Asking::Answer Asking::Send(const google::protobuf::Message& request, const Metadata& metadata) {
  const auto& type = *request.GetDescriptor();
  const std::string rpc(absl::StripSuffix(type.name(), "Request"));
  return upstream_.Ask(*type.file()->service(0)->FindMethodByName(rpc), request, metadata);
}

Asking::Answer Asking::AskByKey(const google::protobuf::Message& request) {
  for (bool again = false;; again = true) {
    absl::StatusOr<Metadata> metadata = keys_.MetadataOf(key_);
    if (!metadata.ok()) return metadata.status();
    Answer answer = Send(request, *metadata);
    // The token it signed in with may have been ended since.
    if (again || !absl::IsUnauthenticated(answer.status())) return answer;
    keys_.Forget(key_);
  }
}

}  // namespace ccfa::gateway::open311
