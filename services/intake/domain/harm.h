#pragma once

#include "absl/status/status.h"
#include "ccfa/intake/v1/intake.pb.h"

namespace ccfa::intake {

/// How bad it is for whom, in five parts that a council weighs (F11).

/// The highest level of a part; 0 is none.
inline constexpr int kMostHarm = 5;
/// What the score is of when every part is at its highest.
inline constexpr int kMostScore = 100;

/// INVALID_ARGUMENT unless each of the five parts is there once, with a level and words.
absl::Status CheckHarm(const google::protobuf::RepeatedPtrField<v1::HarmPart>& parts);

/// The parts' share of the worst there could be, 0 to kMostScore, rounded to the nearest: by
/// `assessment`'s parts and their weights. 0 when nothing weighs anything.
int ScoreOf(const v1::HarmAssessment& assessment);

}  // namespace ccfa::intake
