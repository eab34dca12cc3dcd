#include "services/gateway/upstream.h"

#include <grpcpp/generic/generic_stub.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/rpc/request.h"
#include "common/rpc/status.h"

namespace ccfa::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kJournal[] = "ccfa.journal.v1", kIdentity[] = "ccfa.identity.v1",
               kCluster[] = "ccfa.cluster.v1";
constexpr absl::Duration kPatience = absl::Seconds(20), kLongPatience = absl::Minutes(10);

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

grpc::ByteBuffer ToBytes(const Message& message) {
  grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

absl::StatusOr<std::unique_ptr<Message>> FromBytes(const grpc::ByteBuffer& bytes,
                                                   const Descriptor& type) {
  std::unique_ptr<Message> message = NewMessage(type);
  grpc::Slice slice;
  if (!bytes.DumpToSingleSlice(&slice).ok() ||
      !message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return absl::InternalError("the service's answer cannot be decoded");
  }
  return message;
}

void Prepare(grpc::ClientContext& context, const Metadata& metadata, absl::Duration patience) {
  for (const auto& [name, value] : metadata) context.AddMetadata(name, value);
  client::EndAfter(context, patience);
}

absl::StatusOr<std::unique_ptr<Message>> AskOnce(std::shared_ptr<grpc::Channel> channel,
                                                 const MethodDescriptor& method,
                                                 const grpc::ByteBuffer& request,
                                                 const Metadata& metadata) {
  grpc::ClientContext context;
  Prepare(context, metadata, kPatience);
  grpc::GenericStub stub(std::move(channel));
  grpc::ByteBuffer reply;
  grpc::Status ended;
  absl::Notification done;
  stub.UnaryCall(&context, PathOf(method), {}, &request, &reply, [&](grpc::Status status) {
    ended = std::move(status);
    done.Notify();
  });
  done.WaitForNotification();
  if (!ended.ok()) return rpc::FromGrpc(ended);
  return FromBytes(reply, *method.output_type());
}

class Streamed final : public Answers {
 public:
  Streamed(std::shared_ptr<grpc::Channel> channel, const MethodDescriptor& method,
           const grpc::ByteBuffer& request, const Metadata& metadata)
      : type_(*method.output_type()), stub_(std::move(channel)) {
    Prepare(context_, metadata, kLongPatience);
    call_ = stub_.PrepareCall(&context_, PathOf(method), &queue_);
    call_->StartCall(this);
    if (Waited()) {
      call_->WriteLast(request, grpc::WriteOptions(), this);
      Waited();
    }
  }
  ~Streamed() override {
    context_.TryCancel();
    if (!finished_) Finish();
    queue_.Shutdown();
    while (Waited()) {
    }
  }

  absl::StatusOr<std::unique_ptr<Message>> Next() override {
    grpc::ByteBuffer bytes;
    if (!finished_) {
      call_->Read(&bytes, this);
      if (Waited()) return FromBytes(bytes, type_);
      Finish();
    }
    if (!ended_.ok()) return rpc::FromGrpc(ended_);
    return std::unique_ptr<Message>();
  }

 private:
  /// One step at a time is under way; whether it came to something.
  bool Waited() {
    void* tag = nullptr;
    bool well = false;
    return queue_.Next(&tag, &well) && well;
  }
  void Finish() {
    call_->Finish(&ended_, this);
    Waited();
    finished_ = true;
  }

  const Descriptor& type_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  bool finished_ = false;
  grpc::Status ended_;
};

}  // namespace

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

absl::StatusOr<client::Target> Upstream::Find(const MethodDescriptor& method,
                                              const Message& request) {
  const std::string council = client::CouncilOf(request);
  std::string package = method.file()->package();
  if (package == kIdentity) {
    absl::StatusOr<std::vector<std::string>> addresses = cluster_->WithAccounts();
    if (!addresses.ok()) return addresses.status();
    return client::Target{package, council, addresses->front()};
  }
  // A journal is where its topic is written; the cluster is nobody's in particular.
  if (package == kJournal) package = rpc::StringField(request, "topic");
  if (package.empty() || package == kCluster)
    return client::Target{package, council, cluster_->First()};
  return client::Find(*cluster_, package, council);
}

absl::StatusOr<std::unique_ptr<Message>> Upstream::Ask(const MethodDescriptor& method,
                                                       const Message& request,
                                                       const Metadata& metadata,
                                                       client::Patience patience) {
  const grpc::ByteBuffer bytes = ToBytes(request);
  const bool repeatable = client::IsRepeatable(request);
  while (true) {
    absl::StatusOr<client::Target> target = Find(method, request);
    absl::StatusOr<std::unique_ptr<Message>> answer =
        target.ok() ? AskOnce(cluster_->ChannelTo(target->address), method, bytes, metadata)
                    : target.status();
    if (!client::ShouldAskAgain(*cluster_, answer.status(), target.value_or(client::Target{}),
                                repeatable, patience)) {
      return answer;
    }
  }
}

absl::StatusOr<std::unique_ptr<Answers>> Upstream::AskForMany(const MethodDescriptor& method,
                                                              const Message& request,
                                                              const Metadata& metadata) {
  absl::StatusOr<client::Target> target = Find(method, request);
  if (!target.ok()) return target.status();
  return std::make_unique<Streamed>(cluster_->ChannelTo(target->address), method, ToBytes(request),
                                    metadata);
}

}  // namespace ccfa::gateway
