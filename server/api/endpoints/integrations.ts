import { z } from "zod";
import { changeConnection, createConnection, getConnection, listCalls, listConnections, syncNow } from "@/server/integrations/index";
import { callOutput, connectionOutput, createConnectionInput, runOutput, streamIdSchema, updateConnectionInput } from "@/server/integrations/schema";
import { invalid } from "@/server/platform/errors";
import { readCursor, writeCursor } from "../http/cursor";
import { InvalidInput } from "../http/problem";
import { defineEndpoint } from "./endpoint";
import { cursorShape, instantShape, limitShape, none, page } from "./shapes";

const idPath = z.object({ id: z.uuid().meta({ description: "The connection." }) });

const listIntegrations = defineEndpoint({
  id: "listIntegrations",
  method: "GET",
  path: "/api/v1/integrations",
  scope: "integrations:read",
  summary: "Connections with their health",
  params: none,
  query: none,
  body: null,
  responses: { 200: { description: "All connections of the workspace.", schema: z.object({ data: z.array(connectionOutput) }) } },
  failures: [],
  handle: async ({ principal }) => ({ status: 200, body: { data: await listConnections(principal.workspaceId) } }),
});

const changes = updateConnectionInput.omit({ id: true });
const configBody = createConnectionInput
  .omit({ connectorId: true, baseUrl: true })
  .partial({ organizationId: true, name: true, credentials: true, streams: true })
  .extend({
    connectionId: z.uuid().optional().meta({ description: "The connection to change; absent = a new one, which needs organizationId, name and credentials." }),
  });

const configureIntegration = defineEndpoint({
  id: "configureIntegration",
  method: "POST",
  path: "/api/integrations/{type}/config",
  scope: "integrations:write",
  summary: "Create or change a connection",
  description: "Credentials are sealed at once and never come back; what is absent stays as it is.",
  params: z.object({
    type: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,59}$/)
      .meta({ description: "The system, e.g. ozon." }),
  }),
  query: none,
  body: configBody,
  responses: {
    200: { description: "Changed.", schema: connectionOutput },
    201: { description: "Created.", schema: connectionOutput },
  },
  failures: [404, 409],
  async handle({ principal: { workspaceId, actor }, path, body }) {
    const { connectionId, ...fields } = body;
    if (connectionId === undefined) {
      const complete = createConnectionInput.safeParse({ ...fields, connectorId: path.type });
      if (!complete.success) throw new InvalidInput("body", complete.error.issues);
      const id = await createConnection(workspaceId, complete.data, actor);
      return { status: 201, body: await getConnection(workspaceId, id) };
    }
    if ((await getConnection(workspaceId, connectionId)).connectorId !== path.type) throw invalid("connection.unknown_connector", { connector: path.type });
    await changeConnection(workspaceId, { id: connectionId, ...changes.parse(fields) }, actor);
    return { status: 200, body: await getConnection(workspaceId, connectionId) };
  },
});

const syncBody = z.object({
  streams: z.array(streamIdSchema).min(1).max(10).optional().meta({ description: "Absent = all that are switched on." }),
  window: z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
});

const syncIntegration = defineEndpoint({
  id: "syncIntegration",
  method: "POST",
  path: "/api/integrations/{id}/sync",
  scope: "integrations:sync",
  summary: "Fetch now",
  description: "Queues one run a stream; a run that is under way already is returned instead of a second one.",
  params: idPath,
  query: none,
  body: syncBody,
  responses: { 202: { description: "Queued.", schema: z.object({ data: z.array(runOutput) }) } },
  failures: [404, 409],
  async handle({ principal: { workspaceId, actor }, path, body }) {
    const connection = await getConnection(workspaceId, path.id);
    const streams = body.streams ?? connection.streams.filter((entry) => entry.isEnabled).map((entry) => entry.stream);
    const span = body.window === undefined ? undefined : { from: new Date(body.window.from), to: new Date(body.window.to) };
    if (span !== undefined && (span.from >= span.to || span.to.getTime() - span.from.getTime() > 370 * 86_400_000)) throw invalid("api.bad_window");
    const runs = await syncNow(workspaceId, { id: path.id, streams, window: span }, actor);
    return { status: 202, body: { data: z.array(runOutput).parse(runs) } };
  },
});

const logPlace = z.object({ at: z.coerce.date() });

const listIntegrationLogs = defineEndpoint({
  id: "listIntegrationLogs",
  method: "GET",
  path: "/api/integrations/{id}/logs",
  scope: "integrations:read",
  summary: "Calls to the service",
  description: "Newest first, 30 days, secrets and personal data cut out before they were stored.",
  params: idPath,
  query: z.object({
    outcome: z.string().max(40).optional(),
    search: z.string().trim().max(200).optional(),
    before: instantShape.optional(),
    cursor: cursorShape,
    limit: limitShape,
  }),
  body: null,
  responses: page(callOutput),
  failures: [404],
  async handle({ principal: { workspaceId }, path, query: { cursor, before, ...filters } }) {
    await getConnection(workspaceId, path.id);
    const place = readCursor(cursor, logPlace);
    const calls = await listCalls(workspaceId, { ...filters, connectionId: path.id, before: place?.at ?? before });
    const last = calls.length === filters.limit ? calls.at(-1) : undefined;
    return { status: 200, body: { data: calls, nextCursor: writeCursor(last === undefined ? null : { at: last.at }) } };
  },
});

export const integrationEndpoints = [listIntegrations, configureIntegration, syncIntegration, listIntegrationLogs];
