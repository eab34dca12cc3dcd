#include <map>

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/progress_bar.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using insight::v1::InsightService;
using journal::v1::JournalService;

namespace {

constexpr auto kLongPatience = std::chrono::hours(1);

uint64_t Done(const journal::v1::VerifyResponse& reply) {
  return reply.records();
}
uint64_t Done(const journal::v1::RebuildResponse& reply) {
  return reply.events();
}

/// Reads a stream of progress messages to its end: `last` sees each topic's or service's last.
template <class Reply, class Last>
absl::Status Follow(grpc::ClientReader<Reply>& reader, const std::string& what, Last last) {
  Reply reply;
  ProgressBar bar(what);
  while (reader.Read(&reply)) {
    if (reply.done()) {
      last(reply);
    } else {
      bar.Show(Done(reply), reply.total());
    }
  }
  return rpc::FromGrpc(reader.Finish());
}

/// A long answer of every process, whose name stands before its table where there are several.
template <class Start>
absl::Status FollowAll(Session& session, Start follow) {
  absl::StatusOr<std::vector<Cluster::Member>> members = session.cluster().Members();
  if (!members.ok()) return members.status();
  return session.EachMember([&](const Cluster::Member& member) {
    auto stub = JournalService::NewStub(session.cluster().ChannelTo(member.address));
    grpc::ClientContext context;
    session.Prepare(context);
    context.set_deadline(std::chrono::system_clock::now() + kLongPatience);
    if (members->size() > 1 && !session.json) std::cout << member.address << "\n";
    return follow(*stub, context);
  });
}

void Verify(Session& session, const journal::v1::VerifyRequest& request) {
  std::string damage;
  session.outcome = FollowAll(session, [&](auto& stub, grpc::ClientContext& context) {
    // By topic: its partitions together.
    std::map<std::string, journal::v1::VerifyResponse> topics;
    auto reader = stub.Verify(&context, request);
    absl::Status status =
        Follow(*reader, "verifying", [&](const journal::v1::VerifyResponse& reply) {
          if (session.json) session.Print(reply);
          if (!reply.whole()) damage = reply.damage();
          auto [topic, is_new] = topics.try_emplace(reply.topic(), reply);
          if (is_new) return;
          topic->second.set_records(topic->second.records() + reply.records());
          topic->second.set_councils(topic->second.councils() + reply.councils());
          topic->second.set_whole(topic->second.whole() && reply.whole());
          if (!reply.whole()) topic->second.set_damage(reply.damage());
        });
    Table table({"topic", "records", "councils", "whole", "damage"});
    for (const auto& [topic, reply] : topics) table.Add(reply);
    if (!session.json && status.ok()) table.Print(std::cout);
    return status;
  });
  if (session.outcome.ok() && !damage.empty()) session.outcome = absl::DataLossError(damage);
}

void Rebuild(Session& session, const journal::v1::RebuildRequest& request) {
  std::string differs;
  session.outcome = FollowAll(session, [&](auto& stub, grpc::ClientContext& context) {
    Table table({"service", "partition", "events", "digest_before", "digest_after"});
    auto reader = stub.Rebuild(&context, request);
    absl::Status status =
        Follow(*reader, "rebuilding", [&](const journal::v1::RebuildResponse& reply) {
          session.json ? session.Print(reply) : table.Add(reply);
          if (reply.digest_before() != reply.digest_after()) differs = reply.service();
        });
    if (!session.json && status.ok()) table.Print(std::cout);
    return status;
  });
  if (session.outcome.ok() && !differs.empty()) {
    session.outcome = absl::DataLossError(
        absl::StrCat("the tables of ", differs, " were not what its journal says; they are now"));
  }
}

}  // namespace

void AddRecord(CLI::App& app, Session& session) {
  AddList<InsightService>(
      app, session, "history", "Every event about a thing: when, who, what, why",
      &InsightService::Stub::GetHistory, [](const auto& reply) { return reply.entries(); },
      {"time", "actor", "what", "subject", "why"});

  AddList<InsightService>(
      app, session, "audit",
      "Who was shown or changed personal data, who administered what; the newest first",
      &InsightService::Stub::ListAudit, [](const auto& reply) { return reply.entries(); },
      {"time", "who", "what", "on", "why"});

  CLI::App* verify = app.add_subcommand(
      "verify",
      "Walk the hash chains of every topic; or with --against and --public-key compare an export, "
      "the journal or a proof with a published head. Exit 1 where something was altered");
  auto verify_request = std::make_shared<journal::v1::VerifyRequest>();
  BindFields(*verify, *verify_request);
  AddVerifyAgainst(*verify, session,
                   [&session, verify_request] { Verify(session, *verify_request); });

  CLI::App* rebuild = app.add_subcommand(
      "rebuild", "Fold the tables again from the journal and compare; exit 1 where they differ");
  auto rebuild_request = std::make_shared<journal::v1::RebuildRequest>();
  BindFields(*rebuild, *rebuild_request);
  rebuild->callback([&session, rebuild_request] { Rebuild(session, *rebuild_request); });

  CLI::App* settle = app.add_subcommand("settle", "Wait until every service has read everything");
  settle->callback([&session] { session.outcome = session.Settle(); });
}

}  // namespace ccfa::ctl
