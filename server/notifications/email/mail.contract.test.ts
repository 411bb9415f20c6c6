import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { deliverDue } from "../delivery/deliver-due";
import { sendTest } from "../delivery/send-test";
import { tellNewMessage } from "../notify/tell";
import { saveSmtpInput } from "../schema";
import { getSettings } from "../settings/own-settings";
import { certificate } from "../testing/mail-certificate";
import { MAIL_PASSWORD, MAIL_USER, startMailServer, type TestMailServer } from "../testing/mail-server";
import { actorOf, choose, deliveriesOf, depsOf, join, makeDesk, sessionOf } from "../testing/make-desk";
import { checkTransport } from "../transports/check-transport";
import { listTransports } from "../transports/list-transports";
import { saveSmtp } from "../transports/save-smtp";
import { type MailServer, sendLetter, verifyMailServer } from "./smtp";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(options: Parameters<typeof startMailServer>[0] = {}): Promise<TestMailServer> {
  const server = await startMailServer(options);
  closing.push(() => server.stop());
  return server;
}

const OPEN = { timeoutMs: 1_500, allowedOrigins: ["smtp://127.0.0.1", "smtp://localhost"] };
const at = (server: { readonly port: number }, over: Partial<MailServer> = {}): MailServer => ({
  host: "localhost",
  port: server.port,
  security: "none",
  user: "",
  password: "",
  fromAddress: "desk@karavan.test",
  fromName: "Karavan",
  ...over,
});
const letter = {
  messageId: "m-1",
  to: "olga@shop.test",
  subject: "Hello",
  text: "Text",
  html: "<p>Text</p>",
  settingsUrl: "https://k.test/settings/notifications",
};

describe("a mail server", () => {
  it("takes a letter with its headers", async () => {
    const server = await open();
    await sendLetter(at(server), letter, OPEN);
    expect(server.letters).toMatchObject([{ from: "desk@karavan.test", to: ["olga@shop.test"], user: null, isProtected: false }]);
    const raw = server.letters[0]?.raw ?? "";
    for (const header of [
      "From: Karavan <desk@karavan.test>",
      "Subject: Hello",
      "Message-ID: <m-1@karavan.test>",
      "List-Unsubscribe: <https://k.test/settings/notifications>",
      "Auto-Submitted: auto-generated",
      "multipart/alternative",
    ]) {
      expect(raw).toContain(header);
    }
  });

  it.each([
    ["tls", { secure: true }],
    ["starttls", {}],
  ] as const)("is talked to over %s, with a certificate that is that of its name", async (security, options) => {
    const server = await open(options);
    const login = { security, user: MAIL_USER, password: MAIL_PASSWORD };
    await sendLetter(at(server, login), letter, { ...OPEN, trustedCa: certificate });
    expect(server.letters).toMatchObject([{ isProtected: true, user: MAIL_USER }]);
    await expect(verifyMailServer(at(server, login), OPEN)).rejects.toMatchObject({ code: "notices.smtp_tls", blame: "transport" });
    // "localhost" is not the certificate's only test: an address is no name of it.
    await expect(verifyMailServer(at(server, { ...login, host: "127.0.0.1" }), { ...OPEN, trustedCa: certificate })).rejects.toMatchObject({
      code: "notices.smtp_tls",
    });
  });

  it("without the protection that is demanded gets no password", async () => {
    const server = await open({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    const refused = verifyMailServer(at(server, { security: "starttls", user: MAIL_USER, password: MAIL_PASSWORD }), OPEN);
    await expect(refused).rejects.toMatchObject({ code: "notices.smtp_tls" });
    await expect(verifyMailServer(at(server, { security: "tls" }), OPEN)).rejects.toMatchObject({ code: "notices.smtp_tls" });
  });

  it("refuses a wrong password: the transport's fault, and its words hold no password", async () => {
    const server = await open({ allowInsecureAuth: true });
    const failure = await verifyMailServer(at(server, { user: MAIL_USER, password: "guess-guess" }), OPEN).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "notices.smtp_auth", blame: "transport", retryable: true, remoteText: expect.stringContaining("5.7.8") });
    expect(JSON.stringify(failure)).not.toContain("guess-guess");
  });

  it("says later, never, or not this sender", async () => {
    const server = await open();
    server.onRecipient.push({ responseCode: 451, message: "4.7.1 Greylisted, come back in five minutes" });
    await expect(sendLetter(at(server), letter, OPEN)).rejects.toMatchObject({
      code: "notices.smtp_later",
      retryable: true,
      blame: "none",
      remoteText: expect.stringContaining("Greylisted"),
    });
    server.onRecipient.push({ responseCode: 550, message: "5.1.1 No such user" });
    await expect(sendLetter(at(server), letter, OPEN)).rejects.toMatchObject({ code: "notices.smtp_address_refused", retryable: false, blame: "address" });
    server.onSender.push({ responseCode: 553, message: "5.7.1 Sender not owned" });
    await expect(sendLetter(at(server), letter, OPEN)).rejects.toMatchObject({ code: "notices.smtp_sender_refused", retryable: false, blame: "transport" });
    server.onData.push({ responseCode: 554, message: "5.7.1 Looks like spam" });
    await expect(sendLetter(at(server), letter, OPEN)).rejects.toMatchObject({ code: "notices.smtp_refused", retryable: false, blame: "none" });
    server.onData.push({ responseCode: 452, message: "4.3.1 Mailbox full" });
    await expect(sendLetter(at(server), letter, OPEN)).rejects.toMatchObject({ code: "notices.smtp_later" });
    expect(server.letters).toEqual([]);
  });

  it("that is silent, away or private", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(verifyMailServer(at({ port }), { ...OPEN, timeoutMs: 200 })).rejects.toMatchObject({ code: "notices.smtp_timeout", retryable: true });
    silent.close();
    await expect(verifyMailServer(at({ port: 1 }), OPEN)).rejects.toMatchObject({ code: "notices.smtp_unreachable", retryable: true });
    for (const host of ["127.0.0.1", "169.254.169.254", "[::1]"]) {
      await expect(verifyMailServer(at({ port: 25 }, { host }), { ...OPEN, allowedOrigins: [] })).rejects.toMatchObject({
        code: "notices.smtp_private_address",
        retryable: false,
      });
    }
    const rebound = { ...OPEN, allowedOrigins: [], resolve: async () => [{ address: "10.0.0.5", family: 4 }] };
    await expect(verifyMailServer(at({ port: 25 }, { host: "mail.shop.test" }), rebound)).rejects.toMatchObject({ code: "notices.smtp_private_address" });
    const unknown = { ...OPEN, allowedOrigins: [], resolve: async () => [] };
    await expect(verifyMailServer(at({ port: 25 }, { host: "nowhere.test" }), unknown)).rejects.toMatchObject({ code: "notices.smtp_unreachable" });
  });
});

