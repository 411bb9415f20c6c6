import type { World } from "./world";

type WorldId = Exclude<keyof World, "marker">;

/**
 * Which row an input field names: by `<procedure path>:<field path>` first, else by the last part of the field path.
 * The isolation test fails for an id field that is missing here.
 */
const ID_FIELDS: Readonly<Record<string, WorldId>> = {
  workspaceId: "workspaceId",
  userId: "userId",
  actorId: "userId",
  memberId: "memberId",
  sessionId: "sessionId",
  invitationId: "invitationId",
  organizationId: "organizationId",
  organizationIds: "organizationId",
  connectionId: "connectionId",
  connectionIds: "connectionId",
  conversationId: "conversationId",
  conversationIds: "conversationId",
  messageId: "messageId",
  sendId: "sendId",
  runId: "runId",
  jobRunId: "jobRunId",
  saleLineId: "saleLineId",
  importId: "saleImportId",
  productId: "productId",
  productIds: "productId",
  variantId: "variantId",
  intoVariantId: "variantId",
  deliveryId: "deliveryId",
  deliveryIds: "deliveryId",
  deadLetterId: "deadLetterId",
  apiTokenId: "apiTokenId",
  teamId: "teamId",
  teamIds: "teamId",
  labelId: "labelId",
  labelIds: "labelId",
  addLabelIds: "labelId",
  removeLabelIds: "labelId",
  noteId: "noteId",
  viewId: "viewId",
  assigneeId: "userId",
  assigneeIds: "userId",
  mentionIds: "userId",
  memberIds: "userId",
  headId: "conversationId",
  calendarId: "calendarId",
  policyId: "policyId",
  policyIds: "policyId",
  templateId: "templateId",
  macroId: "macroId",
  ruleId: "ruleId",
  followUpId: "followUpId",
  noticeId: "noticeId",
  noticeIds: "noticeId",
  orderId: "orderId",
  changeId: "changeId",
  "orders.list:cursor.id": "orderId",
  "orders.list:ids": "orderId",
  "deadlines.policies.save:id": "policyId",
  "deadlines.calendars.save:id": "calendarId",
  "deadlines.dryRun:policies.id": "policyId",
  "followUps.log:cursor.id": "followUpId",
  "notifications.list:cursor.id": "noticeId",
  "notifications.deliveries:cursor.id": "noticeId",
  "notifications.transports.deliveries:cursor.id": "noticeId",
  "inbox.history:cursor.id": "historyEventId",
  "inbox.list:cursor.id": "conversationId",
  "inbox.thread:cursor.id": "messageId",
  "catalog.list:cursor.id": "productId",
  "catalog.listings.list:cursor.id": "productId",
  "catalog.variants.list:cursor.id": "variantId",
  "sales.list:cursor.id": "saleLineId",
  "integrations.get:id": "connectionId",
  "integrations.update:id": "connectionId",
  "integrations.setActive:id": "connectionId",
  "integrations.remove:id": "connectionId",
  "integrations.test:id": "connectionId",
  "integrations.createWebhookAddress:id": "connectionId",
  "integrations.syncNow:id": "connectionId",
  "integrations.runs.get:id": "runId",
  "integrations.runs.cancel:id": "runId",
  "integrations.deliveries.get:id": "deliveryId",
  "integrations.deliveries.refused:id": "connectionId",
  "integrations.deliveries.replay:id": "deliveryId",
  "integrations.webhooks.test:id": "connectionId",
  "integrations.webhooks.subscribe:id": "connectionId",
  "integrations.deadLetters.replay:id": "deadLetterId",
  "jobs.get:runId": "jobRunId",
  "jobs.cancel:runId": "jobRunId",
  "jobs.retry:runId": "jobRunId",
  "access.audit.list:subjectId": "connectionId",
  "access.audit.list:cursor": "auditEntryId",
};

/**
 * Fields that look like ids but name no row of a workspace, with the value a probe sends. Say why.
 */
const NOT_ROWS: Readonly<Record<string, string>> = {
  // A connector is code, the same for every workspace.
  connectorId: "ozon",
  // A durable function is code, too.
  functionId: "karavan-sync-run-stream",
  // A connector's own name of a change it allows.
  transitionId: "confirm",
  // A tax office's number, typed in by a person.
  taxId: "7707083893",
  // A position in the caller's own stream of events, not a row.
  lastEventId: "0",
};

/** What a procedure needs besides its required fields, where a rule across fields says so. */
export const EXTRA_INPUT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "inbox.send": { text: "Hello" },
  "followUps.saveRule": { quietHours: { from: "22:00", to: "08:00" } },
  "notifications.transports.saveTelegram": { token: `7000000009:${"x".repeat(35)}` },
  "notifications.transports.saveSmtp": { host: "127.0.0.1", fromAddress: "desk@example.test" },
};

/** What to send for an id field; null when the registry does not know it. */
export function idFor(world: World, procedurePath: string, fieldPath: string): string | null {
  const name = fieldPath.split(".").at(-1) ?? fieldPath;
  const key = ID_FIELDS[`${procedurePath}:${fieldPath}`] ?? ID_FIELDS[name];
  return key === undefined ? (NOT_ROWS[name] ?? null) : world[key];
}

/** Whether the field can name a foreign row at all. */
export function namesForeignRow(fieldPath: string): boolean {
  return NOT_ROWS[fieldPath.split(".").at(-1) ?? fieldPath] === undefined;
}
