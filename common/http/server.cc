#include "common/http/server.h"

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/core/refusal.h"
#include "common/http/certificate.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"

namespace ccfa::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using asio::ip::tcp;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr absl::string_view kEndsLine("\r\n\0", 3);
constexpr auto kAskStreamAgain = std::chrono::milliseconds(250);
constexpr auto kLinger = std::chrono::seconds(1);
constexpr size_t kMostUnread = 1 << 20;
constexpr auto kAcceptAgain = std::chrono::milliseconds(50);

Request FromWire(wire::request<wire::string_body>& from, std::string address) {
  Request request;
  request.method = from.method() == wire::verb::head ? "GET" : std::string(from.method_string());
  absl::string_view target(from.target().data(), from.target().size());
  size_t question = target.find('?');
  request.path = std::string(target.substr(0, question));
  if (question != absl::string_view::npos) request.query = std::string(target.substr(question + 1));
  for (const auto& field : from)
    request.headers.Add(std::string(field.name_string()), std::string(field.value()));
  request.body = std::move(from.body());
  request.from = std::move(address);
  return request;
}

/// The head of an answer. A value that would break out of its line is not sent.
template <class Message>
void SetHead(Message& to, const Response& response) {
  to.result(static_cast<unsigned>(response.status));
  to.set(wire::field::date,
         absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::Now(), absl::UTCTimeZone()));
  for (const auto& [name, value] : response.headers.all()) {
    if (absl::string_view(value).find_first_of(kEndsLine) == absl::string_view::npos)
      to.insert(name, value);
  }
}

/// How a request that cannot be read is answered; 0: it is not, as nobody waits for it.
int StatusOf(const beast::error_code& error) {
  if (error == wire::error::body_limit) return 413;
  if (error == wire::error::header_limit) return 431;
  if (error == wire::error::end_of_stream || error == wire::error::partial_message) return 0;
  return error.category() == wire::make_error_code(wire::error::bad_method).category() ? 400 : 0;
}

Response PlainText(int status, std::string text) {
  Response response;
  response.status = status;
  response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::move(text);
  return response;
}

Response Unreadable(int status) {
  switch (status) {
    case 413:
      return PlainText(status, "The body is larger than what is taken here.\n");
    case 431:
      return PlainText(status, "The head is larger than what is taken here.\n");
    default:
      return PlainText(status, "This is no HTTP/1.1 request.\n");
  }
}

/// Counts a connection for as long as it lives.
class Guest {
 public:
  explicit Guest(int& count) : count_(&count) { ++count; }
  Guest(Guest&& from) noexcept : count_(std::exchange(from.count_, nullptr)) {}
  Guest& operator=(Guest&&) = delete;
  ~Guest() {
    if (count_ != nullptr) --*count_;
  }

 private:
  int* count_;
};

class Listening final : public Server {
 public:
  Listening(Options options, Handler handler)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        certificate_(options_.tls),
        answering_(options_.threads),
        acceptor_(sockets_) {}

  ~Listening() override {
    Drain(absl::ZeroDuration());
    sockets_.stop();
    if (thread_.joinable()) thread_.join();
    answering_.join();
  }

