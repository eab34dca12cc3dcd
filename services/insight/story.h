#pragma once

#include <string>

#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/insight/v1/tables.pb.h"

namespace ccfa::insight {

/// Joins what each service knows of a call into one answer (F78, F79). Pure functions of the row.
v1::StoryState StateOf(const v1::StoryRow& row);
/// Where its problem is, when it has one: routed, in hand, with scrutiny.
v1::StoryState StateOfProblem(const v1::StoryRow& row);
/// The ward's ONS code: as routed, else as the caller gave it; empty when neither.
std::string WardOf(const v1::StoryRow& row);
/// What happens next in a stage, in words that name nobody: "the team finds out why it happens".
std::string WhatComesIn(sara::v1::Stage stage);
v1::CallStory StoryOf(const v1::StoryRow& row);

}  // namespace ccfa::insight