async function stage() {
  const server = await open({ allowInsecureAuth: true });
  const desk = await makeDesk();
  const deps = depsOf(desk);
  const member = await join(desk, "owner");
  const admin = await sessionOf(desk, member);
  const input = saveSmtpInput.parse({
    host: "localhost",
    port: server.port,
    security: "none",
    user: MAIL_USER,
    password: MAIL_PASSWORD,
    fromAddress: "Desk@Karavan.test",
  });
  await saveSmtp(desk.workspaceId, actorOf(admin), input, deps);
  await choose(desk, admin.userId, { matrix: { new_message: { email: true } } });
  await db.conversation.update({ where: { id: desk.conversationId }, data: { buyerName: "Ivan <P.>\nBcc: x" } });
  const to = { workspaceId: desk.workspaceId, userId: admin.userId, channel: "email" as const };
  let keys = 0;
  const tell = () => tellNewMessage({ workspaceId: desk.workspaceId, conversationId: desk.conversationId, count: 1, key: `m${keys++}` }, desk.clock);
  return { server, desk, deps, admin, input, to, tell, mail: member.email };
}

describe("the workspace's mail server", () => {
  it("is stored once it lets us in; its password stays sealed and goes nowhere else", async () => {
    const { server, desk, deps, admin, input } = await stage();
    expect((await listTransports(desk.workspaceId)).smtp).toMatchObject({
      host: "localhost",
      port: server.port,
      user: MAIL_USER,
      hasPassword: true,
      fromAddress: "desk@karavan.test",
      errorCode: null,
    });
    const rows = await db.noticeTransport.findMany({ where: { workspaceId: desk.workspaceId } });
    expect(JSON.stringify(rows.map(({ sealed, ...row }) => ({ ...row, sealed: Buffer.from(sealed).toString("utf8") })))).not.toContain(MAIL_PASSWORD);
    const { password: _password, ...rest } = input;
    await saveSmtp(desk.workspaceId, actorOf(admin), { ...rest, fromName: "Shop" }, deps);
    expect((await listTransports(desk.workspaceId)).smtp).toMatchObject({ fromName: "Shop", hasPassword: true });
    const elsewhere = await open({ allowInsecureAuth: true });
    await expect(saveSmtp(desk.workspaceId, actorOf(admin), { ...rest, port: elsewhere.port }, deps)).rejects.toMatchObject({
      code: "notices.smtp_password_needed",
    });
    await expect(saveSmtp(desk.workspaceId, actorOf(admin), { ...input, password: "wrong" }, deps)).rejects.toMatchObject({ code: "notices.smtp_auth" });
    expect(await checkTransport(desk.workspaceId, "smtp", deps)).toEqual({ ok: true, errorCode: null, errorText: null });
    await server.stop();
    expect(await checkTransport(desk.workspaceId, "smtp", deps)).toMatchObject({ ok: false, errorCode: "notices.smtp_unreachable" });
  });
});

