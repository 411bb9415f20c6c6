import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationFilter } from "../schema";
import { unknownConnections, unknownLabels, unknownMembers, unknownTeams } from "./require-rows.repository";

export interface NamedRows {
  readonly teamIds?: readonly string[] | undefined;
  readonly labelIds?: readonly string[] | undefined;
  readonly connectionIds?: readonly string[] | undefined;
  readonly userIds?: readonly string[] | undefined;
}

/** What is stored or acted upon names rows of this workspace only. @throws AppError `inbox.team_not_found`, `inbox.label_not_found`, `connection.not_found`, `member.not_found`. */
export async function requireRows(scope: Scope, { teamIds = [], labelIds = [], connectionIds = [], userIds = [] }: NamedRows): Promise<void> {
  if (teamIds.length > 0 && (await unknownTeams(scope, teamIds)).length > 0) throw notFound("inbox.team_not_found");
  if (labelIds.length > 0 && (await unknownLabels(scope, labelIds)).length > 0) throw notFound("inbox.label_not_found");
  if (connectionIds.length > 0 && (await unknownConnections(scope, connectionIds)).length > 0) throw notFound("connection.not_found");
  if (userIds.length > 0 && (await unknownMembers(scope, userIds)).length > 0) throw notFound("member.not_found");
}

/** The same for a filter, whose words "me", "mine" and "none" are no rows. */
export async function requireFilterRows(scope: Scope, filter: ConversationFilter): Promise<void> {
  const isWord = (id: string) => id === "me" || id === "mine" || id === "none";
  await requireRows(scope, {
    teamIds: filter.teamIds?.filter((id) => !isWord(id)),
    labelIds: filter.labelIds,
    connectionIds: filter.connectionIds,
    userIds: filter.assigneeIds?.filter((id) => !isWord(id)),
  });
}
