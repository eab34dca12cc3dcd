#include "services/gateway/openapi.h"

#include <google/protobuf/descriptor.pb.h>

#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/identity/permissions.h"
#include "services/gateway/embedded.h"
#include "services/gateway/fields.h"

namespace ccfa::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using Json = nlohmann::ordered_json;

constexpr char kAbout[] =
    "The backend of the Community Call for Action: every RPC over HTTP, by the rules of "
    "google.api.http. Messages are protobuf's JSON; what has its default value is left out. A "
    "command may carry `Idempotency-Key`: repeated with the same key it gets the first answer and "
    "has no second effect. A change on the condition that nobody else has changed the thing "
    "carries "
    "`If-Match` with the `ETag` that was read. `Ccfa-As-At` asks a read as at a past moment. "
    "Refusals are problems as RFC 9457 has them: `reason` is stable, `detail` is for people.";

/// "call", of the collection "calls".
std::string Singular(absl::string_view collection) {
  if (absl::EndsWith(collection, "ies"))
    return absl::StrCat(collection.substr(0, collection.size() - 3), "y");
  absl::ConsumeSuffix(&collection, "s");
  return std::string(collection);
}

/// A path as OpenAPI writes it, and what its variables are called.
struct OpenPath {
  std::string text;
  std::vector<std::string> parameters;
};

OpenPath ToOpenPath(const PathTemplate& path) {
  OpenPath open;
  for (const std::string& segment : path.segments()) {
    if (!absl::StartsWith(segment, "*")) {
      absl::StrAppend(&open.text, "/", segment);
      continue;
    }
    const std::vector<std::string> before = absl::StrSplit(open.text, '/');
    std::string name = segment == "**" ? "rest" : Singular(before.back());
    open.parameters.push_back(name);
    absl::StrAppend(&open.text, "/{", name, "}");
  }
  if (!path.verb().empty()) absl::StrAppend(&open.text, ":", path.verb());
  return open;
}

/// The contract as it was written, with its comments, which the compiled one has not.
const DescriptorPool& Commented() {
  static const DescriptorPool* const pool = [] {
    google::protobuf::FileDescriptorSet files;
    files.ParseFromArray(Contract().data(), static_cast<int>(Contract().size()));
    auto* made = new DescriptorPool;
    for (const auto& file : files.file()) made->BuildFile(file);
    return made;
  }();
  return *pool;
}

template <class Thing>
std::string CommentOf(const Thing& thing) {
  google::protobuf::SourceLocation location;
  if (!thing.GetSourceLocation(&location)) return "";
  std::string comment = absl::StrReplaceAll(location.leading_comments, {{"\n ", " "}, {"\n", ""}});
  return std::string(absl::StripAsciiWhitespace(comment));
}

template <class Thing>
Json Described(Json schema, const Thing& thing) {
  if (std::string comment = CommentOf(thing); !comment.empty()) schema["description"] = comment;
  return schema;
}

Json Reference(const std::string& name) {
  return {{"$ref", absl::StrCat("#/components/schemas/", name)}};
}

/// Collects the schemas that operations refer to, and those that these refer to.
class Schemas {
 public:
  Json Of(const FieldDescriptor& field) {
    if (field.is_map()) return {{"type", "object"}};
    Json schema = OfOne(field);
    if (field.is_repeated()) schema = {{"type", "array"}, {"items", std::move(schema)}};
    return Described(std::move(schema), field);
  }

  Json Of(const Descriptor& message) {
    if (message.full_name() == "google.protobuf.Timestamp")
      return {{"type", "string"}, {"format", "date-time"}};
    if (message.full_name() == "google.protobuf.Duration")
      return {{"type", "string"}, {"examples", {"3.5s"}}};
    if (message.full_name() == "google.protobuf.FieldMask")
      return {{"type", "string"}, {"examples", {"members,leader"}}};
    if (made_.insert(message.full_name()).second)
      all_[message.full_name()] = Described(Object(message, {}), message);
    return Reference(message.full_name());
  }

  /// A message without the fields that stand elsewhere.
  Json Object(const Descriptor& message, const std::set<std::string>& elsewhere) {
    Json properties = Json::object();
    for (int i = 0; i < message.field_count(); ++i) {
      if (!elsewhere.contains(message.field(i)->name()))
        properties[message.field(i)->json_name()] = Of(*message.field(i));
    }
    return {{"type", "object"}, {"properties", std::move(properties)}};
  }

  Json Take() { return std::move(all_); }

 private:
  Json OfOne(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Of(*field.message_type());
      case FieldDescriptor::CPPTYPE_ENUM:
        return Of(*field.enum_type());
      case FieldDescriptor::CPPTYPE_BOOL:
        return {{"type", "boolean"}};
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return {{"type", "number"}};
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        return {{"type", "integer"}, {"format", "int32"}};
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        return {{"type", "string"}, {"pattern", "^-?[0-9]+$"}};
      case FieldDescriptor::CPPTYPE_STRING:
        break;
    }
    if (field.type() == FieldDescriptor::TYPE_BYTES)
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    return {{"type", "string"}};
  }

  Json Of(const EnumDescriptor& type) {
    if (made_.insert(type.full_name()).second) {
      Json values = Json::array();
      for (int i = 0; i < type.value_count(); ++i) values.push_back(type.value(i)->name());
      all_[type.full_name()] = Described({{"type", "string"}, {"enum", std::move(values)}}, type);
    }
    return Reference(type.full_name());
  }

  std::set<std::string> made_;
  Json all_ = Json::object();
};

Json Parameter(const std::string& name, const char* in, Json schema) {
  Json parameter = {{"name", name}, {"in", in}, {"required", in == absl::string_view("path")}};
  if (schema.contains("description")) {
    parameter["description"] = schema["description"];
    schema.erase("description");
  }
  parameter["schema"] = std::move(schema);
  return parameter;
}

