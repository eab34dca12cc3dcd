#include "services/gateway/open311.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/receipt.pb.h"
#include "common/core/names.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "services/gateway/open311_calls.h"
#include "services/gateway/open311_error.h"
#include "services/gateway/open311_filter.h"
#include "services/gateway/open311_report.h"
#include "services/gateway/open311_request.h"
#include "services/gateway/open311_services.h"
#include "services/gateway/open311_update.h"
#include "services/gateway/path_template.h"
#include "services/gateway/ward_of_point.h"

namespace ccfa::gateway {
namespace {

using open311::Document;
using open311::Format;

constexpr char kAt[] = "/open311/";
constexpr char kVersion[] = "v2";
constexpr char kForm[] = "application/x-www-form-urlencoded";
constexpr char kRequests[] = "service_requests", kUpdates[] = "service_request_updates";
constexpr char kReused[] = "REQUEST_ID_REUSED";
constexpr size_t kRequestIdBytes = 16;
constexpr absl::Duration kUsualUpdates = absl::Hours(24), kLongestUpdates = absl::Hours(24 * 31);

/// Cuts the format off the last part of a path. XML where it names none, or another, as every
/// server of GeoReport has it.
Format CutFormat(std::string& last, absl::Status& status) {
  const size_t dot = last.rfind('.');
  if (dot == std::string::npos) return Format::kXml;
  const std::string format = last.substr(dot + 1);
  last.resize(dot);
  if (format == "json") return Format::kJson;
  if (format != "xml") {
    status.Update(Refuse(absl::StatusCode::kInvalidArgument, "NO_SUCH_FORMAT",
                         "expected .xml or .json at the path's end"));
  }
  return Format::kXml;
}

absl::Status NoSuchPath() {
  return Refuse(absl::StatusCode::kNotFound, "NO_SUCH_PATH",
                "nothing is at this path; /open311/v2/discovery.xml says what there is");
}

absl::Status CheckForm(const http::Request& request) {
  if (request.method != "POST") return absl::OkStatus();
  if (absl::StartsWithIgnoreCase(request.headers.Get("Content-Type"), kForm))
    return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, "NO_FORM",
                absl::StrCat("expected a body of ", kForm, "; send media as media_url"));
}

/// A header that goes into a request has to be text.
absl::StatusOr<std::string> HeaderOf(const http::Request& request, const char* name) {
  std::string value = request.headers.Get(name);
  if (!IsUtf8(value)) return InvalidField(name, "is not UTF-8");
  return value;
}

bool IsText(const std::vector<std::string>& segments) {
  return std::all_of(segments.begin(), segments.end(),
                     [](const std::string& segment) { return IsUtf8(segment); });
}

absl::Status Required(const open311::Form& form, const char* argument) {
  return form.Get(argument).empty() ? InvalidField(argument, "is required") : absl::OkStatus();
}

absl::Status NoSuchService(absl::string_view code) {
  return NotFound("service_code", code);
}

}  // namespace

bool Open311::IsAt(absl::string_view path) {
  return absl::StartsWith(path, kAt);
}

http::Response Open311::Answer(const http::Request& request, const absl::Status& admitted) {
  std::optional<Path> path = ParsePath(request.path);
  if (!path) {
    return open311::ToErrors(absl::EndsWith(request.path, ".json") ? Format::kJson : Format::kXml,
                             admitted.ok() ? NoSuchPath() : admitted);
  }
  // A colon means nothing here.
  if (!path->verb.empty()) absl::StrAppend(&path->segments.back(), ":", path->verb);
  absl::Status status = admitted;
  if (status.ok() &&
      (path->segments.size() < 3 || path->segments[1] != kVersion || !IsText(path->segments))) {
    status = NoSuchPath();
  }
  const Format format = CutFormat(path->segments.back(), status);
  if (!status.ok()) return open311::ToErrors(format, status);
  path->segments.erase(path->segments.begin(), path->segments.begin() + 2);
  absl::StatusOr<Said> said = Dispatch(request, std::move(path->segments));
  return said.ok() ? open311::ToResponse(format, said->root, said->document)
                   : open311::ToErrors(format, said.status());
}

