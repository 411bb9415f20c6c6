import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { sendTest } from "../delivery/send-test";
import type { NoticeDeps } from "../deps";
import { getSettings } from "../settings/own-settings";
import { actorOf, deliveriesOf, eventsOf } from "../testing/make-desk";
import { MEHMET, OLGA, reachOf, type Stage, TelegramStages } from "../testing/telegram-stage";
import { checkTransport } from "../transports/check-transport";
import { listTransports } from "../transports/list-transports";
import { removeTransport, setTransportActive } from "../transports/manage-transport";
import { saveTelegram } from "../transports/save-telegram";
import { startTelegramLink, unlinkTelegram } from "./link";
import { planTelegramPolls, pollTelegram } from "./poll-updates";
import { receiveTelegramWebhook, SECRET_HEADER } from "./receive-webhook";

const stages = await TelegramStages.open();
const { telegram } = stages;
const servers: Server[] = [];

beforeEach(() => stages.reset());
afterAll(() => stages.sandbox.stop());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe("the bot", () => {
  it("is asked who it is before it is stored; its token never shows again", async () => {
    const { token, desk, admin, deps } = await stages.connected("polling");
    const view = await listTransports(desk.workspaceId);
    expect(view.telegram).toMatchObject({
      botUsername: `bot_${token.split(":")[0]}_bot`,
      mode: "polling",
      tokenHint: `…${token.slice(-4)}`,
      isActive: true,
      errorCode: null,
    });
    expect(JSON.stringify(await db.noticeTransport.findMany({ where: { workspaceId: desk.workspaceId } }))).not.toContain(token);
    await expect(saveTelegram(desk.workspaceId, actorOf(admin), { token: `7000000009:${"x".repeat(35)}`, mode: "auto" }, deps)).rejects.toMatchObject({
      code: "notices.telegram_unauthorized",
      remoteText: "Unauthorized",
    });
    expect(await listTransports(desk.workspaceId)).toEqual(view);
  });

  it("a token that dies later shows with the transport and comes back with a check", async () => {
    const { desk, deps } = await stages.connected("polling");
    await telegram.fail({ kind: "error-before", status: 401, match: "getUpdates" });
    await pollTelegram(desk.workspaceId, 0, deps);
    expect((await listTransports(desk.workspaceId)).telegram?.errorCode).toBe("notices.telegram_unauthorized");
    expect(await checkTransport(desk.workspaceId, "telegram", deps)).toEqual({ ok: true, errorCode: null, errorText: null });
    expect((await listTransports(desk.workspaceId)).telegram?.errorCode).toBeNull();
    await telegram.revokeToken({ token: stages.withBot().token });
    expect(await checkTransport(desk.workspaceId, "telegram", deps)).toMatchObject({ ok: false, errorCode: "notices.telegram_unauthorized" });
  });

  it("another one ends the links of the old one; taking it away ends everything", async () => {
    const stage = await stages.linked();
    const { token, desk, admin, deps } = stage;
    await saveTelegram(desk.workspaceId, actorOf(admin), { token, mode: "polling" }, deps);
    expect(await reachOf(stage)).toMatchObject({ state: "ready" });
    await saveTelegram(desk.workspaceId, actorOf(admin), { token: await stages.makeBot(), mode: "polling" }, deps);
    expect(await reachOf(stage)).toMatchObject({ state: "unlinked" });
    await removeTransport(desk.workspaceId, actorOf(admin), "telegram", deps);
    expect(await reachOf(stage)).toMatchObject({ state: "no_transport" });
    await expect(startTelegramLink(admin, desk.clock)).rejects.toMatchObject({ code: "notices.no_transport" });
    await expect(removeTransport(desk.workspaceId, actorOf(admin), "telegram", deps)).rejects.toMatchObject({ code: "notices.no_transport" });
  });
});

describe("one bot", () => {
  it("serves one workspace: two listeners would take each other's updates away", async () => {
    const [first, second] = [await stages.connected("polling"), await stages.connected("polling")];
    const taken = saveTelegram(second.desk.workspaceId, actorOf(second.admin), { token: first.token, mode: "polling" }, second.deps);
    await expect(taken).rejects.toMatchObject({ code: "notices.telegram_bot_taken", status: 409 });
    await removeTransport(first.desk.workspaceId, actorOf(first.admin), "telegram", first.deps);
    await saveTelegram(second.desk.workspaceId, actorOf(second.admin), { token: first.token, mode: "polling" }, second.deps);
  });
});