/// The fields of a message that a query gives, those within it behind a dot.
void AddQuery(const Descriptor& message, const std::string& before,
              const std::set<std::string>& elsewhere, Schemas& schemas, Json& parameters) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const std::string name = absl::StrCat(before, field.json_name());
    if (elsewhere.contains(field.name())) continue;
    const bool is_message = field.message_type() != nullptr;
    if (!is_message || absl::StartsWith(field.message_type()->full_name(), "google.protobuf.")) {
      parameters.push_back(Parameter(name, "query", schemas.Of(field)));
    } else if (!field.is_repeated()) {
      AddQuery(*field.message_type(), absl::StrCat(name, "."), {}, schemas, parameters);
    }
  }
}

/// The first sentence.
std::string SummaryOf(const MethodDescriptor& method) {
  std::string comment = CommentOf(method);
  comment = comment.substr(0, std::min(comment.find(". "), comment.find(": ")));
  absl::string_view summary = comment;
  absl::ConsumeSuffix(&summary, ".");
  return summary.empty() ? method.name() : std::string(summary);
}

Json Operation(const Route& route, const OpenPath& path, Schemas& schemas) {
  const MethodDescriptor& method = *Commented().FindMethodByName(route.method->full_name());
  const Descriptor& request = *method.input_type();
  std::set<std::string> elsewhere;
  for (const auto& variable : route.path.variables()) elsewhere.insert(variable.field);
  Json parameters = Json::array();
  for (const std::string& name : path.parameters) {
    const bool rest = name == "rest";
    parameters.push_back(Parameter(
        name, "path", {{"type", "string"}, {"pattern", rest ? "^.+$" : "^[A-Za-z0-9._-]{1,64}$"}}));
  }
  for (const auto& [header, field, what] :
       {std::tuple{"Idempotency-Key", "request_id", "Repeated, it gets the first answer."},
        std::tuple{"If-Match", "etag", "Only if nobody has changed it since."}}) {
    if (request.FindFieldByName(field) == nullptr) continue;
    elsewhere.insert(field);
    parameters.push_back(Parameter(header, "header", {{"type", "string"}, {"description", what}}));
  }
  Json operation = {{"operationId", absl::StrCat(method.service()->name(), "_", method.name())},
                    {"tags", {method.service()->name()}},
                    {"summary", SummaryOf(method)},
                    {"description", CommentOf(method)}};
  // Who may ask it at all; what else is needed the refusal says.
  const auto* permission =
      identity::FindPermission(absl::StrCat(method.service()->full_name(), "/", method.name()));
  if (permission != nullptr) operation["x-roles"] = std::string(permission->who);
  if (permission != nullptr && permission->who == "anyone") operation["security"] = Json::array();
  Json body;
  if (route.body == "*") {
    body = schemas.Object(request, elsewhere);
  } else if (!route.body.empty()) {
    elsewhere.insert(route.body);
    body = schemas.Of(*request.FindFieldByName(route.body)->message_type());
  }
  if (route.body != "*") AddQuery(request, "", elsewhere, schemas, parameters);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!body.is_null())
    operation["requestBody"]["content"]["application/json"]["schema"] = std::move(body);
  const char* type = method.server_streaming() ? "application/x-ndjson" : "application/json";
  Json& responses = operation["responses"];
  responses["200"] = {{"description", method.server_streaming() ? "An answer a line" : "Done"}};
  responses["200"]["content"][type]["schema"] = schemas.Of(*method.output_type());
  responses["4XX"] = {{"$ref", "#/components/responses/Problem"}};
  responses["5XX"] = {{"$ref", "#/components/responses/Problem"}};
  return operation;
}

Json ProblemSchema() {
  const Json text = {{"type", "string"}};
  const Json field = {{"type", "object"}, {"properties", {{"field", text}, {"description", text}}}};
  return {{"type", "object"},
          {"description", "A refusal, as RFC 9457 has it."},
          {"required", {"type", "title", "status", "detail", "code", "reason"}},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"code", text},
            {"reason", text},
            {"fields", {{"type", "array"}, {"items", field}}},
            {"missing", {{"type", "array"}, {"items", text}}}}}};
}

std::string Make(const Routes& routes) {
  Schemas schemas;
  Json paths = Json::object(), tags = Json::array();
  std::set<std::string> tagged;
  for (const Route& route : routes.all()) {
    const OpenPath path = ToOpenPath(route.path);
    paths[path.text][absl::AsciiStrToLower(route.verb)] = Operation(route, path, schemas);
    const auto& service = *Commented().FindServiceByName(route.method->service()->full_name());
    if (tagged.insert(service.name()).second)
      tags.push_back(Described({{"name", service.name()}}, service));
  }
  Json document = {
      {"openapi", "3.1.0"},
      {"info", {{"title", "Community Call for Action"}, {"version", "1"}, {"description", kAbout}}},
      {"servers", {{{"url", "/"}}}},
      {"security", {{{"token", Json::array()}}}},
      {"tags", std::move(tags)},
      {"paths", std::move(paths)}};
  Json& components = document["components"];
  components["securitySchemes"]["token"] = {{"type", "http"}, {"scheme", "bearer"}};
  components["responses"]["Problem"] = {{"description", "Refused, or not now"}};
  components["responses"]["Problem"]["content"]["application/problem+json"]["schema"] =
      Reference("Problem");
  components["schemas"] = schemas.Take();
  components["schemas"]["Problem"] = ProblemSchema();
  return document.dump(2) + "\n";
}

}  // namespace

const std::string& OpenApi(const Routes& routes) {
  static const std::string document = Make(routes);
  return document;
}

}  // namespace ccfa::gateway
