import { randomUUID } from "node:crypto";
import { createConnection, syncNow } from "@/server/integrations/index";
import type { RunView } from "@/server/integrations/schema";
import type { Clock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { runNextPage } from "../index";
import type { PageOutcome } from "../run-next-page";
import { type FakeSource, sourceOf } from "./fake-connector";

export const ACTOR = { kind: "system" } as const;

/** A clock a test turns by hand. */
export class TestClock implements Clock {
  constructor(private at = new Date("2026-11-20T10:00:00Z")) {}
  now(): Date {
    return new Date(this.at);
  }
  set(at: string | Date): void {
    this.at = new Date(at);
  }
  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export interface Fixture {
  readonly workspaceId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly account: string;
  readonly source: FakeSource;
  readonly clock: TestClock;
}

export async function makeFixture(): Promise<Fixture> {
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  const account = `acc-${randomUUID()}`;
  const clock = new TestClock();
  const source = sourceOf(account);
  source.facts = { ...source.facts, accountRef: account };
  const connectionId = await createConnection(
    workspaceId,
    { connectorId: "fake", organizationId, name: "Shop", credentials: { account, secret: "s3cret-value-7788" }, isActive: true, autoSync: true, streams: [] },
    ACTOR,
    clock,
  );
  return { workspaceId, organizationId, connectionId, account, source, clock };
}

export type Stream = RunView["stream"];

export async function startRun(fixture: Fixture, stream: Stream, window?: { from: Date; to: Date }) {
  const [run] = await syncNow(fixture.workspaceId, { id: fixture.connectionId, streams: [stream], window }, ACTOR, { clock: fixture.clock, random: () => 0 });
  if (run === undefined) throw new Error("no run");
  return { workspaceId: fixture.workspaceId, runId: run.id, connectionId: fixture.connectionId, stream };
}

/** Carries a run to its end the way the durable function does; waits pass on the test's clock. */
export async function finish(fixture: Fixture, ref: Awaited<ReturnType<typeof startRun>>): Promise<PageOutcome> {
  for (let turn = 0; turn < 200; turn += 1) {
    const outcome = await runNextPage(ref, { clock: fixture.clock });
    if (outcome.done) return outcome;
    fixture.clock.advance(outcome.waitMs);
  }
  throw new Error("the run does not end");
}

export async function sync(fixture: Fixture, stream: Stream, window?: { from: Date; to: Date }) {
  const ref = await startRun(fixture, stream, window);
  await finish(fixture, ref);
  return runOf(ref.runId);
}

export async function runOf(id: string) {
  return db.syncRun.findUniqueOrThrow({ where: { id } });
}

export async function storedMessages(fixture: Fixture): Promise<string[]> {
  const rows = await db.message.findMany({ where: { connectionId: fixture.connectionId }, select: { externalId: true } });
  return rows.map((row) => row.externalId ?? "").sort();
}
