#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "common/rpc/tls_files.h"

namespace ccfa::rpc {

/// A server's: every caller must show a certificate of an authority in `files.ca`; without
/// `is_mutual` callers need none, and those they show are verified when there is a `files.ca`.
/// Replaced files count for new connections within two seconds; as long as those that are there do
/// not belong together, nobody new gets in. For files that CheckTls takes; plain text without.
std::shared_ptr<grpc::ServerCredentials> ServerCredentials(const TlsFiles& files, bool is_mutual);

/// A caller's: shows the certificate, and believes a server whose certificate is of an authority in
/// `files.ca` and names the host that was asked for. Otherwise as above.
std::shared_ptr<grpc::ChannelCredentials> ChannelCredentials(const TlsFiles& files);

}  // namespace ccfa::rpc
