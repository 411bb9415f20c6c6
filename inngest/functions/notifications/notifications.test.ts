import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deliverDue, pollTelegram, purgeNotices, tellConnection, tellDeadline, tellNewMessage } from "@/server/notifications/index";
import { deliverNoticesFunction } from "./deliver-notices";
import { pollTelegramFunction } from "./poll-telegram";
import { purgeNoticesFunction } from "./purge-notices";
import { tellConnectionFunction } from "./tell-connection";
import { tellDeadlineBreachedFunction, tellDeadlineNearFunction } from "./tell-deadline";
import { tellNewMessageFunction } from "./tell-new-message";

vi.mock("@/server/notifications/index", () => ({
  deliverDue: vi.fn(),
  pollTelegram: vi.fn(),
  purgeNotices: vi.fn(),
  tellConnection: vi.fn(),
  tellDeadline: vi.fn(),
  tellNewMessage: vi.fn(),
}));

const workspaceId = "0198c0de-0000-7000-8000-000000000001";
const userId = "0198c0de-0000-7000-8000-000000000002";
const conversationId = "0198c0de-0000-7000-8000-000000000003";
const connectionId = "0198c0de-0000-7000-8000-000000000004";
const skip = (...ids: string[]) => ids.map((id) => ({ id, handler: () => null }));

beforeEach(() => {
  vi.resetAllMocks();
});

describe("deliver-notices", () => {
  const data = { workspaceId, userId, channel: "telegram" as const, target: `${userId}:telegram`, notBefore: "2026-11-02T12:00:00.000Z" };
  const run = (steps: ReturnType<typeof skip>) =>
    new InngestTestEngine({ function: deliverNoticesFunction, events: [{ name: "notifications/delivery.queued", data }], steps }).execute();

  it("carries until nothing waits, a second apart", async () => {
    vi.mocked(deliverDue).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValue({ kind: "idle" });
    const { result } = await run(skip("until-due", "pace-0", "pace-1"));
    expect(result).toEqual({ carried: 2 });
    expect(deliverDue).toHaveBeenCalledWith({ workspaceId, userId, channel: "telegram" });
  });

  it("waits for what is due soon and leaves the rest to the sweep", async () => {
    const soon = new Date(Date.now() + 20_000).toISOString();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    vi.mocked(deliverDue)
      .mockResolvedValueOnce({ kind: "later", at: soon })
      .mockResolvedValueOnce({ kind: "moved" })
      .mockResolvedValue({ kind: "later", at: tomorrow });
    const { result } = await run(skip("until-due", "wait-0", "pace-1"));
    expect(result).toEqual({ carried: 1 });
    expect(deliverDue).toHaveBeenCalledTimes(3);
  });
});

describe("poll-telegram", () => {
  const run = (until: string) =>
    new InngestTestEngine({
      function: pollTelegramFunction,
      events: [{ name: "notifications/telegram.poll-requested", data: { workspaceId, until } }],
      steps: skip("breath-0", "breath-1"),
    }).execute();

  it("asks once when nobody waits", async () => {
    vi.mocked(pollTelegram).mockResolvedValue({ received: 2, pending: 0 });
    expect((await run(new Date(Date.now() - 1_000).toISOString())).result).toEqual({ received: 2 });
    expect(pollTelegram).toHaveBeenCalledExactlyOnceWith(workspaceId, 0);
  });

  it("listens while a link waits, and stops with it", async () => {
    vi.mocked(pollTelegram).mockResolvedValueOnce({ received: 0, pending: 1 }).mockResolvedValueOnce({ received: 1, pending: 0 });
    expect((await run(new Date(Date.now() + 600_000).toISOString())).result).toEqual({ received: 1 });
    expect(pollTelegram).toHaveBeenCalledTimes(2);
    expect(pollTelegram).toHaveBeenLastCalledWith(workspaceId, 10);
  });
});

describe("what happened elsewhere", () => {
  it("a new message is told with a key of its run, the same on every try", async () => {
    vi.mocked(tellNewMessage).mockResolvedValue({ told: 1 });
    await new InngestTestEngine({
      function: tellNewMessageFunction,
      events: [{ name: "inbox/message.received", data: { workspaceId, conversationId, count: 2 } }],
    }).execute();
    expect(tellNewMessage).toHaveBeenCalledWith({ workspaceId, conversationId, count: 2, key: expect.stringMatching(/.+/) });
  });

  it("a deadline is told to the assignee before and to whom the policy names after", async () => {
    vi.mocked(tellDeadline).mockResolvedValue({ told: 1 });
    const data = { workspaceId, conversationId, deadlineId: connectionId, metric: "first_reply" as const, dueAt: "2026-11-02T12:00:00.000Z", policyId: null };
    await new InngestTestEngine({ function: tellDeadlineNearFunction, events: [{ name: "deadlines/deadline.warned", data }] }).execute();
    expect(tellDeadline).toHaveBeenLastCalledWith(expect.objectContaining({ kind: "deadline_near", targets: ["assignee"] }));
    const breached = { ...data, notify: ["team" as const, "admins" as const] };
    await new InngestTestEngine({ function: tellDeadlineBreachedFunction, events: [{ name: "deadlines/deadline.breached", data: breached }] }).execute();
    expect(tellDeadline).toHaveBeenLastCalledWith(expect.objectContaining({ kind: "deadline_breached", targets: ["team", "admins"] }));
  });

  it("an alert of a connection is handed on as it is", async () => {
    vi.mocked(tellConnection).mockResolvedValue({ told: 1 });
    const data = { workspaceId, connectionId, alertId: userId, code: "auth_failed", stage: 2, resolved: false };
    const engine = new InngestTestEngine({ function: tellConnectionFunction, events: [{ name: "integrations/connection.alert-changed", data }] });
    expect((await engine.execute()).result).toEqual({ told: 1 });
    expect(tellConnection).toHaveBeenCalledWith(data);
  });
});

describe("purge-notices", () => {
  it("deletes batch after batch until nothing old is left", async () => {
    vi.mocked(purgeNotices).mockResolvedValueOnce({ deleted: 5, done: false }).mockResolvedValueOnce({ deleted: 0, done: true });
    expect(
      (await new InngestTestEngine({ function: purgeNoticesFunction, events: [{ name: "inngest/scheduled.timer", data: { cron: "" } }] }).execute()).result,
    ).toEqual({ deleted: 5 });
  });
});
