#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace ccfa::rpc {

/// The PEM files of TLS, as the flags name them; all empty: plain text.
struct TlsFiles {
  /// The certificate chain of whoever has these files, and its private key.
  std::string cert, key;
  /// The authorities whose certificates are believed, a server's and a caller's alike.
  std::string ca;

  bool on() const { return !cert.empty() || !ca.empty(); }
};

/// What TLS needs of whoever has the files.
enum class TlsNeeds {
  /// All three: callers and servers show each other certificates.
  kMutual,
  /// A server's certificate and key; callers are known by their tokens.
  kServerAlone,
  /// A caller's authorities; its own certificate where a server wants one.
  kCaller,
};

/// Whether all that is needed is given or nothing, and can be read, belongs together and has not
/// expired. INVALID_ARGUMENT naming the flag, the file and what to do.
absl::Status CheckTls(const TlsFiles& files, TlsNeeds needs);

/// Whether the certificate names the host of a HOST:PORT, at which others will look for its owner.
/// INVALID_ARGUMENT naming --address. For files that CheckTls takes; plain text names everybody.
absl::Status CheckNames(const TlsFiles& files, const std::string& address);

/// The host of a HOST:PORT, without the brackets of an IPv6 address.
std::string HostOf(absl::string_view address);

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeContext>;

/// The files as OpenSSL has them, for a caller. INVALID_ARGUMENT as CheckTls.
absl::StatusOr<TlsContext> LoadTls(const TlsFiles& files);

/// For people: "DNS:localhost, IP Address:127.0.0.1", "CN = the authority", "Nov 21 07:47:51 2026
/// GMT".
std::string NamesOf(X509* certificate);
std::string IssuerOf(X509* certificate);
std::string ExpiryOf(X509* certificate);

}  // namespace ccfa::rpc
