import { randomUUID } from "node:crypto";
import { parseOptions } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { verifyPassword } from "../password";
import { parseSignInError } from "../schema";
import { makeMember, makeWorkspace, TEST_PASSWORD } from "../testing/make-workspace";
import { signIn } from "./sign-in";

const origin = (ip: string) => ({ ip, userAgent: "test" });
/** Addresses no other test uses. */
let subnet = 0;
const freshAddress = () => `2001:db8:${(process.pid % 0xffff).toString(16)}:${(++subnet).toString(16)}::1`;

async function makeAccount() {
  const { workspaceId } = await makeWorkspace();
  return { workspaceId, ...(await makeMember(workspaceId, "operator")) };
}

describe("sign-in", () => {
  it("opens a session in the member's workspace", async () => {
    const { email, userId, workspaceId } = await makeAccount();
    const { sessionId } = await signIn({ email: ` ${email.toUpperCase()} `, password: TEST_PASSWORD }, origin(freshAddress()));
    expect(await db.userSession.findUnique({ where: { id: sessionId } })).toMatchObject({ userId, workspaceId, endedAt: null });
  });

  it("answers a wrong password and an unknown address alike, and checks a hash of the same cost for both", async () => {
    const { email } = await makeAccount();
    const checked: string[] = [];
    const verify = (hash: string, password: string) => {
      checked.push(hash);
      return verifyPassword(hash, password);
    };
    for (const tried of [email, `${randomUUID()}@example.test`]) {
      await expect(signIn({ email: tried, password: "wrong wrong wrong" }, origin(freshAddress()), { verify })).rejects.toMatchObject({
        code: "auth.invalid_credentials",
      });
    }
    const [known, dummy] = checked.map((hash) => parseOptions(hash));
    expect(checked).toHaveLength(2);
    expect(dummy).toEqual(known);
    expect(known).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it("tells a disabled member only after the right password", async () => {
    const { email, memberId } = await makeAccount();
    await db.membership.update({ where: { id: memberId }, data: { disabledAt: new Date() } });
    const address = freshAddress();
    await expect(signIn({ email, password: "wrong wrong wrong" }, origin(address))).rejects.toMatchObject({ code: "auth.invalid_credentials" });
    await expect(signIn({ email, password: TEST_PASSWORD }, origin(address))).rejects.toMatchObject({ code: "auth.no_workspace" });
  });

  it("enters the workspace asked for, and no other", async () => {
    const { email, userId } = await makeAccount();
    const second = await makeWorkspace();
    const strange = await makeWorkspace();
    await db.membership.create({ data: { id: randomUUID(), userId, workspaceId: second.workspaceId, role: "admin" } });
    const { sessionId } = await signIn({ email, password: TEST_PASSWORD, workspaceId: second.workspaceId }, origin(freshAddress()));
    expect(await db.userSession.findUnique({ where: { id: sessionId } })).toMatchObject({ workspaceId: second.workspaceId });
    await expect(signIn({ email, password: TEST_PASSWORD, workspaceId: strange.workspaceId }, origin(freshAddress()))).rejects.toMatchObject({
      code: "auth.no_workspace",
    });
  });

  it("records success and failure for the workspace", async () => {
    const { email, workspaceId } = await makeAccount();
    const address = freshAddress();
    await expect(signIn({ email, password: "wrong wrong wrong" }, origin(address))).rejects.toThrow();
    await signIn({ email, password: TEST_PASSWORD }, origin(address));
    const entries = await db.auditEntry.findMany({ where: { workspaceId }, orderBy: { id: "asc" }, select: { action: true, ip: true } });
    expect(entries).toEqual([
      { action: "session.sign_in_failed", ip: address },
      { action: "session.started", ip: address },
    ]);
  });
});

describe("throttling", () => {
  const wrong = (email: string, address: string) =>
    signIn({ email, password: "wrong wrong wrong" }, origin(address)).then(
      () => "in",
      (error: { code: string }) => error.code,
    );

  it("shuts an address out of an account after five tries, whether the account exists or not", async () => {
    const { email } = await makeAccount();
    for (const tried of [email, `${randomUUID()}@example.test`]) {
      const address = freshAddress();
      const answers: string[] = [];
      for (let i = 0; i < 7; i += 1) answers.push(await wrong(tried, address));
      expect(answers).toEqual([...Array<string>(5).fill("auth.invalid_credentials"), "auth.throttled", "auth.throttled"]);
    }
  });

  it("refuses the right password too while shut out, and tells how long", async () => {
    const { email } = await makeAccount();
    const address = freshAddress();
    for (let i = 0; i < 6; i += 1) await wrong(email, address);
    const refusal = await signIn({ email, password: TEST_PASSWORD }, origin(address)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "auth.throttled", status: 429, retryable: true });
    const seconds = (refusal as { params: { seconds: number } }).params.seconds;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
  });

  it("counts parallel guesses before any of them is checked", async () => {
    const { email } = await makeAccount();
    const address = freshAddress();
    const answers = await Promise.all(Array.from({ length: 12 }, () => wrong(email, address)));
    expect(answers.filter((answer) => answer === "auth.invalid_credentials")).toHaveLength(5);
  });

  it("lets the victim in from a known address while strangers attack the account from everywhere", async () => {
    const { email } = await makeAccount();
    const home = freshAddress();
    await signIn({ email, password: TEST_PASSWORD }, origin(home));
    const answers: string[] = [];
    for (let i = 0; i < 30; i += 1) answers.push(await wrong(email, freshAddress()));
    // Twenty an hour, then one per half minute for all strangers together.
    expect(answers.filter((answer) => answer === "auth.throttled").length).toBeGreaterThanOrEqual(8);
    expect(await wrong(email, freshAddress())).toBe("auth.throttled");
    await expect(signIn({ email, password: TEST_PASSWORD }, origin(home))).resolves.toHaveProperty("sessionId");
    // The same network under another host address is known, too.
    await expect(signIn({ email, password: TEST_PASSWORD }, origin(home.replace(/::1$/, "::2")))).resolves.toHaveProperty("sessionId");
  });

  it("starts the pair afresh after the right password", async () => {
    const { email } = await makeAccount();
    const address = freshAddress();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) expect(await wrong(email, address)).toBe("auth.invalid_credentials");
      await signIn({ email, password: TEST_PASSWORD }, origin(address));
    }
  });

  it("shuts an address that tries many accounts", async () => {
    const address = freshAddress();
    const answers: string[] = [];
    for (let i = 0; i < 101; i += 1) answers.push(await wrong(`${randomUUID()}@example.test`, address));
    expect(answers.slice(0, 100)).not.toContain("auth.throttled");
    expect(answers[100]).toBe("auth.throttled");
  });
});

it("reads the form's error back", () => {
  expect(parseSignInError("auth.throttled:42")).toEqual({ code: "auth.throttled", retryAfterSeconds: 42 });
  expect(parseSignInError("auth.invalid_credentials")).toEqual({ code: "auth.invalid_credentials", retryAfterSeconds: null });
});