describe("linking by polling", () => {
  it("ties the chat in which Start is pressed to the person, once, and says so in their language", async () => {
    const stage = await stages.connected("polling");
    await db.user.update({ where: { id: stage.admin.userId }, data: { locale: "ru" } });
    expect(await reachOf(stage)).toMatchObject({ state: "unlinked" });
    const { url } = await startTelegramLink(stage.admin, stage.desk.clock);
    expect(await reachOf(stage)).toMatchObject({ state: "pending" });
    expect(await eventsOf(stage.desk, "notifications/telegram.poll-requested")).toHaveLength(1);
    expect(await pollTelegram(stage.desk.workspaceId, 0, stage.deps)).toEqual({ received: 0, pending: 1 });
    await telegram.openLink({ personId: OLGA, url });
    expect(await pollTelegram(stage.desk.workspaceId, 0, stage.deps)).toEqual({ received: 1, pending: 0 });
    expect(await reachOf(stage)).toMatchObject({ state: "ready", label: "@olga_sells" });
    expect(await stages.texts()).toEqual([expect.stringMatching(/^Готово: уведомления/)]);
    // Somebody else with the same link gets nothing, in the language of their Telegram.
    await telegram.openLink({ personId: MEHMET, url });
    await pollTelegram(stage.desk.workspaceId, 0, stage.deps);
    expect(await stages.texts(MEHMET)).toEqual([expect.stringMatching(/^Bu bağlantı kullanılmış/)]);
    expect((await db.noticeAddress.findMany({ where: { workspaceId: stage.desk.workspaceId } })).map((row) => row.address)).toEqual([String(OLGA)]);
    // Every update was confirmed: nothing comes twice.
    expect(await pollTelegram(stage.desk.workspaceId, 0, stage.deps)).toEqual({ received: 0, pending: 0 });
  });

  it("a link dies after fifteen minutes, and when a newer one is made", async () => {
    const stage = await stages.connected("polling");
    const first = await startTelegramLink(stage.admin, stage.desk.clock);
    const second = await startTelegramLink(stage.admin, stage.desk.clock);
    await telegram.openLink({ personId: OLGA, url: first.url });
    await pollTelegram(stage.desk.workspaceId, 0, stage.deps);
    expect(await reachOf(stage)).toMatchObject({ state: "pending" });
    stage.desk.clock.pass(15 * 60_000);
    await telegram.openLink({ personId: OLGA, url: second.url });
    await pollTelegram(stage.desk.workspaceId, 0, stage.deps);
    expect(await reachOf(stage)).toMatchObject({ state: "unlinked" });
  });

  it("another workspace's bot cannot use the link up", async () => {
    const [mine, theirs] = [await stages.connected("polling"), await stages.connected("polling")];
    const { url } = await startTelegramLink(mine.admin, mine.desk.clock);
    const elsewhere = `https://t.me/bot_${theirs.token.split(":")[0]}_bot${new URL(url).search}`;
    await telegram.openLink({ personId: OLGA, url: elsewhere });
    expect(await pollTelegram(theirs.desk.workspaceId, 0, theirs.deps)).toMatchObject({ received: 1 });
    expect(await reachOf(theirs)).toMatchObject({ state: "unlinked" });
    expect(await reachOf(mine)).toMatchObject({ state: "pending" });
  });

  it("hears of it while it waits on the line", async () => {
    const stage = await stages.connected("polling");
    const { url } = await startTelegramLink(stage.admin, stage.desk.clock);
    const polling = pollTelegram(stage.desk.workspaceId, 10, stage.deps);
    await expect.poll(() => telegram.isListening({ token: stages.withBot().token }), { interval: 20 }).toBe(true);
    await telegram.openLink({ personId: OLGA, url });
    expect(await polling).toEqual({ received: 1, pending: 0 });
  });

  it("plans a poll for bots that Telegram cannot call", async () => {
    const stage = await stages.connected("polling");
    await planTelegramPolls(stage.deps);
    expect(await eventsOf(stage.desk, "notifications/telegram.poll-requested")).toHaveLength(1);
    await setTransportActive(stage.desk.workspaceId, actorOf(stage.admin), { kind: "telegram", isActive: false });
    await planTelegramPolls(stage.deps);
    expect(await eventsOf(stage.desk, "notifications/telegram.poll-requested")).toHaveLength(1);
  });

  it("samples are few a minute", async () => {
    const stage = await stages.connected("polling");
    const ask = () => sendTest(stage.admin, "browser", stage.deps);
    for (let turn = 0; turn < 10; turn += 1) expect(await ask()).toMatchObject({ ok: true });
    await expect(ask()).rejects.toMatchObject({ code: "notices.too_often", status: 429 });
  });

  it("unlinked is unlinked", async () => {
    const stage = await stages.linked();
    await unlinkTelegram(stage.admin);
    await stages.queuedNotice(stage);
    expect(await deliveriesOf(stage.desk)).toEqual([]);
    expect(await sendTest(stage.admin, "telegram", stage.deps)).toMatchObject({ ok: false, errorCode: "notices.not_linked" });
  });
});

