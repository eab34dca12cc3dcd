#include "services/gateway/webhooks.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/identity/account_file.h"
#include "common/rpc/request.h"
#include "common/telemetry/log.h"
#include "services/gateway/delivery.h"
#include "services/gateway/event_streams.h"
#include "services/gateway/webhook_sender.h"

namespace ccfa::gateway {
namespace {

using insight::v1::ListEventsRequest;
using insight::v1::ListEventsResponse;

constexpr char kSignIn[] = "ccfa.identity.v1.IdentityService.SignIn";
constexpr absl::Duration kLongestSleep = absl::Hours(1);

double Chance() {
  return static_cast<double>(std::strtoul(RandomHex(sizeof(uint32_t)).c_str(), nullptr, 16)) /
         std::numeric_limits<uint32_t>::max();
}

/// Reads events by the rights of a subscription's account, or as the actor it names.
class Reading {
 public:
  Reading(Webhook webhook, Upstream& upstream)
      : webhook_(std::move(webhook)), upstream_(upstream), ask_(AskingForEvents(upstream)) {}

  absl::StatusOr<ListEventsResponse> Ask(const ListEventsRequest& request) {
    const v1::Subscription& subscription = webhook_.subscription;
    if (!subscription.actor().empty())
      return ask_(request, {{rpc::kActorKey, subscription.actor()}}, /*patiently=*/false);
    // A token ends by itself, or was ended: then a new one is fetched, once.
    const bool is_fresh = token_.empty();
    if (absl::Status signed_in = is_fresh ? SignIn() : absl::OkStatus(); !signed_in.ok())
      return signed_in;
    auto answer = ask_(request, {{"authorization", "Bearer " + token_}}, /*patiently=*/false);
    if (!absl::IsUnauthenticated(answer.status())) return answer;
    token_.clear();
    return is_fresh ? answer : Ask(request);
  }

 private:
  absl::Status SignIn() {
    identity::v1::SignInRequest request;
    request.set_name(webhook_.subscription.account());
    request.set_password(webhook_.password);
    static const auto& method =
        *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(kSignIn);
    auto answer = upstream_.Ask(method, request, {}, client::Patience(0));
    if (answer.ok()) token_ = static_cast<identity::v1::SignInResponse&>(**answer).token();
    return answer.status();
  }

  const Webhook webhook_;
  Upstream& upstream_;
  const EventStreams::Ask ask_;
  std::string token_;
};

std::string CursorFile(const std::string& folder, const std::string& name) {
  return absl::StrCat(folder, "/", name, ".cursor");
}

/// Empty where none was kept yet.
absl::StatusOr<std::string> ReadCursor(const std::string& path) {
  if (access(path.c_str(), F_OK) != 0) return std::string();
  absl::StatusOr<std::string> text = identity::ReadFile(path);
  if (!text.ok()) return text.status();
  std::string cursor(absl::StripAsciiWhitespace(*text));
  if (!cursor.empty()) return cursor;
  return absl::DataLossError(absl::StrCat(
      path,
      " is empty: put a copy of it back, or remove it to begin with what happens from now "
      "on"));
}

/// The descriptor of the folder's lock, which the process holds as long as it is open.
absl::StatusOr<int> Lock(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return absl::UnavailableError(absl::StrCat("--webhooks-state: cannot make ", folder));
  const int file = open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return absl::UnavailableError(absl::StrCat("--webhooks-state: cannot use ", folder));
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  close(file);
  return Refuse(absl::StatusCode::kFailedPrecondition, "STATE_IN_USE",
                absl::StrCat("--webhooks-state: another process delivers from ", folder));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Webhooks>> Webhooks::Start(const Files& files, Upstream& upstream,
                                                          const TimeSource& time) {
  absl::StatusOr<std::vector<Webhook>> webhooks = ReadWebhooks(files.subscriptions);
  if (!webhooks.ok()) {
    return absl::Status(webhooks.status().code(),
                        absl::StrCat("--webhooks: ", webhooks.status().message()));
  }
  const std::string folder = files.state.empty() ? files.subscriptions + ".state" : files.state;
  absl::StatusOr<int> lock = Lock(folder);
  if (!lock.ok()) return lock.status();
  std::unique_ptr<Webhooks> started(new Webhooks(*lock));
  std::vector<std::string> cursors;
  for (const Webhook& webhook : *webhooks) {
    auto cursor = ReadCursor(CursorFile(folder, webhook.subscription.name()));
    if (!cursor.ok()) return cursor.status();
    cursors.push_back(*std::move(cursor));
  }
  for (size_t i = 0; i < webhooks->size(); ++i) {
    started->threads_.emplace_back(&Webhooks::Run, started.get(), std::move((*webhooks)[i]), folder,
                                   std::move(cursors[i]), std::ref(upstream), std::cref(time));
  }
  telemetry::Log(telemetry::Level::kInfo, "webhooks_started",
                 {{"subscriptions", webhooks->size()}, {"state", folder}});
  return started;
}

Webhooks::~Webhooks() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  close(lock_);
}

void Webhooks::Run(Webhook webhook, std::string folder, std::string cursor, Upstream& upstream,
                   const TimeSource& time) {
  Reading reading(webhook, upstream);
  WebhookSender sender(webhook.subscription, stopping_);
  const std::string path = CursorFile(folder, webhook.subscription.name());
  Delivery delivery(
      std::move(webhook), std::move(cursor),
      {[&](const ListEventsRequest& request) { return reading.Ask(request); },
       [&](const Post& post) { return sender.Send(post); },
       [&](const std::string& kept) { return identity::ReplaceFile(path, kept + "\n"); }, time,
       Chance});
  while (!stopping_) {
    const absl::Duration wait = std::min(delivery.Step(), kLongestSleep);
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, absl::ToChronoMilliseconds(wait), [this] { return stopping_.load(); });
  }
}

}  // namespace ccfa::gateway
