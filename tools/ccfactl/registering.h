#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "ccfa/routing/v1/routing.grpc.pb.h"
#include "common/geo/geojson.h"
#include "tools/ccfactl/csv.h"
#include "tools/ccfactl/session.h"

namespace ccfa::ctl {

using routing::v1::RoutingService;
using RoutingStub = RoutingService::Stub;

absl::StatusOr<std::string> ReadFile(const std::string& path);

/// The property of a feature. INVALID_ARGUMENT naming the feature and the property.
absl::StatusOr<std::string> Property(const geo::Feature& feature, size_t index,
                                     const std::string& name);
/// Empty when the feature has it not.
std::string Optional(const geo::Feature& feature, const std::string& name);

/// How many of a batch of registrations changed something.
struct Registered {
  int changed = 0;
  int unchanged = 0;
};

void PrintCounts(const Session& session,
                 const std::vector<std::pair<std::string, Registered>>& counts);

template <class Request>
absl::Status Register(Session& session,
                      grpc::Status (RoutingStub::*rpc)(grpc::ClientContext*, const Request&,
                                                       record::v1::Receipt*),
                      Request request, Registered& count) {
  Session::Identify(request);
  record::v1::Receipt receipt;
  absl::Status status = session.Call<RoutingService>(rpc, request, receipt);
  if (status.ok()) receipt.event().empty() ? ++count.unchanged : ++count.changed;
  return status;
}

/// Visits every page of a list. `rpc` reads one page.
template <class Request, class Reply, class Visit>
absl::Status EachPage(Session& session,
                      grpc::Status (RoutingStub::*rpc)(grpc::ClientContext*, const Request&,
                                                       Reply*),
                      Request request, Visit visit) {
  request.set_page_size(1000);
  do {
    Reply reply;
    if (absl::Status status = session.Call<RoutingService>(rpc, request, reply); !status.ok())
      return status;
    if (absl::Status status = visit(reply); !status.ok()) return status;
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

/// Registers one thing for each row of a CSV file with a header.
template <class Request, class Fill>
void ImportRows(Session& session, const std::string& path, const std::vector<std::string>& columns,
                grpc::Status (RoutingStub::*rpc)(grpc::ClientContext*, const Request&,
                                                 record::v1::Receipt*),
                const std::string& what, Fill fill) {
  auto reader = CsvReader::Open(path, columns);
  session.outcome = reader.status();
  if (!reader.ok()) return;
  Registered count;
  CsvRow row;
  while (true) {
    absl::StatusOr<bool> more = (*reader)->Next(row);
    session.outcome = more.ok() ? row.status : more.status();
    if (session.outcome.ok() && !*more) break;
    Request request;
    if (session.outcome.ok()) {
      fill(row, request);
      session.outcome = Register(session, rpc, request, count);
    }
    if (!session.outcome.ok()) {
      session.outcome =
          absl::Status(session.outcome.code(),
                       absl::StrCat("row ", row.number, ": ", session.outcome.message()));
      return;
    }
  }
  session.outcome = session.Settle();
  PrintCounts(session, {{what, count}});
}

}  // namespace ccfa::ctl
