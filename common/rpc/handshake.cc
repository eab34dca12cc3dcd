#include "common/rpc/handshake.h"

#include <netdb.h>
#include <openssl/err.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"

namespace ccfa::rpc {
namespace {

constexpr timeval kPatience = {2, 0};
// gRPC's servers want it to be agreed on.
constexpr unsigned char kHttp2[] = {2, 'h', '2'};

/// While it lives, writing to whoever has hung up fails instead of ending the process.
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoBrokenPipe() {
    const timespec at_once{};
    sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

 private:
  sigset_t pipe_, before_;
};

/// A connection that gives up after a while, whatever it waits for.
class Socket {
 public:
  explicit Socket(const std::string& address) {
    const std::string host = HostOf(address), port = address.substr(address.rfind(':') + 1);
    addrinfo wanted{}, *found = nullptr;
    wanted.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0) return;
    for (addrinfo* at = found; at != nullptr && !is_open_; at = at->ai_next) Connect(*at);
    freeaddrinfo(found);
  }
  ~Socket() {
    if (socket_ >= 0) close(socket_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool is_open() const { return is_open_; }
  int get() const { return socket_; }

 private:
  void Connect(const addrinfo& to) {
    if (socket_ >= 0) close(socket_);
    socket_ = socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC, to.ai_protocol);
    if (socket_ < 0) return;
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof(kPatience));
    is_open_ = connect(socket_, to.ai_addr, to.ai_addrlen) == 0;
  }

  int socket_ = -1;
  bool is_open_ = false;
};

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Ssl = std::unique_ptr<SSL, FreeSsl>;

Ssl OpenSsl(const TlsContext& context, const Socket& socket) {
  Ssl ssl(SSL_new(context.get()));
  SSL_set_fd(ssl.get(), socket.get());
  SSL_set_alpn_protos(ssl.get(), kHttp2, sizeof(kHttp2));
  ERR_clear_error();
  return ssl;
}

absl::Status Wrong(absl::string_view reason, const std::string& message) {
  return Refuse(absl::StatusCode::kUnauthenticated, reason, message);
}

absl::Status TryPlain(const std::string& address, const Socket& socket) {
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  Ssl ssl = OpenSsl(context, socket);
  if (SSL_connect(ssl.get()) != 1) return absl::OkStatus();
  return Wrong("TLS_WANTED", absl::StrCat("the server at ", address,
                                          " wants TLS: give --tls-cert, --tls-key and --tls-ca"));
}

/// What is wrong with the server's certificate.
absl::Status ServerRefused(const std::string& address, const TlsFiles& files, SSL* ssl) {
  const long why = SSL_get_verify_result(ssl);
  const std::string whose = absl::StrCat("the certificate of the server at ", address);
  const absl::Status refused = Wrong(
      "SERVER_REFUSED", absl::StrCat(whose, " is refused: ", X509_verify_cert_error_string(why)));
  STACK_OF(X509)* chain = SSL_get0_verified_chain(ssl);
  if (chain == nullptr || sk_X509_num(chain) == 0) return refused;
  X509* certificate = sk_X509_value(chain, 0);
  switch (why) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Wrong("SERVER_EXPIRED", absl::StrCat(whose, " expired on ", ExpiryOf(certificate),
                                                  ": its operator must renew it"));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Wrong(
          "SERVER_NAME",
          absl::StrCat(whose, " is for ", NamesOf(certificate), ", not for ", HostOf(address),
                       ": ask for the server by one of those names; its --address must "
                       "be one too"));
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return Wrong("SERVER_AUTHORITY",
                   absl::StrCat(whose, " was issued by ", IssuerOf(certificate),
                                ", which is not in --tls-ca ", files.ca,
                                ": is it the right server, and the right file?"));
    default:
      return refused;
  }
}

/// gRPC's servers close without a word: all that is left is our certificate.
absl::Status ClientRefused(const std::string& address, const TlsFiles& files, SSL* ssl) {
  if (files.cert.empty()) {
    return Wrong("TLS_WANTED", absl::StrCat("the server at ", address,
                                            " wants a certificate of its callers: give --tls-cert "
                                            "and --tls-key too"));
  }
  return Wrong("CLIENT_REFUSED",
               absl::StrCat("the server at ", address, " refuses the certificate --tls-cert ",
                            files.cert, ", issued by ", IssuerOf(SSL_get_certificate(ssl)),
                            ": is that authority in the server's --tls-ca? Its log says why"));
}

absl::Status TryTls(const std::string& address, const TlsFiles& files, const TlsContext& context,
                    const Socket& socket) {
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  Ssl ssl = OpenSsl(context, socket);
  const std::string host = HostOf(address);
  SSL_set1_host(ssl.get(), host.c_str());
  SSL_set_tlsext_host_name(ssl.get(), host.c_str());
  if (SSL_connect(ssl.get()) != 1) {
    if (SSL_get_verify_result(ssl.get()) != X509_V_OK)
      return ServerRefused(address, files, ssl.get());
    const int reason = ERR_GET_REASON(ERR_peek_error());
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST) {
      return Wrong("PLAIN_TEXT",
                   absl::StrCat("the server at ", address,
                                " speaks plain text: start it with --tls-cert, --tls-key and "
                                "--tls-ca, or ask it without"));
    }
    return absl::OkStatus();
  }
  // In TLS 1.3 the server judges our certificate after that; then it speaks first.
  char byte = 0;
  const int read = SSL_read(ssl.get(), &byte, 1);
  const int error = SSL_get_error(ssl.get(), read);
  if (read > 0 || error == SSL_ERROR_WANT_READ) return absl::OkStatus();
  return ClientRefused(address, files, ssl.get());
}

}  // namespace

absl::Status TryHandshake(const std::string& address, const TlsFiles& files) {
  const NoBrokenPipe no_broken_pipe;
  const Socket socket(address);
  if (!socket.is_open()) return absl::OkStatus();
  if (!files.on()) return TryPlain(address, socket);
  absl::StatusOr<TlsContext> context = LoadTls(files);
  return context.ok() ? TryTls(address, files, *context, socket) : context.status();
}

}  // namespace ccfa::rpc
