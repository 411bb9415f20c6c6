import { randomUUID } from "node:crypto";
import { makeMember, makeSession, makeWorkspace } from "@/server/access/testing/make-workspace";
import { db } from "@/server/platform/db";

/**
 * One workspace with one row of everything an input can name. `marker` is part of every text of it, so that a leak shows in an
 * answer. Extend it with the table, and `ID_FIELDS` with the field, when a procedure takes a new kind of id.
 */
export interface World {
  readonly marker: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly invitationId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly sendId: string;
  readonly runId: string;
  readonly jobRunId: string;
  readonly saleLineId: string;
  readonly saleImportId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly deliveryId: string;
  readonly deadLetterId: string;
  readonly apiTokenId: string;
  readonly auditEntryId: string;
  readonly teamId: string;
  readonly labelId: string;
  readonly noteId: string;
  readonly viewId: string;
  readonly historyEventId: string;
  readonly calendarId: string;
  readonly policyId: string;
  readonly templateId: string;
  readonly macroId: string;
  readonly ruleId: string;
  readonly followUpId: string;
  readonly noticeId: string;
  readonly orderId: string;
  readonly changeId: string;
}

export async function makeWorld(): Promise<World> {
  const marker = `WORLD-${randomUUID()}`;
  const { workspaceId, organizationId } = await makeWorkspace(marker);
  const member = await makeMember(workspaceId, "operator", marker);
  const { sessionId } = await makeSession(member, workspaceId);
  const invitationId = randomUUID();
  await db.invitation.create({
    data: {
      id: invitationId,
      workspaceId,
      email: `${marker}@example.test`,
      role: "operator",
      tokenHash: marker,
      invitedById: member.userId,
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  const auditEntryId = randomUUID();
  await db.auditEntry.create({ data: { id: auditEntryId, workspaceId, actorKind: "user", actorId: member.userId, action: "test.made", details: { marker } } });
  const integration = await makeIntegration(marker, workspaceId, organizationId);
  const trade = await makeTrade(marker, workspaceId, organizationId, integration.connectionId);
  const { userId, memberId } = member;
  const teamwork = await makeTeamwork(marker, workspaceId, userId, trade.conversationId);
  const automation = await makeAutomation(marker, workspaceId, userId, trade.conversationId);
  const apiTokenId = randomUUID();
  await db.apiToken.create({
    data: { id: apiTokenId, workspaceId, name: marker, prefix: "krv_000000", tokenHash: marker, scopes: ["orders:read"], createdBy: userId },
  });
  return {
    marker,
    workspaceId,
    organizationId,
    userId,
    memberId,
    sessionId,
    invitationId,
    auditEntryId,
    apiTokenId,
    ...integration,
    ...trade,
    ...teamwork,
    ...automation,
  };
}

async function makeAutomation(marker: string, workspaceId: string, userId: string, conversationId: string) {
  const [calendarId, policyId, templateId, ruleId, followUpId, noticeId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const conditions = { channels: [], labelIds: [], teamIds: [], connectionIds: [] };
  const day = [{ from: "09:00", to: "18:00" }];
  await db.businessCalendar.create({
    data: { id: calendarId, workspaceId, name: marker, timeZone: "UTC", week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] } },
  });
  await db.deadlinePolicy.create({
    data: {
      id: policyId,
      workspaceId,
      name: marker,
      position: 0,
      conditions,
      calendarId,
      firstReplyMinutes: 60,
      escalation: { notify: [], raisePriorityTo: null },
    },
  });
  await db.replyTemplate.create({ data: { id: templateId, workspaceId, title: marker, text: marker } });
  const macroId = randomUUID();
  await db.macro.create({ data: { id: macroId, workspaceId, title: marker, actions: [{ kind: "reply", text: marker }] } });
  await db.followUpRule.create({
    data: {
      id: ruleId,
      workspaceId,
      name: marker,
      kind: "own",
      trigger: "resolved",
      delayDays: 3,
      conditions: {},
      text: marker,
      quietHours: { from: "22:00", to: "08:00" },
    },
  });
  await db.followUp.create({
    data: {
      id: followUpId,
      workspaceId,
      conversationId,
      ruleId,
      text: marker,
      dueAt: new Date("2100-01-01T00:00:00Z"),
      status: "scheduled",
      occasionKey: marker,
    },
  });
  await db.notice.create({ data: { id: noticeId, workspaceId, userId, kind: "assigned", conversationId, params: { marker }, dedupeKey: marker } });
  return { calendarId, policyId, templateId, macroId, ruleId, followUpId, noticeId };
}

async function makeTeamwork(marker: string, workspaceId: string, userId: string, conversationId: string) {
  const [teamId, labelId, noteId, viewId, historyEventId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const at = new Date("2026-01-10T10:00:00Z");
  await db.team.create({ data: { id: teamId, workspaceId, name: marker, members: { create: { userId, workspaceId } } } });
  await db.label.create({ data: { id: labelId, workspaceId, name: marker, color: "red" } });
  await db.note.create({ data: { id: noteId, workspaceId, conversationId, authorId: userId, text: marker } });
  await db.savedView.create({ data: { id: viewId, workspaceId, page: "inbox", name: marker, filters: { filter: {}, sort: "newest" } } });
  await db.conversationEvent.create({
    data: {
      id: historyEventId,
      workspaceId,
      conversationId,
      at,
      actorKind: "user",
      actorId: userId,
      type: "status",
      data: { from: "open", to: "open", marker },
    },
  });
  return { teamId, labelId, noteId, viewId, historyEventId };
}

async function makeIntegration(marker: string, workspaceId: string, organizationId: string) {
  const [connectionId, runId, deliveryId, deadLetterId, jobRunId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const stream = { id: randomUUID(), workspaceId, stream: "chats", intervalSeconds: 60, nextDueAt: new Date("2100-01-01") };
  await db.connection.create({
    data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: marker, accountRef: marker, streams: { create: stream } },
  });
  await db.syncRun.create({ data: { id: runId, workspaceId, connectionId, stream: "chats", trigger: "manual", status: "failed", errorText: marker } });
  await db.delivery.create({
    data: { id: deliveryId, workspaceId, connectionId, system: "ozon", dedupeKey: marker, eventType: marker, headers: {}, body: Buffer.from(marker) },
  });
  await db.deadLetter.create({
    data: { id: deadLetterId, workspaceId, connectionId, runId, kind: "message", payload: { marker }, errorCode: "test", errorText: marker },
  });
  await db.engineRun.create({
    data: {
      id: jobRunId,
      fnId: "test",
      workspaceId,
      status: "Failed",
      eventName: "test/made",
      event: { name: "test/made", data: { workspaceId, marker } },
      maxAttempts: 1,
      error: { message: marker },
    },
  });
  return { connectionId, runId, deliveryId, deadLetterId, jobRunId };
}

async function makeTrade(marker: string, workspaceId: string, organizationId: string, connectionId: string) {
  const [conversationId, messageId, sendId, productId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const at = new Date("2026-01-10T10:00:00Z");
  await db.conversation.create({
    data: {
      id: conversationId,
      workspaceId,
      organizationId,
      connectionId,
      channel: "ozon.chat",
      externalId: marker,
      buyerName: marker,
      lastMessageAt: at,
      lastMessagePreview: marker,
      createdAt: at,
    },
  });
  await db.message.create({
    data: {
      id: messageId,
      workspaceId,
      conversationId,
      connectionId,
      side: "seller",
      authorKind: "seller",
      text: marker,
      sentAt: at,
      sourceVersionAt: at,
      sendId,
      sendState: "rejected",
    },
  });
  const variantId = randomUUID();
  await db.variant.create({ data: { id: variantId, workspaceId, sku: marker, article: marker.toLowerCase(), name: marker, onHand: 3 } });
  await db.product.create({
    data: { id: productId, workspaceId, connectionId, externalId: marker, name: marker, variantId, matchedBy: "hand", currency: "RUB" },
  });
  const sales = await makeSales(marker, workspaceId, organizationId, connectionId);
  return { conversationId, messageId, sendId, productId, variantId, ...sales, ...(await makeOrder(marker, workspaceId, organizationId, connectionId)) };
}

async function makeSales(marker: string, workspaceId: string, organizationId: string, connectionId: string) {
  const [saleLineId, saleImportId] = [randomUUID(), randomUUID()];
  const at = new Date("2026-01-10T10:00:00Z");
  await db.saleLine.create({
    data: {
      id: saleLineId,
      workspaceId,
      organizationId,
      connectionId,
      marketplace: "ozon",
      externalId: marker,
      kind: "sale",
      date: at,
      quantity: 1,
      revenueMinor: 100n,
      currency: "RUB",
      description: marker,
      sourceHash: marker,
    },
  });
  const counts = { rows: 1, added: 1, known: 0, possibleDuplicates: 0, rejected: 0 };
  await db.saleImport.create({
    data: { id: saleImportId, workspaceId, fileName: marker, fileHash: marker, importedById: randomUUID(), ...counts, firstDay: at, lastDay: at },
  });
  return { saleLineId, saleImportId };
}

async function makeOrder(marker: string, workspaceId: string, organizationId: string, connectionId: string) {
  const [orderId, changeId] = [randomUUID(), randomUUID()];
  const at = new Date("2026-01-10T10:00:00Z");
  const line = { id: randomUUID(), workspaceId, externalId: "1", position: 0, name: marker, quantity: 1, priceMinor: 100n };
  const change = { id: changeId, workspaceId, connectionId, transitionId: "confirm", action: "confirm", state: "unknown" as const, errorText: marker };
  await db.order.create({
    data: {
      id: orderId,
      workspaceId,
      organizationId,
      connectionId,
      externalId: marker,
      number: marker,
      fulfilment: "fbs",
      state: "new",
      remoteState: marker,
      placedAt: at,
      sourceVersionAt: at,
      sourceHash: marker,
      currency: "RUB",
      totalMinor: 100n,
      pieces: 1,
      lines: { create: line },
      changes: { create: change },
      events: { create: { id: randomUUID(), workspaceId, at, actorKind: "service", type: "placed", data: { number: marker } } },
    },
  });
  return { orderId, changeId };
}

const TENANT_TABLES = `
  SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
  WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`;

/** Everything the database holds of a workspace, as one text: equal before and after means untouched. */
export async function snapshot(world: World): Promise<string> {
  const tables = await db.$queryRawUnsafe<{ relname: string }[]>(TENANT_TABLES);
  const parts = tables.map(({ relname }) => `SELECT '${relname}' AS t, to_jsonb(r)::text AS row FROM "${relname}" r WHERE workspace_id = $1::uuid`);
  const rest = [
    `SELECT 'workspace', to_jsonb(r)::text FROM workspace r WHERE id = $1::uuid`,
    `SELECT 'user', to_jsonb(r)::text FROM "user" r WHERE id = $2::uuid`,
    `SELECT 'engine_run', to_jsonb(r)::text FROM engine_run r WHERE id = $3`,
  ];
  const rows = await db.$queryRawUnsafe<{ t: string; row: string }[]>(
    `${[...parts, ...rest].join(" UNION ALL ")} ORDER BY 1, 2`,
    world.workspaceId,
    world.userId,
    world.jobRunId,
  );
  return rows.map(({ t, row }) => `${t} ${row}`).join("\n");
}
