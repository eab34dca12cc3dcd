#include "tools/ccfactl/token_file.h"

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "common/core/refusal.h"
#include "common/identity/account_file.h"

namespace ccfa::ctl {
namespace {

std::string FolderOfTokens() {
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime != '\0')
    return absl::StrCat(runtime, "/ccfa");
  const char* home = std::getenv("HOME");
  return absl::StrCat(home == nullptr ? "." : home, "/.config/ccfa");
}

absl::StatusOr<std::string> ReadFromTerminal(const std::string& prompt) {
  termios shown{};
  if (tcgetattr(STDIN_FILENO, &shown) != 0) {
    return InvalidField("--password-file",
                        "there is no terminal to ask at: give a file, or - for standard input");
  }
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  std::cerr << prompt << ": " << std::flush;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  std::string line;
  std::getline(std::cin, line);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
  std::cerr << "\n";
  return line;
}

}  // namespace

std::string TokenFileOf(const std::string& server) {
  std::string name = server;
  for (char& letter : name)
    if (letter == '/' || letter == ':' || letter == ',') letter = '_';
  return absl::StrCat(FolderOfTokens(), "/", name, ".token");
}

std::string ReadToken(const std::string& server) {
  std::string token;
  std::ifstream(TokenFileOf(server)) >> token;
  return token;
}

absl::Status KeepToken(const std::string& server, const std::string& token) {
  const std::string file = TokenFileOf(server), folder = std::filesystem::path(file).parent_path();
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made || chmod(folder.c_str(), 0700) != 0)
    return absl::UnavailableError(absl::StrCat("cannot make ", folder));
  return identity::ReplaceFile(file, token);
}

bool ForgetToken(const std::string& server) {
  return unlink(TokenFileOf(server).c_str()) == 0;
}

absl::StatusOr<std::string> ReadSecret(const std::string& file, const std::string& prompt) {
  if (file.empty()) return ReadFromTerminal(prompt);
  std::string line;
  std::ifstream opened(file);
  if (file != "-" && !opened)
    return InvalidField("--password-file", absl::StrCat("cannot read ", file));
  std::getline(file == "-" ? std::cin : opened, line);
  return line;
}

}  // namespace ccfa::ctl
