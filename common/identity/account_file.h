#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/identity/v1/store.pb.h"

namespace ccfa::identity {

/// A file of that text in the place of what was there, which whoever reads sees whole or not at
/// all; only its user may read it. On the disk when this is OK. UNAVAILABLE otherwise.
absl::Status ReplaceFile(const std::string& path, absl::string_view text);

/// All of a file. UNAVAILABLE when it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

/// The store of a folder that only its user may enter; made when it is not there. DATA_LOSS when
/// what is there is none, UNAVAILABLE when the folder cannot be used.
absl::StatusOr<v1::Store> ReadStore(const std::string& folder);
absl::Status WriteStore(const std::string& folder, const v1::Store& store);

}  // namespace ccfa::identity