describe("by webhook", () => {
  /** What app/api/notifications/telegram/[token]/route.ts does, on a plain server. */
  async function listen(deps: () => NoticeDeps): Promise<{ url: string; statuses: number[] }> {
    const statuses: number[] = [];
    const server = createServer(async (request, response) => {
      const secret = request.headers[SECRET_HEADER];
      const token = request.url?.split("/").at(-1) ?? "";
      const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
      const status = await receiveTelegramWebhook({ token, secret: typeof secret === "string" ? secret : null, body }, deps());
      statuses.push(status);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, statuses };
  }

  const bodyOf = (text: string) => new Blob([text]).stream();

  it("needs the secret address and the secret header; links and hears of a block at once", async () => {
    await telegram.setLocalServer({ isLocal: true });
    let stage: Stage | undefined;
    const { url, statuses } = await listen(() => {
      if (stage === undefined) throw new Error("no stage yet");
      return stage.deps;
    });
    stage = await stages.connected("webhook", { publicUrl: url });
    const { desk, deps, admin } = stage;
    const webhook = await telegram.webhook({ token: stage.token });
    const token = webhook?.url.split("/").at(-1) ?? "";
    expect(webhook).toMatchObject({ url: `${url}/api/notifications/telegram/${token}`, secretToken: expect.stringMatching(/^[\w-]{43}$/) });
    const { url: link } = await startTelegramLink(admin, desk.clock);
    expect(await eventsOf(desk, "notifications/telegram.poll-requested")).toEqual([]);
    await telegram.openLink({ personId: OLGA, url: link });
    await expect.poll(async () => (await getSettings(admin, desk.clock)).telegram.state).toBe("ready");
    await telegram.block(stages.withBot());
    await expect.poll(async () => (await getSettings(admin, desk.clock)).telegram.brokenCode).toBe("notices.telegram_blocked");
    await telegram.unblock(stages.withBot());
    await expect.poll(async () => (await getSettings(admin, desk.clock)).telegram.state).toBe("ready");
    expect(new Set(statuses)).toEqual(new Set([200]));
    const secret = webhook?.secretToken ?? "";
    const update = JSON.stringify({ update_id: 1 });
    expect(await receiveTelegramWebhook({ token, secret: null, body: bodyOf(update) }, deps)).toBe(401);
    expect(await receiveTelegramWebhook({ token, secret: `${secret}x`, body: bodyOf(update) }, deps)).toBe(401);
    expect(await receiveTelegramWebhook({ token: "x".repeat(43), secret, body: bodyOf(update) }, deps)).toBe(404);
    expect(await receiveTelegramWebhook({ token: "../..", secret, body: bodyOf(update) }, deps)).toBe(404);
    expect(await receiveTelegramWebhook({ token, secret, body: bodyOf("x".repeat(262_145)) }, deps)).toBe(413);
    expect(await receiveTelegramWebhook({ token, secret, body: bodyOf("{oops") }, deps)).toBe(200);
    await saveTelegram(desk.workspaceId, actorOf(admin), { token: stage.token, mode: "polling" }, deps);
    expect(await telegram.webhook({ token: stage.token })).toBeNull();
    expect(await receiveTelegramWebhook({ token, secret, body: bodyOf(update) }, deps)).toBe(404);
  });

  it("a check tells when Telegram's calls do not arrive, or go to somebody else", async () => {
    await telegram.setLocalServer({ isLocal: true });
    const stage = await stages.connected("webhook", { publicUrl: "http://127.0.0.1:9" });
    stage.desk.clock.set(new Date().toISOString());
    const check = () => checkTransport(stage.desk.workspaceId, "telegram", stage.deps);
    expect(await check()).toMatchObject({ ok: true });
    const { url } = await startTelegramLink(stage.admin, stage.desk.clock);
    await telegram.openLink({ personId: OLGA, url });
    await expect.poll(check).toMatchObject({ ok: false, errorCode: "notices.telegram_webhook_failing", errorText: expect.stringContaining("ECONNREFUSED") });
    await fetch(`${stages.sandbox.baseUrl("telegram")}/bot${stage.token}/setWebhook?url=http://127.0.0.1:9/elsewhere`);
    expect(await check()).toMatchObject({ ok: false, errorCode: "notices.telegram_conflict" });
  });

  it("an address Telegram would not call is refused with its words", async () => {
    const stage = await stages.connected("polling");
    const refused = saveTelegram(stage.desk.workspaceId, actorOf(stage.admin), { token: stage.token, mode: "webhook" }, stage.deps);
    await expect(refused).rejects.toMatchObject({
      code: "notices.telegram_refused",
      remoteText: "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    });
    expect((await listTransports(stage.desk.workspaceId)).telegram).toMatchObject({ mode: "polling" });
  });
});
