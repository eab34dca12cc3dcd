#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tools/ccfactl/fields.h"
#include "tools/ccfactl/print.h"
#include "tools/ccfactl/session.h"

namespace ccfa::ctl {

/// A command that changes something: its options are the request's fields, its answer a receipt.
template <class Service, class Request>
CLI::App* AddStep(CLI::App& group, Session& session, const std::string& verb,
                  const std::string& help,
                  grpc::Status (Service::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                     record::v1::Receipt*),
                  const std::set<std::string>& leave_out = {}) {
  CLI::App* command = group.add_subcommand(verb, help);
  auto request = std::make_shared<Request>();
  BindFields(*command, *request, leave_out);
  command->callback([&session, rpc, request] {
    Prune(*request);
    Session::Identify(*request);
    record::v1::Receipt receipt;
    session.outcome = session.Call<Service>(rpc, *request, receipt);
    if (session.outcome.ok()) session.PrintReceipt(receipt);
  });
  return command;
}

/// A command that shows one thing.
template <class Service, class Request, class Reply>
CLI::App* AddShow(CLI::App& group, Session& session, const std::string& verb,
                  const std::string& help,
                  grpc::Status (Service::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                     Reply*)) {
  CLI::App* command = group.add_subcommand(verb, help);
  auto request = std::make_shared<Request>();
  BindFields(*command, *request);
  command->callback([&session, rpc, request] {
    Reply reply;
    session.outcome = session.Call<Service>(rpc, *request, reply);
    if (session.outcome.ok()) session.Print(reply);
  });
  return command;
}

/// A command that lists things, page after page until `--limit` of them; `elements` is the reply's
/// repeated field, `columns` what the table shows of each.
template <class Service, class Request, class Reply, class Elements>
CLI::App* AddList(CLI::App& group, Session& session, const std::string& verb,
                  const std::string& help,
                  grpc::Status (Service::Stub::*rpc)(grpc::ClientContext*, const Request&, Reply*),
                  Elements elements, std::vector<std::string> columns) {
  CLI::App* command = group.add_subcommand(verb, help);
  auto request = std::make_shared<Request>();
  BindFields(*command, *request, {"page_size"});
  auto limit = std::make_shared<int>(100);
  command->add_option("--limit", *limit, "At most so many; 0: all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->callback([&session, rpc, request, elements, columns, limit] {
    Table table(columns);
    int left = *limit > 0 ? *limit : INT_MAX;
    Reply reply;
    do {
      request->set_page_size(std::min(left, 1000));
      reply.Clear();
      session.outcome = session.Call<Service>(rpc, *request, reply);
      if (!session.outcome.ok()) return;
      for (const auto& element : elements(reply)) {
        session.json ? void(std::cout << ToJson(element) << "\n") : table.Add(element);
        --left;
      }
      request->set_page_token(reply.next_page_token());
    } while (left > 0 && !reply.next_page_token().empty());
    if (!session.json) table.Print(std::cout);
    if (!reply.next_page_token().empty()) {
      std::cerr << "There are more: --limit N, or --page-token " << reply.next_page_token() << "\n";
    }
  });
  return command;
}

}  // namespace ccfa::ctl