absl::StatusOr<Open311::Said> Open311::Dispatch(const http::Request& request,
                                                std::vector<std::string> path) {
  absl::StatusOr<std::string> host = HeaderOf(request, "Host");
  if (!host.ok()) return host.status();
  absl::StatusOr<std::string> idempotency_key = HeaderOf(request, "Idempotency-Key");
  if (!idempotency_key.ok()) return idempotency_key.status();
  Asked asked{request.method, std::move(path), *std::move(host), *std::move(idempotency_key), {}};
  absl::Status read = CheckForm(request);
  if (read.ok()) read = asked.form.Read(request.query);
  if (read.ok() && request.method == "POST") read = asked.form.Read(request.body);
  if (!read.ok()) return read;
  open311::Asking services(upstream_, keys_, open311::KeyOf(request, asked.form));
  return Find(asked, services);
}

absl::StatusOr<Open311::Said> Open311::Find(const Asked& asked, open311::Asking& services) {
  const std::string& what = asked.path.front();
  const bool is_one = asked.path.size() == 2, is_post = asked.method == "POST";
  if (asked.path.size() > 2) return NoSuchPath();
  const bool takes_posts = !is_one && (what == "requests" || what == "servicerequestupdates");
  if (asked.method != "GET" && !(is_post && takes_posts)) {
    return Refuse(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED",
                  takes_posts ? "this path is asked by GET, POST" : "this path is asked by GET");
  }
  if (what == "discovery" && !is_one) return Discovery(asked);
  if (what == "services") return Services(asked, services);
  if (what == "requests" && is_one) return OneRequest(asked, services);
  if (what == "requests") return is_post ? Report(asked, services) : Requests(asked, services);
  if (what == "tokens" && is_one) return Token(asked, services);
  if (what == "servicerequestupdates" && !is_one)
    return is_post ? Update(asked, services) : Updates(asked, services);
  return NoSuchPath();
}

Open311::Said Open311::Discovery(const Asked& asked) const {
  // A council may change what it asks for any day: whoever keeps its services asks again each day.
  const std::string today = absl::FormatTime("%Y-%m-%d 00:00", time_.Now(), absl::UTCTimeZone());
  Document endpoint = {{"specification", "http://wiki.open311.org/GeoReport_v2"},
                       {"url", absl::StrCat(scheme_, "://", asked.host, kAt, kVersion)},
                       {"changeset", today},
                       {"type", "production"},
                       {"formats", {"text/xml", "application/json"}}};
  return {"discovery",
          {{"changeset", today},
           {"contact", "The council whose code is the jurisdiction_id"},
           {"key_service",
            "An administrator of the council gives keys, for reports and for what became of them"},
           {"endpoints", Document::array({std::move(endpoint)})}}};
}

absl::StatusOr<Open311::Said> Open311::Services(const Asked& asked,
                                                open311::Asking& services) const {
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  auto rules = open311::RulesOf(*council, services);
  if (!rules.ok()) return rules.status();
  if (asked.path.size() == 1) return Said{"services", open311::ServicesOf(*rules)};
  const std::string& code = asked.path[1];
  if (!open311::HasService(*rules, code)) return NoSuchService(code);
  return Said{"service_definition", open311::DefinitionOf(code)};
}

absl::StatusOr<Open311::Said> Open311::Requests(const Asked& asked,
                                                open311::Asking& services) const {
  absl::StatusOr<open311::Filter> filter = open311::ReadFilter(asked.form, time_.Now());
  if (!filter.ok()) return filter.status();
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  auto calls = open311::ListCalls(*council, *filter, services);
  if (!calls.ok()) return calls.status();
  auto expected = open311::ExpectedOf(*council, *calls, services);
  if (!expected.ok()) return expected.status();
  Document requests = Document::array();
  for (size_t i = 0; i < calls->size(); ++i)
    requests.push_back(open311::RequestOf((*calls)[i], (*expected)[i]));
  return Said{kRequests, std::move(requests)};
}

absl::StatusOr<Open311::Said> Open311::OneRequest(const Asked& asked,
                                                  open311::Asking& services) const {
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  auto call = open311::FindCall(*council, asked.path[1], services);
  if (!call.ok()) return call.status();
  auto expected = open311::ExpectedOf(*council, {*call}, services);
  if (!expected.ok()) return expected.status();
  return Said{kRequests, Document::array({open311::RequestOf(*call, expected->front())})};
}

