#include "services/gateway/rest.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "common/rpc/request.h"
#include "services/gateway/fields.h"
#include "services/gateway/openapi.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kJson[] = "application/json";
constexpr size_t kLongestQuery = 8 << 10;

http::Response JsonReply(std::string body, const char* type = kJson) {
  http::Response response;
  response.headers.Add("Content-Type", type);
  response.headers.Add("Cache-Control", "no-store");
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}

/// The text field of that name; null where the message has none.
const FieldDescriptor* TextField(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && field->type() == FieldDescriptor::TYPE_STRING ? field : nullptr;
}

/// `"7"` or `W/"7"` is 7.
std::string Unquoted(absl::string_view etag) {
  absl::ConsumePrefix(&etag, "W/");
  if (absl::ConsumePrefix(&etag, "\"")) absl::ConsumeSuffix(&etag, "\"");
  return std::string(etag);
}

absl::Status ReadBody(const Route& route, const http::Request& from, Message& request) {
  if (from.body.empty()) return absl::OkStatus();
  if (route.body.empty()) return InvalidField("body", "this request has none");
  const std::string type = from.headers.Get("Content-Type");
  if (!absl::StartsWithIgnoreCase(type, kJson)) {
    return Refuse(absl::StatusCode::kInvalidArgument, "NOT_JSON",
                  "expected a body of application/json", "Content-Type");
  }
  if (!IsUtf8(from.body)) return InvalidField("body", "is not UTF-8");
  if (route.body == "*") return FromJson(from.body, request);
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(route.body);
  return FromJson(from.body, *request.GetReflection()->MutableMessage(&request, field));
}

