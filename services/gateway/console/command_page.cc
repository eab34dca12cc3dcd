#include "services/gateway/console/command_page.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/names.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "services/gateway/console/edited.h"
#include "services/gateway/console/form_fields.h"
#include "services/gateway/console/look_before.h"
#include "services/gateway/console/words.h"
#include "services/gateway/fields.h"
#include "services/gateway/problem.h"
#include "services/gateway/upstream.h"
#include "services/gateway/ward_of_point.h"

namespace ccfa::gateway::console {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kRequestIdBytes = 16;

std::string PathOf(const Command& command, const Visit& visit) {
  return absl::StrCat(visit.name.empty() ? "" : "/", visit.name, "/do/", command.id);
}

void SetText(Message& message, const char* name, const std::string& text) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !text.empty())
    message.GetReflection()->SetString(&message, field, text);
}

std::string TextOf(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->type() != FieldDescriptor::TYPE_STRING) return "";
  return message.GetReflection()->GetString(message, field);
}

/// A committee's meeting has a page, an action its own, and so on; what has none, its parent's.
std::string PagePathOf(const std::string& name, const Visit& visit) {
  if (name.empty()) return absl::StrCat("/", visit.name);
  const std::string kind = KindOf(name);
  if (kind == "reviews/informationRequests" || kind == "reviews/attendanceRequests")
    return absl::StrCat("/", ParentOf(name));
  if (kind == "agencies" || kind == "councillors")
    return absl::StrCat("/", visit.parent(), "/admin");
  return absl::StrCat("/", name);
}

/// A councillor speaks for their own wards, and is held to no other that they did not name.
void AddWard(const Visit& visit, intake::v1::LogCallRequest& log) {
  const std::string ward = WardFor(visit.asker, log);
  const Visitor& visitor = visit.visitor;
  if (!visitor.Has("councillor") || absl::c_linear_search(visitor.who.wards, ward))
    log.mutable_details()->set_ward(ward);
}

}  // namespace

Page CommandPage(const Command& command, const Visit& visit, const Posted& posted) {
  Page page{.title = command.title};
  if (!visit.name.empty()) {
    page.kind = std::string(LastId(visit.name));
    page.back = {absl::StrCat("Back to ", LastId(visit.name)), PagePathOf(visit.name, visit)};
  }
  Form form{.id = "command", .action = PathOf(command, visit), .button = command.title};
  form.inputs = InputsFor(command.fields, *command.rpc->input_type(), posted, visit);
  std::string request_id = posted.Get("request_id");
  if (request_id.empty()) request_id = RandomHex(kRequestIdBytes);
  form.hidden = {{"csrf", ProofOf(visit.visitor.token)}, {"request_id", request_id}};
  std::string etag = posted.Get("etag");
  if (etag.empty()) etag = visit.query.Get("etag");
  if (!etag.empty()) form.hidden.emplace_back("etag", etag);
  if (!posted.Get(kLooked).empty()) form.hidden.emplace_back(kLooked, "yes");
  const bool has_point =
      std::any_of(form.inputs.begin(), form.inputs.end(),
                  [](const Input& input) { return absl::EndsWith(input.name, "point.lat"); });
  if (has_point) {
    page.blocks.push_back(
        Map{.areas = absl::StrCat("/", visit.parent(), "/wards.json"), .fills = form.id});
  }
  page.blocks.push_back(std::move(form));
  return page;
}

absl::StatusOr<Outcome> Do(const Command& command, const Visit& visit, const Posted& posted) {
  absl::StatusOr<std::unique_ptr<Message>> edited = RequestToEdit(command, visit);
  if (!edited.ok()) return edited.status();
  const std::unique_ptr<Message> request = *std::move(edited);
  if (!command.edits.empty()) ClearFields(command.fields, *request);
  absl::Status filled = FillRequest(command.fields, posted, visit.parent(), *request);
  if (!filled.ok()) return filled;
  if (!command.edits.empty()) DropEmptyParts(*request);
  if (!command.subject.empty()) {
    if (absl::Status set = SetField(*request, command.subject, visit.name); !set.ok()) return set;
  }
  if (auto* log = dynamic_cast<intake::v1::LogCallRequest*>(request.get())) AddWard(visit, *log);
  if (std::optional<Page> look = LookBefore(command, visit, posted, *request))
    return Outcome{.look = std::move(look)};
  SetText(*request, "request_id", posted.Get("request_id"));
  SetText(*request, "etag", posted.Get("etag"));
  absl::StatusOr<std::unique_ptr<Message>> answer = visit.asker.AskAny(*request);
  if (!answer.ok()) return answer.status();
  Outcome outcome{.path = PagePathOf(TextOf(**answer, "name"), visit),
                  .advice = TextOf(**answer, "advice")};
  if (visit.council.empty()) outcome.path = "/accounts";
  return outcome;
}

Page RefusedPage(const Command& command, const Visit& visit, const Posted& posted,
                 const absl::Status& refusal) {
  Page page = CommandPage(command, visit, posted);
  page.status = HttpStatusOf(refusal);
  Form& form = std::get<Form>(page.blocks.back());
  if (ReasonOf(refusal) == "ETAG_MOVED") {
    form.errors.push_back(
        "It has changed since you looked at it. Go back, look again, and decide anew.");
    return page;
  }
  Explain(refusal, form);
  return page;
}

Links CommandsFor(const Visit& visit, const std::string& name, absl::string_view state,
                  const std::string& etag) {
  Links links;
  const std::string kind = KindOf(name);
  for (const Command& command : EveryCommand()) {
    if (command.of != kind || !IsFor(command, state)) continue;
    if (!visit.visitor.May(command.rpc->service()->full_name(), command.rpc->name())) continue;
    std::string href = absl::StrCat(name.empty() ? "" : "/", name, "/do/", command.id);
    // A call's placement has an etag of its own.
    if (!etag.empty() && command.subject != "call") absl::StrAppend(&href, "?etag=", Escaped(etag));
    links.links.push_back({command.title, std::move(href)});
  }
  return links;
}

std::string NextOf(const std::string& path, const Visit& visit, const std::string& page_token) {
  if (page_token.empty()) return "";
  std::string next = path + "?";
  for (const auto& [name, value] : visit.query.all()) {
    if (name != "after" && name != "done" && !value.empty())
      absl::StrAppend(&next, Escaped(name), "=", Escaped(value), "&");
  }
  return absl::StrCat(next, "after=", Escaped(page_token));
}

}  // namespace ccfa::gateway::console
