#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/ccfactl/session.h"

namespace ccfa::ctl {

/// The commands, a group a subject. Each runs when it is parsed and leaves its outcome in the
/// session.
void AddPlaces(CLI::App& app, Session& session);
void AddCalls(CLI::App& app, Session& session);
void AddCallers(CLI::App& app, Session& session);
void AddProblems(CLI::App& app, Session& session);
void AddScrutiny(CLI::App& app, Session& session);
void AddReviews(CLI::App& app, Session& session);
void AddCaseReviews(CLI::App& app, Session& session);
void AddAnalysis(CLI::App& app, Session& session);
void AddOpenData(CLI::App& app, Session& session);
void AddClocks(CLI::App& app, Session& session);
void AddConfig(CLI::App& app, Session& session);
void AddRecord(CLI::App& app, Session& session);
void AddEvents(CLI::App& app, Session& session);
void AddCluster(CLI::App& app, Session& session);
void AddJournal(CLI::App& app, Session& session);
void AddKeys(CLI::App& app, Session& session);
void AddAccounts(CLI::App& app, Session& session);

/// Commands that are more than one request.
void AddWardsImport(CLI::App& wards, Session& session);
void AddReferralsPack(CLI::App& referrals, Session& session);
void AddRecut(CLI::App& wards, Session& session);
void AddAreasImport(CLI::App& areas, Session& session);
void AddPostcodesImport(CLI::App& postcodes, Session& session);
void AddGaps(CLI::App& teams, Session& session);
void AddTeamsCreate(CLI::App& teams, Session& session);
void AddCallsLog(CLI::App& calls, Session& session);
void AddCallsImport(CLI::App& calls, Session& session);
void AddCallsExport(CLI::App& calls, Session& session);
void AddExportHeadAndProve(CLI::App& journal, Session& session);
/// `otherwise` runs where no head is named.
void AddVerifyAgainst(CLI::App& verify, Session& session, std::function<void()> otherwise);
void AddDirectoryImports(CLI::App& agencies, CLI::App& councillors, Session& session);

}  // namespace ccfa::ctl