  absl::Status Listen() {
    if (absl::Status reach = rpc::CheckReach(options_.listen, options_.tls); !reach.ok())
      return reach;
    if (options_.tls.on()) {
      if (absl::Status loaded = certificate_.Load(); !loaded.ok()) return loaded;
    }
    const std::string host = rpc::HostOf(options_.listen);
    const size_t colon = options_.listen.rfind(':');
    beast::error_code error;
    auto found = tcp::resolver(sockets_).resolve(
        host, colon == std::string::npos ? "" : options_.listen.substr(colon + 1),
        tcp::resolver::passive | tcp::resolver::numeric_service, error);
    if (colon == std::string::npos || error || found.empty())
      return InvalidField("http", absl::StrCat("\"", options_.listen, "\" is no HOST:PORT"));
    const tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return Refuse(absl::StatusCode::kUnavailable, "CANNOT_LISTEN",
                    absl::StrCat("cannot listen on ", options_.listen, ": ", error.message()));
    }
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(sockets_, Accept(), asio::detached);
    thread_ = std::thread([this] { sockets_.run(); });
    return absl::OkStatus();
  }

  int port() const override { return port_; }

  void Drain(absl::Duration patience) override {
    {
      std::lock_guard lock(mutex_);
      draining_ = true;
    }
    asio::post(sockets_, [this] {
      beast::error_code ignored;
      acceptor_.close(ignored);
    });
    std::unique_lock lock(mutex_);
    answered_.wait_for(lock, absl::ToChronoNanoseconds(patience), [&] { return in_hand_ == 0; });
  }

 private:
  asio::awaitable<void> Accept() {
    while (acceptor_.is_open()) {
      auto [error, socket] = co_await acceptor_.async_accept(kTuple);
      if (error || connections_ >= options_.connections) {
        // Out of descriptors, or too many callers: those there are, are served first.
        socket = tcp::socket(sockets_);
        asio::steady_timer pause(sockets_, kAcceptAgain);
        co_await pause.async_wait(kTuple);
        continue;
      }
      beast::error_code gone;
      std::string from = socket.remote_endpoint(gone).address().to_string();
      if (gone) continue;
      if (options_.tls.on()) {
        asio::co_spawn(sockets_, ServeTls(std::move(socket), std::move(from), Guest(connections_)),
                       asio::detached);
      } else {
        asio::co_spawn(sockets_,
                       ServePlain(std::move(socket), std::move(from), Guest(connections_)),
                       asio::detached);
      }
    }
  }

  asio::awaitable<void> ServePlain(tcp::socket socket, std::string from, Guest) {
    PlainStream stream(std::move(socket));
    co_await Serve(stream, std::move(from));
    co_await Close(stream);
  }

  asio::awaitable<void> ServeTls(tcp::socket socket, std::string from, Guest) {
    const auto certificate = certificate_.ForNext();
    TlsStream stream(std::move(socket), *certificate);
    Expire(stream);
    auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, kTuple);
    if (error) co_return;
    co_await Serve(stream, std::move(from));
    Expire(stream);
    co_await stream.async_shutdown(kTuple);
    co_await Close(stream.next_layer());
  }

  /// Whoever is still sending gets the last answer all the same: a socket that is closed with bytes
  /// unread takes back what it sent.
  asio::awaitable<void> Close(PlainStream& stream) {
    beast::error_code error;
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
    stream.expires_after(kLinger);
    std::array<char, 4096> unread;
    for (size_t size = 0; !error && size < kMostUnread;) {
      auto [failed, came] = co_await stream.async_read_some(asio::buffer(unread), kTuple);
      error = failed;
      size += came;
    }
  }

  template <class Stream>
  void Expire(Stream& stream) {
    beast::get_lowest_layer(stream).expires_after(absl::ToChronoNanoseconds(options_.patience));
  }

  /// One request after another, until the caller has enough or errs.
  template <class Stream>
  asio::awaitable<void> Serve(Stream& stream, std::string from) {
    beast::flat_buffer buffer;
    bool goes_on = true;
    while (goes_on && !draining_) {
      wire::request_parser<wire::string_body> parser;
      parser.header_limit(static_cast<uint32_t>(options_.largest_head));
      parser.body_limit(options_.largest_body);
      Expire(stream);
      auto [error, size] = co_await wire::async_read_header(stream, buffer, parser, kTuple);
      if (!error && parser.get()[wire::field::expect] == "100-continue") {
        wire::response<wire::empty_body> go_on(wire::status::continue_, 11);
        co_await wire::async_write(stream, go_on, kTuple);
      }
      if (!error) std::tie(error, size) = co_await wire::async_read(stream, buffer, parser, kTuple);
      const int refused = error ? StatusOf(error) : 0;
      if (error && refused == 0) co_return;
      const bool head = parser.get().method() == wire::verb::head;
      // Who speaks HTTP/1.0 waits for the end of the connection, and knows no chunks.
      const bool is_1_1 = parser.get().version() >= 11;
      goes_on = !error && is_1_1 && parser.get().keep_alive();
      Response response;
      if (!Begin()) co_return;
      absl::Cleanup done = [this] { End(); };
      if (error || parser.get().target().empty() || parser.get().target()[0] != '/') {
        response = Unreadable(error ? refused : 400);
      } else {
        response = co_await asio::co_spawn(answering_, Answer(FromWire(parser.get(), from)),
                                           asio::use_awaitable);
      }
      if (response.stream && !is_1_1)
        response = PlainText(505, "This answer comes bit by bit, which takes HTTP/1.1.\n");
      goes_on = co_await Send(stream, std::move(response), goes_on, head);
    }
  }

  asio::awaitable<Response> Answer(Request request) { co_return handler_(request); }

  asio::awaitable<std::optional<std::string>> NextOf(http::Stream& stream) {
    co_return stream.Next();
  }

  /// Whether the connection goes on.
  template <class Stream>
  asio::awaitable<bool> Send(Stream& stream, Response response, bool keep_alive, bool head) {
    if (response.stream && !head) co_return co_await SendStream(stream, std::move(response));
    wire::response<wire::string_body> message;
    message.version(11);
    SetHead(message, response);
    if (options_.tls.on())
      message.set(wire::field::strict_transport_security, "max-age=31536000; includeSubDomains");
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    Expire(stream);
    if (head) {
      wire::response_serializer<wire::string_body> serializer(message);
      auto [error, size] = co_await wire::async_write_header(stream, serializer, kTuple);
      co_return !error && keep_alive;
    }
    auto [error, size] = co_await wire::async_write(stream, message, kTuple);
    co_return !error && keep_alive;
  }

  template <class Stream>
  asio::awaitable<bool> SendStream(Stream& stream, Response response) {
    wire::response<wire::empty_body> message;
    message.version(11);
    SetHead(message, response);
    message.chunked(true);
    message.keep_alive(false);
    Expire(stream);
    wire::response_serializer<wire::empty_body> serializer(message);
    auto [error, size] = co_await wire::async_write_header(stream, serializer, kTuple);
    std::optional<std::string> next = std::move(response.body);
    while (!error && next && !draining_) {
      Expire(stream);
      if (!next->empty()) {
        std::tie(error, size) =
            co_await asio::async_write(stream, wire::make_chunk(asio::buffer(*next)), kTuple);
      } else {
        asio::steady_timer pause(sockets_, kAskStreamAgain);
        co_await pause.async_wait(kTuple);
      }
      next = co_await asio::co_spawn(answering_, NextOf(*response.stream), asio::use_awaitable);
    }
    Expire(stream);
    if (!error) co_await asio::async_write(stream, wire::make_chunk_last(), kTuple);
    co_return false;
  }

  /// False: whoever drains has looked whether anybody is being answered, and found nobody.
  bool Begin() {
    std::lock_guard lock(mutex_);
    if (draining_) return false;
    ++in_hand_;
    return true;
  }

  void End() {
    {
      std::lock_guard lock(mutex_);
      --in_hand_;
    }
    answered_.notify_all();
  }

  const Options options_;
  const Handler handler_;
  Certificate certificate_;
  std::atomic<bool> draining_ = false;
  std::mutex mutex_;  // guards how many requests are in hand
  std::condition_variable answered_;
  int in_hand_ = 0;
  int connections_ = 0;  // the sockets' thread's own
  int port_ = 0;
  asio::thread_pool answering_;
  // What is under way there uses all of the above until it ends.
  asio::io_context sockets_{1};
  tcp::acceptor acceptor_;
  std::thread thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Options options, Handler handler) {
  auto server = std::make_unique<Listening>(std::move(options), std::move(handler));
  if (absl::Status listening = server->Listen(); !listening.ok()) return listening;
  return server;
}

}  // namespace ccfa::http
