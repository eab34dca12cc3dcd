#include "common/core/refusal.h"

#include <google/rpc/error_details.pb.h>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/core/utf8.h"

namespace ccfa {
namespace {

constexpr int kAMomentMs = 500;
constexpr int kAskElsewhereMs = 100;
constexpr char kOwner[] = "owner";

template <class Detail>
void Attach(absl::Status& status, const Detail& detail) {
  status.SetPayload(absl::StrCat("type.googleapis.com/", detail.GetTypeName()),
                    absl::Cord(detail.SerializeAsString()));
}

template <class Detail>
bool Find(const absl::Status& status, Detail& detail) {
  auto payload = status.GetPayload(absl::StrCat("type.googleapis.com/", detail.GetTypeName()));
  return payload && detail.ParseFromString(std::string(*payload));
}

}  // namespace

absl::Status Refuse(absl::StatusCode code, absl::string_view reason, absl::string_view words,
                    absl::string_view field) {
  // What came is quoted, cut anywhere: bytes that are no text would cost the client the details.
  std::string message = ToUtf8(words);
  absl::Status status(code, field.empty() ? message : absl::StrCat(field, ": ", message));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("ccfa");
  Attach(status, info);
  if (!field.empty()) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field(std::string(field));
    violation->set_description(message);
    Attach(status, bad);
  }
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view message) {
  return Refuse(absl::StatusCode::kInvalidArgument, "INVALID_FIELD", message, field);
}

absl::Status NotFound(absl::string_view field, absl::string_view name) {
  return Refuse(absl::StatusCode::kNotFound, "NOT_FOUND", absl::StrCat("there is no ", name),
                field);
}

absl::Status WrongState(absl::string_view message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", message);
}

absl::Status Forbidden(absl::string_view reason, absl::string_view message) {
  return Refuse(absl::StatusCode::kPermissionDenied, reason, message);
}

absl::Status GateNotMet(absl::string_view gate, const std::vector<Missing>& missing) {
  std::string message = absl::StrCat("the gate to ", gate, " is not met:");
  google::rpc::PreconditionFailure failure;
  for (const Missing& piece : missing) {
    absl::StrAppend(&message, &piece == &missing.front() ? " " : "; ", piece.what, " (",
                    piece.supplied_by, ")");
    auto* violation = failure.add_violations();
    violation->set_type("GATE");
    violation->set_subject(std::string(gate));
    violation->set_description(absl::StrCat(piece.what, " (", piece.supplied_by, ")"));
  }
  absl::Status status = Refuse(absl::StatusCode::kFailedPrecondition, "GATE_NOT_MET", message);
  Attach(status, failure);
  return status;
}

absl::Status TryLater(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                      int retry_ms) {
  absl::Status status = Refuse(code, reason, message);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(retry_ms / 1000);
  retry.mutable_retry_delay()->set_nanos(retry_ms % 1000 * 1'000'000);
  Attach(status, retry);
  return status;
}

absl::Status NotNow(absl::string_view reason, absl::string_view message) {
  return TryLater(absl::StatusCode::kUnavailable, reason, message, kAMomentMs);
}

absl::Status OwnedElsewhere(absl::string_view owner, absl::string_view what) {
  absl::Status status =
      TryLater(absl::StatusCode::kUnavailable, "OWNED_ELSEWHERE",
               absl::StrCat("ask ", owner, ", which has ", what), kAskElsewhereMs);
  google::rpc::ErrorInfo info;
  Find(status, info);
  (*info.mutable_metadata())[kOwner] = std::string(owner);
  Attach(status, info);
  return status;
}

std::string OwnerOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  if (!Find(status, info)) return "";
  auto owner = info.metadata().find(kOwner);
  return owner == info.metadata().end() ? "" : owner->second;
}

std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  return Find(status, info) ? info.reason() : absl::StatusCodeToString(status.code());
}

std::string FieldOf(const absl::Status& status) {
  google::rpc::BadRequest bad;
  return Find(status, bad) && bad.field_violations_size() > 0 ? bad.field_violations(0).field()
                                                              : "";
}

}  // namespace ccfa
