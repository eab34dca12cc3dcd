#pragma once

#include "common/core/names.h"
#include "common/rpc/commands.h"
#include "common/rpc/paging.h"

namespace ccfa::rpc {

/// Answers a service's ListClocks: the clocks running in a council, by what comes next on their
/// subjects; a page counts subjects, whose clocks stay together. With `of`, those of one thing, at
/// once.
template <class Tables, class Request, class Response>
grpc::ServerUnaryReactor* ListClocks(const engine::Engines& engines,
                                     grpc::CallbackServerContext* context, const Request& request,
                                     Response& reply) {
  return Read<Tables>(engines, context, request, [&](const Tables& tables) {
    absl::Status parent = CheckName("parent", request.parent(), "councils/*");
    if (!parent.ok()) return parent;
    if (!request.of().empty()) {
      if (CouncilOf(request.of()) != CouncilOf(request.parent()))
        return InvalidField("of", "is not one of the council's");
      tables.clocks.ListOf(request.of(),
                           [&](absl::string_view, const clock::v1::RunningClocks& running) {
                             reply.mutable_clocks()->MergeFrom(running.clocks());
                             return true;
                           });
      return absl::OkStatus();
    }
    absl::StatusOr<Page> page =
        Page::Of(request.page_size(), request.page_token(), request.parent());
    if (!page.ok()) return page.status();
    tables.clocks.ListByCouncil(
        CouncilOf(request.parent()), page->after(),
        [&](absl::string_view entry, const clock::v1::RunningClocks& running) {
          if (!page->Take(entry)) return false;
          reply.mutable_clocks()->MergeFrom(running.clocks());
          return true;
        });
    reply.set_next_page_token(page->NextToken());
    return absl::OkStatus();
  });
}

}  // namespace ccfa::rpc
