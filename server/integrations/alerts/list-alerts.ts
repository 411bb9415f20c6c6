import { inWorkspace } from "@/server/platform/transaction";
import { type AlertView, alertOutput, type ListAlertsInput } from "../schema";
import { listAlertRows } from "./alert.repository";

/** Alerts of a workspace, newest first. */
export async function listAlerts(workspaceId: string, input: ListAlertsInput): Promise<AlertView[]> {
  const rows = await inWorkspace(workspaceId, (scope) => listAlertRows(scope, input));
  return rows.map((row) => alertOutput.parse(row));
}
