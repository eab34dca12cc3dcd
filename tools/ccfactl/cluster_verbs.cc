// Who is there, who has what, and how far behind.

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ccfa/cluster/v1/cluster.grpc.pb.h"
#include "ccfa/journal/v1/journal.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {
namespace {

using cluster::v1::ClusterService;
using journal::v1::JournalService;

/// What a process says of itself.
struct Answer {
  bool answers = false;
  bool sound = false;
  journal::v1::GetProgressResponse progress;
};

std::string StateOf(const Answer& answer) {
  if (!answer.answers) return "does not answer";
  return answer.sound ? "sound" : "not ready";
}

Answer Ask(Session& session, const std::string& address) {
  Answer answer;
  auto channel = session.cluster().ChannelTo(address);
  cluster::v1::Cluster cluster;
  grpc::ClientContext first, second;
  session.PrepareShort(first);
  session.PrepareShort(second);
  answer.answers =
      ClusterService::NewStub(channel)->GetCluster(&first, {}, &cluster).ok() &&
      JournalService::NewStub(channel)->GetProgress(&second, {}, &answer.progress).ok();
  answer.sound = cluster.sound();
  return answer;
}

/// What a service knows of its partition: records in its topic, and how many of those it reads it
/// has not read yet.
struct Reading {
  uint64_t records = 0;
  uint64_t behind = 0;
};

Reading ReadingOf(const std::map<std::string, Answer>& answers, const std::string& topic,
                  int partition, const std::string& owner) {
  Reading reading;
  for (const auto& [address, answer] : answers) {
    for (const auto& reader : answer.progress.progress()) {
      if (reader.partition() != partition) continue;
      if (reader.topic() == topic) reading.records = std::max(reading.records, reader.end());
      if (address == owner && reader.service() == Cluster::ServiceOf(topic))
        reading.behind += reader.end() - std::min(reader.end(), reader.applied());
    }
  }
  return reading;
}

void Show(Session& session) {
  absl::StatusOr<cluster::v1::Cluster> known = session.cluster().Known();
  session.outcome = known.status();
  if (!known.ok()) return;
  std::map<std::string, Answer> answers;
  Table processes({"process", "services", "state"});
  for (const cluster::v1::Member& member : known->members()) {
    std::string address = session.cluster().Address(member.address());
    answers[address] = Ask(session, address);
    processes.AddRow({address, absl::StrJoin(member.services(), " "), StateOf(answers[address])});
  }
  Table partitions({"service", "partition", "owner", "epoch", "records", "behind"});
  for (const cluster::v1::Owner& owner : known->owners()) {
    bool nobody = owner.address().empty() && known->members_size() > 1;
    std::string address = nobody ? "nobody" : session.cluster().Address(owner.address());
    Reading reading = ReadingOf(answers, owner.topic(), owner.partition(), address);
    partitions.AddRow({Cluster::ServiceOf(owner.topic()), absl::StrCat(owner.partition()), address,
                       absl::StrCat(owner.epoch()), absl::StrCat(reading.records),
                       answers[address].answers ? absl::StrCat(reading.behind) : "?"});
  }
  if (session.json) {
    processes.PrintJson(std::cout);
    partitions.PrintJson(std::cout);
  } else {
    processes.Print(std::cout);
    std::cout << "\n";
    partitions.Print(std::cout);
  }
}

void Health(Session& session) {
  absl::StatusOr<cluster::v1::Cluster> known = session.cluster().Known();
  session.outcome = known.status();
  if (!known.ok()) return;
  if (!known->sound()) {
    session.outcome = absl::UnavailableError(
        "the process answers, and is not ready: it starts, or its storage or broker has failed");
  } else if (!session.json) {
    std::cout << "sound\n";
  }
}

}  // namespace

void AddCluster(CLI::App& app, Session& session) {
  app.add_subcommand("cluster", "The processes, who owns which partition, and how far behind")
      ->callback([&session] { Show(session); });
  app.add_subcommand("health",
                     "Exit 0 when the process at --server is sound, 5 when it is not or not there")
      ->callback([&session] { Health(session); });
}

}  // namespace ccfa::ctl