absl::StatusOr<Open311::Said> Open311::Token(const Asked& asked, open311::Asking& services) const {
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  // Each report has its id at once, so an id is all the token there is.
  auto call = open311::FindCall(*council, asked.path[1], services);
  if (absl::IsNotFound(call.status())) return NotFound("token", asked.path[1]);
  if (!call.ok()) return call.status();
  return Said{kRequests,
              Document::array({{{"service_request_id", asked.path[1]}, {"token", asked.path[1]}}})};
}

absl::StatusOr<Open311::Said> Open311::Report(const Asked& asked, open311::Asking& services) const {
  if (absl::Status code = Required(asked.form, "service_code"); !code.ok()) return code;
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  auto rules = open311::RulesOf(*council, services);
  if (!rules.ok()) return rules.status();
  if (const std::string code = asked.form.Get("service_code"); !open311::HasService(*rules, code))
    return NoSuchService(code);
  auto call = open311::ToCall(asked.form, *council);
  if (!call.ok()) return call.status();
  call->mutable_details()->set_ward(WardFor(services, *call));
  call->set_request_id(asked.idempotency_key);
  client::Identify(*call);
  auto receipt = services.Ask<record::v1::Receipt>(*call);
  if (!receipt.ok()) return receipt.status();
  return Said{kRequests,
              Document::array({{{"service_request_id", std::string(LastId(receipt->name()))},
                                {"service_notice", open311::TextOrNull(receipt->advice())},
                                {"account_id", nullptr}}})};
}

absl::StatusOr<Open311::Said> Open311::Updates(const Asked& asked,
                                               open311::Asking& services) const {
  absl::StatusOr<open311::Range> range =
      open311::ReadRange(asked.form, kUsualUpdates, kLongestUpdates, time_.Now());
  if (!range.ok()) return range.status();
  absl::StatusOr<open311::Part> part = open311::ReadPart(asked.form);
  if (!part.ok()) return part.status();
  auto ids = open311::ReadIds(asked.form);
  if (!ids.ok()) return ids.status();
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  // Every call to which anything was done since then: more than are asked for, never less.
  open311::Filter touched;
  touched.ids = *std::move(ids);
  touched.updated.from = range->from;
  Document updates = Document::array();
  size_t seen = 0;
  const auto add = [&](insight::v1::CallStory& call) -> absl::StatusOr<bool> {
    auto history = open311::HistoryOf(call.name(), services);
    if (!history.ok()) return history.status();
    for (open311::Told& told : open311::UpdatesOf(call, *history)) {
      if (!range->Has(told.at) || ++seen <= part->skip) continue;
      if (updates.size() == part->take) break;
      updates.push_back(std::move(told.update));
    }
    return updates.size() < part->take;
  };
  absl::Status listed = open311::EachCall(*council, touched, services, add);
  if (!listed.ok()) return listed;
  return Said{kUpdates, std::move(updates)};
}

absl::StatusOr<Open311::Said> Open311::Update(const Asked& asked, open311::Asking& services) const {
  const std::string id = asked.form.Get("service_request_id");
  if (absl::Status given = Required(asked.form, "service_request_id"); !given.ok()) return given;
  absl::StatusOr<std::string> council = open311::FindCouncil(asked.form, services);
  if (!council.ok()) return council.status();
  auto call = open311::FindCall(*council, id, services);
  if (!call.ok()) return call.status();
  // A client that sends an update again sends its own id of it again.
  std::string request_id = asked.idempotency_key;
  if (const std::string own = asked.form.Get("update_id"); request_id.empty() && !own.empty())
    request_id = absl::StrCat("open311/", services.Holder(), "/", id, "/", own);
  if (request_id.empty()) request_id = RandomHex(kRequestIdBytes);
  auto commands = open311::ToCommands(asked.form, *call, request_id);
  if (!commands.ok()) return commands.status();
  absl::StatusOr<record::v1::Receipt> receipt =
      services.Ask<record::v1::Receipt>(*commands->front());
  // Sent again, it gets its first answer, though the call has gone on and it would mean another
  // command now. None of them is done: their request id has been used.
  for (size_t i = 1; i < commands->size() && ReasonOf(receipt.status()) == kReused; ++i)
    receipt = services.Ask<record::v1::Receipt>(*(*commands)[i]);
  if (!receipt.ok()) return receipt.status();
  return Said{kUpdates,
              Document::array({{{"update_id", open311::UpdateId(call->name(), receipt->event_id())},
                                {"service_request_id", id}}})};
}

}  // namespace ccfa::gateway