describe("a letter", () => {
  it("carries the notice as text and escaped HTML; a buyer's name adds no header", async () => {
    const { server, desk, deps, to, tell, mail } = await stage();
    await tell();
    desk.clock.pass(20_000);
    expect(await deliverDue(to, deps)).toEqual({ kind: "moved" });
    expect(server.letters).toMatchObject([{ to: [mail], user: MAIL_USER }]);
    const [taken] = server.letters;
    const [head = "", body = ""] = (taken?.readable ?? "").split(/\r\n\r\n(.*)/s);
    expect(head).toMatch(/Subject: New message: Ivan <P\.> Bcc: x/);
    expect(head).not.toMatch(/^Bcc:/m);
    expect(body).toContain(`http://127.0.0.1:3000/inbox/${desk.conversationId}`);
    expect(body).toContain("<strong>New message: Ivan &lt;P.&gt;");
    expect(body).toContain("Где заказ &amp; чек?");
    expect(await deliveriesOf(desk)).toMatchObject([{ channel: "email", form: "single", status: "sent", attempts: 1 }]);
  });

  it("is tried again after greylisting, with the same message id", async () => {
    const { server, desk, deps, to, tell } = await stage();
    await tell();
    desk.clock.pass(20_000);
    server.onData.push({ responseCode: 451, message: "4.7.1 Greylisted" });
    await deliverDue(to, deps);
    const [row] = await deliveriesOf(desk);
    expect(row).toMatchObject({ status: "waiting", attempts: 1, errorCode: "notices.smtp_later", errorText: expect.stringContaining("Greylisted") });
    expect(await deliverDue(to, deps)).toMatchObject({ kind: "later" });
    desk.clock.pass(30_000);
    await deliverDue(to, deps);
    expect(await deliveriesOf(desk)).toMatchObject([{ status: "sent", attempts: 2, errorCode: null }]);
    expect(server.letters[0]?.raw).toContain(`Message-ID: <${row?.id}@karavan.test>`);
  });

  it("to an address that is refused marks it until it works again or the person has another", async () => {
    const { server, desk, deps, admin, to, tell, mail } = await stage();
    await tell();
    desk.clock.pass(20_000);
    server.onRecipient.push({ responseCode: 550, message: "5.1.1 No such user" });
    await deliverDue(to, deps);
    expect(await deliveriesOf(desk)).toMatchObject([{ status: "failed", errorCode: "notices.smtp_address_refused" }]);
    expect((await getSettings(admin, desk.clock)).email).toEqual({ state: "broken", label: mail, brokenCode: "notices.smtp_address_refused" });
    desk.clock.pass(61_000);
    await tell();
    expect(await deliveriesOf(desk)).toHaveLength(1);
    expect((await getSettings({ ...admin, user: { ...admin.user, email: "new@shop.test" } }, desk.clock)).email.state).toBe("ready");
    expect(await sendTest(admin, "email", deps)).toEqual({ ok: true, sentTo: mail, errorCode: null, errorText: null });
    expect((await getSettings(admin, desk.clock)).email.state).toBe("ready");
  });

  it("of the digest gathers everything of its hour, and what fails is tried again as one", async () => {
    const { server, desk, deps, admin, to, tell } = await stage();
    await choose(desk, admin.userId, { emailDigest: { mode: "hourly" }, matrix: { new_message: { email: true } } });
    for (let turn = 0; turn < 4; turn += 1) {
      await tell();
      desk.clock.pass(61_000);
    }
    expect(await deliverDue(to, deps)).toEqual({ kind: "later", at: "2026-11-02T13:00:00.000Z" });
    desk.clock.set("2026-11-02T13:00:00Z");
    server.onData.push({ responseCode: 421, message: "4.3.2 Shutting down" });
    await deliverDue(to, deps);
    desk.clock.pass(30_000);
    await deliverDue(to, deps);
    expect(server.letters).toHaveLength(1);
    const { name } = await db.workspace.findUniqueOrThrow({ where: { id: desk.workspaceId } });
    expect(server.letters[0]?.raw.replace(/\r\n /g, " ")).toMatch(/Subject: .*(?:Digest|=\?UTF-8)/);
    expect(server.letters[0]?.readable.match(/<strong>New message/g)).toHaveLength(4);
    expect(server.letters[0]?.readable).toContain(name);
    expect((await deliveriesOf(desk)).map(({ form, status, attempts }) => [form, status, attempts])).toEqual(
      Array.from({ length: 4 }, () => ["digest", "sent", 2]),
    );
  });

  it("sample: a failure is told in words and logged, nothing is tried again", async () => {
    const { server, desk, deps, admin, to } = await stage();
    server.onRecipient.push({ responseCode: 451, message: "4.7.1 Later" });
    expect(await sendTest(admin, "email", deps)).toMatchObject({
      ok: false,
      errorCode: "notices.smtp_later",
      errorText: expect.stringContaining("4.7.1 Later"),
    });
    expect(await deliverDue(to, deps)).toEqual({ kind: "idle" });
    expect(await deliveriesOf(desk)).toMatchObject([{ form: "test", status: "failed", notBefore: null }]);
  });
});
