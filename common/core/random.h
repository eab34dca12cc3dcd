#pragma once

#include <cstddef>
#include <string>

namespace ccfa {

/// So many random bytes in hexadecimal, for what must differ from all others. Only this reads the
/// machine's chance.
std::string RandomHex(size_t bytes);

}  // namespace ccfa
