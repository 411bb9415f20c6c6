import type { Pool } from "pg";
import { eventIdFactory } from "./event-ids";
import { Gather } from "./gather";
import { checkpointSchema, incomingEventsSchema } from "./protocol";
import { type Checkpoint, checkpointMany, checkpointOne } from "./store/checkpoint";
import { insertEvents } from "./store/events";
import { isTransient, persist } from "./store/transaction";

/**
 * The Inngest server's side of the SDK's own calls, answered in this process: the client's `fetch`. Nothing is dialled,
 * whatever base URL the SDK believes in. Events are accepted even when no worker runs.
 */
export function createFetchHook(pool: Pool): typeof fetch {
  const checkpoints = new Gather((group: readonly Checkpoint[]) => checkpointMany(pool, group));
  return async (input, init) => {
    const { pathname } = input instanceof URL ? input : new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? (input instanceof Request ? input.method : "GET");
    if (method === "POST" && pathname.startsWith("/e/")) return acceptEvents(pool, await readBody(input, init), new Headers(init?.headers));
    if (method === "POST" && /^\/v1\/checkpoint\/[^/]+\/async$/.test(pathname))
      return acceptCheckpoint(pool, checkpoints, await readBody(input, init), pathname.split("/")[3] ?? "");
    return json(501, { error: `The embedded engine has no ${method} ${pathname}. Set ENGINE=inngest to use it.` });
  };
}

/** The SDK hands over text; building a Request around it would only cost time on every step. */
async function readBody(input: string | URL | Request, init: RequestInit | undefined): Promise<unknown> {
  return typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : new Request(input, init).json();
}

/** The SDK looks at the status of a checkpoint's answer only. Without a body there is nothing in it that could be used up. */
const ACCEPTED = new Response(null, { status: 200 });

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

async function acceptEvents(pool: Pool, body: unknown, headers: Headers): Promise<Response> {
  const parsed = incomingEventsSchema.safeParse(body);
  if (!parsed.success) return json(400, { error: parsed.error.issues[0]?.message ?? "Invalid events", status: 400 });
  const idAt = eventIdFactory(headers.get("x-inngest-event-id-seed"));
  const events = parsed.data.map((event, index) => ({
    id: idAt(index),
    extId: event.id === null || event.id === "" ? undefined : event.id,
    name: event.name,
    data: event.data ?? {},
    version: event.v ?? undefined,
    ts: event.ts ?? undefined,
  }));
  await persist(() => insertEvents(pool, events), 15_000);
  return json(200, { ids: events.map((event) => event.id), status: 200 });
}

/**
 * Stores one finished step while its call goes on. A stale call gets 409, so that the SDK stops; a failing database is
 * waited for here, because the SDK would answer any other status with two seconds of repetition per step.
 */
async function acceptCheckpoint(pool: Pool, gathered: Gather<Checkpoint, true>, posted: unknown, runId: string): Promise<Response> {
  const body = checkpointSchema.parse(posted);
  const checkpoint = { runId: decodeURIComponent(runId), itemId: body.qi_id, generation: body.generation_id ?? 0, operations: body.steps };
  try {
    const current = await persist(async () => (await gathered.ask(checkpoint)) ?? (await checkpointOne(pool, checkpoint)), 60_000);
    return current ? ACCEPTED : json(409, { error: "stale dispatch" });
  } catch (error) {
    if (isTransient(error)) return json(409, { error: "the database is away" });
    throw error;
  }
}
