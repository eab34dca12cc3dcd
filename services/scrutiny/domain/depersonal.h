#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace ccfa::scrutiny {

/// What in a text identifies people, by rule: a postcode in full, an e-mail address, a phone
/// number, a field or a title that names somebody. Says what was found and where, "an e-mail
/// address at character 12", never the thing itself: refusals are read by more people than answers.
/// The first few are enough. Finding nothing proves nothing: the agency declares it, and answers
/// for it (F50).
std::vector<std::string> IdentifyingIn(absl::string_view text);

}  // namespace ccfa::scrutiny
