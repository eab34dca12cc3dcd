#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/http/message.h"
#include "services/gateway/console/page.h"
#include "services/gateway/console/visitor.h"

namespace ccfa::gateway::console {

/// Where the pictures under a map come from, and whom they are owed to; none where it is empty.
struct Tiles {
  /// "https://tiles.example/{z}/{x}/{y}.png"
  std::string url = {};
  std::string attribution = {};

  /// "https://tiles.example"; empty where the URL is none of a tile server.
  std::string Origin() const;
};

/// A page as a reply: kept by nobody on the way, run and framed by no other site.
http::Response Reply(const Page& page, const Visitor& visitor, const std::string& council,
                     const Tiles& tiles = {});

/// 303: to be looked at with a GET.
http::Response GoTo(const std::string& path);

/// The page that says why there is none.
Page PageAbout(const absl::Status& refusal);

/// One of the console's own files; 404 where there is none of that name.
http::Response File(const http::Request& request);

}  // namespace ccfa::gateway::console
