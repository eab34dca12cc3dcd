#include "common/rpc/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/core/refusal.h"

namespace ccfa::rpc {
namespace {

/// What a function of OpenSSL prints.
std::string Printed(const std::function<void(BIO*)>& print) {
  std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
  print(bio.get());
  char* text = nullptr;
  long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, size);
}

std::string WhyOf(unsigned long error) {
  const char* reason = ERR_reason_error_string(error);
  return reason == nullptr ? "it is not PEM" : reason;
}

absl::Status CheckReadable(absl::string_view flag, const std::string& file) {
  if (std::ifstream opened(file); opened && opened.peek() != EOF) return absl::OkStatus();
  return InvalidField(flag, absl::StrCat("cannot read ", file,
                                         ": it must be there, not be empty, and this user must be "
                                         "allowed to read it"));
}

absl::Status CheckGiven(const TlsFiles& files, TlsNeeds needs) {
  const bool without_pair = needs == TlsNeeds::kCaller && files.cert.empty() && files.key.empty();
  const std::pair<absl::string_view, const std::string&> flags[] = {
      {"--tls-cert", files.cert}, {"--tls-key", files.key}, {"--tls-ca", files.ca}};
  for (const auto& [flag, file] : flags) {
    const bool may_lack = flag == "--tls-ca" ? needs == TlsNeeds::kServerAlone : without_pair;
    if (file.empty() && may_lack) continue;
    if (file.empty()) {
      return InvalidField(flag,
                          "is missing: mutual TLS needs --tls-cert, --tls-key and --tls-ca, plain "
                          "text none of them");
    }
    if (absl::Status readable = CheckReadable(flag, file); !readable.ok()) return readable;
  }
  return absl::OkStatus();
}

absl::Status CheckDates(const TlsFiles& files, X509* certificate) {
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
    return InvalidField("--tls-cert", absl::StrCat(files.cert, " expired on ",
                                                   ExpiryOf(certificate), ": have it renewed"));
  }
  if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
    return InvalidField("--tls-cert",
                        absl::StrCat(files.cert, " is not valid yet: is the clock right?"));
  }
  return absl::OkStatus();
}

}  // namespace

std::string NamesOf(X509* certificate) {
  int at = X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1);
  if (at < 0) return "nobody (it has no subjectAltName)";
  return Printed([&](BIO* bio) { X509V3_EXT_print(bio, X509_get_ext(certificate, at), 0, 0); });
}

std::string IssuerOf(X509* certificate) {
  return Printed([&](BIO* bio) {
    X509_NAME_print_ex(bio, X509_get_issuer_name(certificate), 0, XN_FLAG_ONELINE);
  });
}

std::string ExpiryOf(X509* certificate) {
  return Printed([&](BIO* bio) { ASN1_TIME_print(bio, X509_get0_notAfter(certificate)); });
}

std::string HostOf(absl::string_view address) {
  absl::string_view host = address.substr(0, address.rfind(':'));
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  return std::string(host);
}

absl::StatusOr<TlsContext> LoadTls(const TlsFiles& files) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  if (!context) return absl::InternalError("OpenSSL cannot be used");
  // Nobody is asked for one.
  SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; });
  if (!files.cert.empty() &&
      SSL_CTX_use_certificate_chain_file(context.get(), files.cert.c_str()) != 1) {
    return InvalidField(
        "--tls-cert",
        absl::StrCat(files.cert, " is no certificate chain in PEM: ", WhyOf(ERR_get_error())));
  }
  if (!files.key.empty() &&
      SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    const unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) == ERR_LIB_X509) {
      return InvalidField("--tls-key", absl::StrCat(files.key, " is not the key of ", files.cert,
                                                    ": give the two that were made together"));
    }
    return InvalidField(
        "--tls-key",
        absl::StrCat(files.key, " is no private key in PEM without a passphrase: ", WhyOf(error)));
  }
  if (!files.ca.empty() && SSL_CTX_load_verify_file(context.get(), files.ca.c_str()) != 1) {
    return InvalidField(
        "--tls-ca", absl::StrCat(files.ca, " is no certificate in PEM: ", WhyOf(ERR_get_error())));
  }
  return context;
}

absl::Status CheckTls(const TlsFiles& files, TlsNeeds needs) {
  if (files.cert.empty() && files.key.empty() && files.ca.empty()) return absl::OkStatus();
  if (absl::Status given = CheckGiven(files, needs); !given.ok()) return given;
  absl::StatusOr<TlsContext> context = LoadTls(files);
  if (!context.ok()) return context.status();
  X509* certificate = SSL_CTX_get0_certificate(context->get());
  return certificate == nullptr ? absl::OkStatus() : CheckDates(files, certificate);
}

absl::Status CheckNames(const TlsFiles& files, const std::string& address) {
  if (!files.on()) return absl::OkStatus();
  absl::StatusOr<TlsContext> context = LoadTls(files);
  if (!context.ok()) return context.status();
  X509* certificate = SSL_CTX_get0_certificate(context->get());
  const std::string host = HostOf(address);
  if (X509_check_ip_asc(certificate, host.c_str(), 0) == 1 ||
      X509_check_host(certificate, host.c_str(), host.size(), 0, nullptr) == 1) {
    return absl::OkStatus();
  }
  return InvalidField(
      "--address",
      absl::StrCat("others would look for ", host, ", and the certificate ", files.cert, " names ",
                   NamesOf(certificate),
                   ": give an address with one of its names, or have one made for ", host));
}

}  // namespace ccfa::rpc
