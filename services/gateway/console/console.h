#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/core/clock.h"
#include "common/http/message.h"
#include "services/gateway/console/command_page.h"
#include "services/gateway/console/provider.h"
#include "services/gateway/console/replies.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/event_streams.h"
#include "services/gateway/upstream.h"

namespace ccfa::gateway::console {

/// The pages for people in a browser: made here, whole without a script, of what the services
/// answer to whoever is signed in. It decides nothing and keeps nothing; a session is the token in
/// its cookie. Thread-safe.
class Console {
 public:
  struct Options {
    /// The cookies are for TLS alone.
    bool tls = false;
    /// Where people sign in; none: here, with a local account.
    std::unique_ptr<Provider> provider = nullptr;
    Tiles tiles = {};
  };
  /// All of them outlive it.
  Console(Upstream& upstream, EventStreams& events, const TimeSource& time, Options options)
      : upstream_(upstream),
        events_(events),
        time_(time),
        tls_(options.tls),
        provider_(std::move(options.provider)),
        tiles_(std::move(options.tiles)) {}

  /// `admitted`: whether the request is to be looked at at all; otherwise its page says why not.
  http::Response Answer(const http::Request& request, const absl::Status& admitted);

 private:
  http::Response Get(const http::Request& request, const Visitor& visitor);
  http::Response Post(const http::Request& request, const Visitor& visitor);
  http::Response Command(const http::Request& request, const Visitor& visitor, const Posted& posted,
                         bool is_posted);
  http::Response SignInForm(const http::Request& request, const Visitor& visitor,
                            const std::string& to, const std::string& name,
                            const absl::Status& refusal);
  http::Response SignIn(const http::Request& request, const Visitor& visitor, const Posted& posted);
  http::Response GoToProvider(const Visitor& visitor, const std::string& to);
  http::Response BackFromProvider(const http::Request& request, const Visitor& visitor,
                                  const Posted& query);
  http::Response SignOut(const Visitor& visitor);
  http::Response WardAreas(const Visitor& visitor, const std::string& council);

  http::Response Live(const http::Request& request, const Visitor& visitor,
                      const std::string& council);

  Upstream& upstream_;
  EventStreams& events_;
  const TimeSource& time_;
  const bool tls_;
  const std::unique_ptr<Provider> provider_;
  const Tiles tiles_;
};

}  // namespace ccfa::gateway::console
