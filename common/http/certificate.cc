#include "common/http/certificate.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/telemetry/log.h"

namespace ccfa::http {
namespace {

namespace ssl = boost::asio::ssl;
constexpr unsigned char kHttp1[] = "\x08http/1.1";

/// What changes when a file is replaced.
std::string Looks(const std::string& path) {
  std::error_code error;
  auto written = std::filesystem::last_write_time(path, error);
  return absl::StrCat(error ? 0 : written.time_since_epoch().count(), ";");
}

int ChooseHttp1(SSL*, const unsigned char** chosen, unsigned char* size,
                const unsigned char* offered, unsigned offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kHttp1, sizeof(kHttp1) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

absl::Status Certificate::Load() {
  std::lock_guard lock(mutex_);
  return LoadLocked();
}

absl::Status Certificate::LoadLocked() {
  std::string looks = Looks(files_.cert) + Looks(files_.key);
  if (looks == seen_) return absl::OkStatus();
  if (absl::Status good = rpc::CheckTls(files_, rpc::TlsNeeds::kServerAlone); !good.ok())
    return good;
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                       ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  SSL_CTX_set_alpn_select_cb(context->native_handle(), ChooseHttp1, nullptr);
  boost::system::error_code error;
  context->use_certificate_chain_file(files_.cert, error);
  if (!error) context->use_private_key_file(files_.key, ssl::context::pem, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("--tls-cert: ", error.message()));
  context_ = std::move(context);
  seen_ = std::move(looks);
  return absl::OkStatus();
}

std::shared_ptr<ssl::context> Certificate::ForNext() {
  std::lock_guard lock(mutex_);
  if (absl::Status loaded = LoadLocked(); !loaded.ok()) {
    telemetry::Log(telemetry::Level::kWarning, "certificate_not_replaced",
                   {{"why", std::string(loaded.message())}});
  }
  return context_;
}

}  // namespace ccfa::http