absl::Status ReadQuery(const Route& route, const http::Request& from, Message& request) {
  if (from.query.empty()) return absl::OkStatus();
  if (from.query.size() > kLongestQuery) return InvalidField("query", "is too long");
  for (absl::string_view pair : absl::StrSplit(from.query, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    std::optional<std::string> name = Decode(parts.first, /*plus=*/true);
    std::optional<std::string> value = Decode(parts.second, /*plus=*/true);
    if (!name || !value || !IsUtf8(*value))
      return InvalidField("query", "is not percent-encoded UTF-8");
    if (route.body == "*") return InvalidField(*name, "belongs into the body");
    if (absl::Status set = SetField(request, *name, *value); !set.ok()) return set;
  }
  return absl::OkStatus();
}

/// What the path says counts; a body that says otherwise is a mistake.
absl::Status ReadPath(const PathTemplate::Bound& bound, Message& request) {
  for (const auto& [field, text] : bound) {
    if (!IsUtf8(text)) return InvalidField(field, "is not UTF-8");
    const auto fields = FindField(*request.GetDescriptor(), field);
    const Message* within = &request;
    for (size_t i = 0; i + 1 < fields.size(); ++i)
      within = &within->GetReflection()->GetMessage(*within, fields[i]);
    const std::string said = within->GetReflection()->GetString(*within, fields.back());
    if (!said.empty() && said != text)
      return InvalidField(field, absl::StrCat("the path says ", text, ", and the body ", said));
    if (absl::Status set = SetField(request, field, text); !set.ok()) return set;
  }
  return absl::OkStatus();
}

/// Idempotency-Key is the request id, If-Match the etag.
absl::Status ReadHeaders(const http::Request& from, Message& request) {
  for (const auto& [header, field] :
       {std::pair{"Idempotency-Key", "request_id"}, std::pair{"If-Match", "etag"}}) {
    const std::string value = Unquoted(from.headers.Get(header));
    if (value.empty() || (field == absl::string_view("etag") && value == "*")) continue;
    const FieldDescriptor* descriptor = TextField(request, field);
    if (descriptor == nullptr)
      return InvalidField(header, "this request cannot be asked on that condition");
    if (!IsUtf8(value)) return InvalidField(header, "is not UTF-8");
    request.GetReflection()->SetString(&request, descriptor, value);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Message>> ToRequest(const Routes::Found& found,
                                                   const http::Request& from) {
  std::unique_ptr<Message> request = NewMessage(*found.route->method->input_type());
  absl::Status read = ReadBody(*found.route, from, *request);
  if (read.ok()) read = ReadQuery(*found.route, from, *request);
  if (read.ok()) read = ReadPath(found.bound, *request);
  if (read.ok()) read = ReadHeaders(from, *request);
  if (!read.ok()) return read;
  client::Identify(*request);
  return request;
}

/// What gRPC takes as metadata.
bool IsPrintable(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

Metadata MetadataOf(const http::Request& from, bool believes_actors) {
  Metadata metadata;
  for (const char* name : {"authorization", rpc::kActorKey, rpc::kAsAtKey, rpc::kTraceparentKey}) {
    if (name == rpc::kActorKey && !believes_actors) continue;
    std::string value = from.headers.Get(name);
    if (!value.empty() && IsPrintable(value)) metadata.emplace_back(name, std::move(value));
  }
  return metadata;
}

http::Response ToResponse(const http::Request& from, const Message& answer) {
  http::Response response = JsonReply(ToJson(answer) + "\n");
  const FieldDescriptor* field = TextField(answer, "etag");
  if (field == nullptr) return response;
  const std::string etag = answer.GetReflection()->GetString(answer, field);
  if (etag.empty()) return response;
  response.headers.Add("ETag", absl::StrCat("\"", etag, "\""));
  if (from.method == "GET" && Unquoted(from.headers.Get("If-None-Match")) == etag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

/// A line for each answer; one that says how it ended where that was not well.
class Lines final : public http::Stream {
 public:
  Lines(std::unique_ptr<Answers> answers, std::unique_ptr<Message> first)
      : answers_(std::move(answers)), first_(std::move(first)) {}

  std::optional<std::string> Next() override {
    if (over_) return std::nullopt;
    std::string lines;
    if (first_) lines = ToJson(*std::exchange(first_, nullptr)) + "\n";
    while (lines.size() < kEnough) {
      absl::StatusOr<std::unique_ptr<Message>> answer = answers_->Next();
      over_ = !answer.ok() || *answer == nullptr;
      if (!answer.ok())
        lines += absl::StrCat("{\"error\":", ToProblem(answer.status()).body, "}\n");
      if (over_) break;
      lines += ToJson(**answer) + "\n";
    }
    return lines;
  }

 private:
  static constexpr size_t kEnough = 32 << 10;
  std::unique_ptr<Answers> answers_;
  std::unique_ptr<Message> first_;
  bool over_ = false;
};

}  // namespace

http::Response Rest::Answer(const http::Request& from) {
  if (from.method == "GET" && from.path == "/v1/openapi.json") return JsonReply(OpenApi(routes_));
  std::optional<Path> path = ParsePath(from.path);
  if (!path) return ToProblem(InvalidField("path", "is no path of ours"));
  absl::StatusOr<Routes::Found> found = routes_.Find(from.method, *path);
  if (!found.ok()) return ToProblem(found.status());
  absl::StatusOr<std::unique_ptr<Message>> request = ToRequest(*found, from);
  if (!request.ok()) return ToProblem(request.status());
  const auto& method = *found->route->method;
  const Metadata metadata = MetadataOf(from, upstream_.believes_actors());
  if (method.server_streaming()) {
    auto answers = upstream_.AskForMany(method, **request, metadata);
    if (!answers.ok()) return ToProblem(answers.status());
    // What is refused is refused before the first answer: then it has a status of its own.
    absl::StatusOr<std::unique_ptr<Message>> first = (*answers)->Next();
    if (!first.ok()) return ToProblem(first.status());
    http::Response response = JsonReply("", "application/x-ndjson");
    response.stream = std::make_unique<Lines>(*std::move(answers), *std::move(first));
    return response;
  }
  if (EventStreams::AreAskedFor(from, method)) {
    return events_.Open(from, static_cast<const insight::v1::ListEventsRequest&>(**request),
                        metadata);
  }
  auto answer = upstream_.Ask(method, **request, metadata);
  return answer.ok() ? ToResponse(from, **answer) : ToProblem(answer.status());
}

}  // namespace ccfa::gateway
