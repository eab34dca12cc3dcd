#include "services/gateway/open311_calls.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/refusal.h"
#include "services/gateway/open311_request.h"

namespace ccfa::gateway::open311 {
namespace {

using insight::v1::CallStory;

constexpr int kPage = 1000;
/// Of so few calls each is asked for its own clocks.
constexpr size_t kFew = 10;
/// Moments are told apart by the microsecond.
constexpr absl::Duration kAndWithIt = absl::Microseconds(1);
constexpr char kRetention[] = "retention";

std::string NameOf(const std::string& council) {
  return absl::StrCat("councils/", council);
}

using Due = absl::flat_hash_map<std::string, absl::Time>;

/// Adds when the next clock of each thing runs out, of a service whose requests these are.
template <class Request, class Response>
absl::Status AddClocks(const std::string& council, const std::string& of, Asking& services,
                       Due& due) {
  Request request;
  request.set_parent(NameOf(council));
  request.set_page_size(kPage);
  request.set_of(of);
  do {
    auto page = services.Ask<Response>(request);
    if (!page.ok()) return page.status();
    for (const clock::v1::Clock& clock : page->clocks()) {
      if (clock.has_pause_time() || clock.kind() == kRetention) continue;
      const absl::Time at = FromProto(clock.due_time());
      auto [known, is_new] = due.try_emplace(clock.subject(), at);
      if (!is_new) known->second = std::min(known->second, at);
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

/// Of a call and its problem; of everything in the council where neither is named.
absl::Status AddClocksOf(const std::string& council, const std::string& call,
                         const std::string& problem, Asking& services, Due& due) {
  absl::Status added = AddClocks<intake::v1::ListClocksRequest, intake::v1::ListClocksResponse>(
      council, call, services, due);
  if (!added.ok() || call.empty() != problem.empty()) return added;
  return AddClocks<sara::v1::ListClocksRequest, sara::v1::ListClocksResponse>(council, problem,
                                                                              services, due);
}

/// Who asks for many gets those there are.
absl::Status EachOf(const std::string& council, const std::vector<std::string>& ids,
                    Asking& services, Visit visit) {
  for (const std::string& id : ids) {
    absl::StatusOr<CallStory> call = FindCall(council, id, services);
    if (absl::IsNotFound(call.status())) continue;
    if (!call.ok()) return call.status();
    absl::StatusOr<bool> goes_on = visit(*call);
    if (!goes_on.ok() || !*goes_on) return goes_on.status();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> FindCouncil(const Form& form, Asking& services) {
  std::string code = form.Get("jurisdiction_id");
  if (code.empty()) {
    absl::StatusOr<std::string> own = services.CouncilOfKey();
    if (!own.ok()) return own.status();
    code = *std::move(own);
  }
  if (!code.empty()) {
    if (!IsId(code)) return NotFound("jurisdiction_id", code);
    routing::v1::GetCouncilRequest request;
    request.set_name(NameOf(code));
    auto council = services.AskOpenly<routing::v1::Council>(request);
    if (absl::IsNotFound(council.status())) return NotFound("jurisdiction_id", code);
    if (!council.ok()) return council.status();
    return code;
  }
  auto councils =
      services.AskOpenly<routing::v1::ListCouncilsResponse>(routing::v1::ListCouncilsRequest());
  if (!councils.ok()) return councils.status();
  if (councils->councils_size() == 1) return std::string(LastId(councils->councils(0).name()));
  return InvalidField("jurisdiction_id", "is required: the code of a council");
}

absl::StatusOr<config::v1::CouncilConfig> RulesOf(const std::string& council, Asking& services) {
  routing::v1::GetCouncilConfigRequest request;
  request.set_name(NameOf(council));
  return services.AskOpenly<config::v1::CouncilConfig>(request);
}

absl::StatusOr<CallStory> FindCall(const std::string& council, const std::string& id,
                                   Asking& services) {
  if (!IsId(id)) return NotFound("service_request_id", id);
  insight::v1::GetCallStoryRequest request;
  request.set_name(absl::StrCat(NameOf(council), "/calls/", id));
  auto story = services.Ask<CallStory>(request);
  return absl::IsNotFound(story.status()) ? NotFound("service_request_id", id) : story;
}

absl::Status EachCall(const std::string& council, const Filter& filter, Asking& services,
                      Visit visit) {
  if (!filter.ids.empty()) return EachOf(council, filter.ids, services, visit);
  insight::v1::ListCallsRequest request;
  request.set_parent(NameOf(council));
  request.set_page_size(kPage);
  if (filter.requested.from != absl::InfinitePast())
    *request.mutable_logged_from() = ToProto(filter.requested.from);
  if (filter.requested.until != absl::InfiniteFuture())
    *request.mutable_logged_before() = ToProto(filter.requested.until + kAndWithIt);
  if (filter.updated.from != absl::InfinitePast())
    *request.mutable_updated_from() = ToProto(filter.updated.from);
  do {
    auto page = services.Ask<insight::v1::ListCallsResponse>(request);
    if (!page.ok()) return page.status();
    for (CallStory& story : *page->mutable_calls()) {
      if (!filter.Has(story)) continue;
      absl::StatusOr<bool> goes_on = visit(story);
      if (!goes_on.ok() || !*goes_on) return goes_on.status();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CallStory>> ListCalls(const std::string& council, const Filter& filter,
                                                 Asking& services) {
  std::vector<CallStory> calls;
  size_t seen = 0;
  absl::Status listed =
      EachCall(council, filter, services, [&](CallStory& story) -> absl::StatusOr<bool> {
        if (++seen > filter.part.skip) calls.push_back(std::move(story));
        return calls.size() < filter.part.take;
      });
  if (!listed.ok()) return listed;
  return calls;
}

absl::StatusOr<std::vector<std::optional<absl::Time>>> ExpectedOf(
    const std::string& council, const std::vector<CallStory>& calls, Asking& services) {
  std::vector<std::optional<absl::Time>> expected(calls.size());
  const size_t open = std::count_if(calls.begin(), calls.end(),
                                    [](const CallStory& call) { return IsOpen(call.state()); });
  Due due;
  absl::Status added;
  if (open > kFew) added = AddClocksOf(council, "", "", services, due);
  for (const CallStory& call : calls) {
    if (added.ok() && open <= kFew && IsOpen(call.state()))
      added = AddClocksOf(council, call.name(), call.problem(), services, due);
  }
  if (!added.ok()) return added;
  for (size_t i = 0; i < calls.size(); ++i) {
    if (!IsOpen(calls[i].state())) continue;
    for (const std::string& thing : {calls[i].name(), calls[i].problem()}) {
      const auto found = due.find(thing);
      if (found != due.end())
        expected[i] = std::min(expected[i].value_or(absl::InfiniteFuture()), found->second);
    }
  }
  return expected;
}

absl::StatusOr<std::vector<insight::v1::HistoryEntry>> HistoryOf(const std::string& name,
                                                                 Asking& services) {
  std::vector<insight::v1::HistoryEntry> history;
  insight::v1::GetHistoryRequest request;
  request.set_name(name);
  request.set_page_size(kPage);
  do {
    auto page = services.Ask<insight::v1::GetHistoryResponse>(request);
    if (!page.ok()) return page.status();
    for (insight::v1::HistoryEntry& entry : *page->mutable_entries())
      history.push_back(std::move(entry));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return history;
}

}  // namespace ccfa::gateway::open311
