#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/actor.h"

namespace ccfa::identity {

/// Writes an act into the journal of the council it names: durable when it is OK, and only then
/// done.
using NoteAct = std::function<absl::Status(const Actor& who, const record::v1::ActRecorded& act)>;

/// Whoever it is, when nobody is signed in.
Actor AtSignIn();

/// Notes what is done to an account, in the journal of each council that it is for, or was for
/// before; councils/- where that is every one.
absl::Status NoteAccount(const NoteAct& note, const Actor& who, record::v1::Act act,
                         const v1::Account& account, const v1::Account& before);

/// Notes that another key, by its id, is about to sign tokens.
absl::Status NoteKey(const NoteAct& note, const Actor& who, const std::string& key);

}  // namespace ccfa::identity
