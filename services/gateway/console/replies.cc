#include "services/gateway/console/replies.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "services/gateway/console/render.h"
#include "services/gateway/embedded.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway::console {
namespace {

// Only what this site has itself is run, shown or sent to; no words of a page can be a script.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; img-src 'self' data:";

std::string TitleOfStatus(int status) {
  switch (status) {
    case 403:
      return "You may not see or do this";
    case 404:
      return "There is no such page";
    case 429:
      return "Too many requests";
    case 503:
    case 504:
      return "Not ready for a moment";
    default:
      return status >= 500 ? "Something went wrong here" : "That did not work";
  }
}

}  // namespace

std::string Tiles::Origin() const {
  const size_t path = url.find('/', sizeof("https://") - 1);
  const bool is_one = absl::StartsWith(url, "https://") && path != std::string::npos &&
                      url.find_first_of(" ;,'\"") == std::string::npos;
  return is_one ? url.substr(0, path) : "";
}

http::Response Reply(const Page& page, const Visitor& visitor, const std::string& council,
                     const Tiles& tiles) {
  http::Response response;
  response.status = page.status;
  response.headers.Add("Content-Type", "text/html; charset=utf-8");
  response.headers.Add("Cache-Control", "no-store");
  const std::string origin = tiles.Origin();
  response.headers.Add("Content-Security-Policy",
                       origin.empty() ? kPolicy : absl::StrCat(kPolicy, " ", origin));
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.headers.Add("Referrer-Policy", "same-origin");
  response.headers.Add("Cross-Origin-Opener-Policy", "same-origin");
  response.body = Render(page, visitor, council, tiles.url, tiles.attribution);
  return response;
}

http::Response GoTo(const std::string& path) {
  http::Response response;
  response.status = 303;
  response.headers.Add("Location", path);
  response.headers.Add("Cache-Control", "no-store");
  return response;
}

Page PageAbout(const absl::Status& refusal) {
  Page page{.status = HttpStatusOf(refusal)};
  page.title = TitleOfStatus(page.status);
  // A message may quote what was asked for, whatever that was.
  page.blocks.push_back(Paragraph{ToUtf8(refusal.message())});
  page.blocks.push_back(Links{{{"Go to the start", "/"}}});
  return page;
}

http::Response File(const http::Request& request) {
  http::Response response;
  const Asset* asset = FindAsset(request.path);
  if (asset == nullptr) {
    response.status = 404;
    return response;
  }
  response.headers.Add("Content-Type", std::string(asset->type));
  response.headers.Add("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.headers.Add("Vary", "Accept-Encoding");
  response.headers.Add("ETag", asset->etag);
  if (request.headers.Get("If-None-Match") == asset->etag) {
    response.status = 304;
  } else if (absl::StrContains(request.headers.Get("Accept-Encoding"), "gzip")) {
    response.headers.Add("Content-Encoding", "gzip");
    response.body = std::string(asset->gzipped);
  } else {
    response.body = std::string(asset->body);
  }
  return response;
}

}  // namespace ccfa::gateway::console
