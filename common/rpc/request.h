#pragma once

#include <grpcpp/server_context.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/core/actor.h"
#include "google/protobuf/message.h"

namespace ccfa::rpc {

/// Request metadata: who asks, and the W3C trace context.
inline constexpr char kActorKey[] = "ccfa-actor";
inline constexpr char kTraceparentKey[] = "traceparent";
/// And, of a read, the moment whose tables it is answered from (F71).
inline constexpr char kAsAtKey[] = "ccfa-as-at";

/// Who asks. INVALID_ARGUMENT when the metadata does not say, or not in the right form.
absl::StatusOr<Actor> ActorOf(const grpc::ServerContextBase& context);

/// The caller's trace context; empty when absent or malformed.
std::string TraceparentOf(const grpc::CallbackServerContext& context);

/// The past moment that is asked about; none: now. INVALID_ARGUMENT when it is no RFC 3339 time.
absl::StatusOr<std::optional<absl::Time>> AsAtOf(const grpc::CallbackServerContext& context);

/// When the caller stops waiting; InfiniteFuture when never.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context);

/// The council a command is about: from its `parent`, `name`, or the name of what it registers.
/// INVALID_ARGUMENT naming the field when none of them names a council.
absl::StatusOr<std::string> CouncilOfRequest(const google::protobuf::Message& request);

/// The value of a request's string field; empty when it has no such field.
std::string StringField(const google::protobuf::Message& request, const char* field);

}  // namespace ccfa::rpc
