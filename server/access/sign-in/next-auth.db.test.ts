import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { getSession } from "../sessions/get-session";
import { makeMember, makeWorkspace, TEST_PASSWORD } from "../testing/make-workspace";
import { authOptions } from "./auth-options";
import { SESSION_COOKIE } from "./cookie";

/** A browser that talks to the real next-auth handler (in its request/response form) and keeps its cookies. */
class Browser {
  private readonly jar = new Map<string, string>();
  lastSetCookies: string[] = [];

  async send(method: "GET" | "POST", action: string[], body: Record<string, string> = {}) {
    let status = 200;
    let answer: unknown;
    const headers = new Map<string, unknown>();
    const res = {
      status(code: number) {
        status = code;
        return res;
      },
      setHeader(name: string, value: unknown) {
        headers.set(name.toLowerCase(), value);
        return res;
      },
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      json: (value: unknown) => (answer = value),
      send: (value: unknown) => (answer = value),
      end: () => undefined,
    };
    const req = {
      method,
      query: { nextauth: action },
      body,
      cookies: Object.fromEntries(this.jar),
      headers: { host: "127.0.0.1:3000", "x-forwarded-for": "198.51.100.20", "user-agent": "Test Browser", cookie: this.cookieHeader() },
    };
    await (NextAuth(req as unknown as NextApiRequest, res as unknown as NextApiResponse, authOptions) as Promise<unknown>);
    this.lastSetCookies = [headers.get("set-cookie") ?? []].flat() as string[];
    for (const cookie of this.lastSetCookies) {
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      if (/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(cookie)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)));
    }
    return { status, answer };
  }

  cookieHeader(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async post(action: string[], body: Record<string, string>) {
    const { answer } = await this.send("GET", ["csrf"]);
    const { csrfToken } = answer as { csrfToken: string };
    return this.send("POST", action, { ...body, csrfToken, json: "true" });
  }

  async signIn(email: string, password: string) {
    const { status, answer } = await this.post(["callback", "credentials"], { email, password });
    return { status, error: new URL((answer as { url: string }).url).searchParams.get("error") };
  }

  session() {
    return getSession(new Headers({ cookie: this.cookieHeader() }));
  }
}

async function makeAccount() {
  const { workspaceId } = await makeWorkspace();
  return makeMember(workspaceId, "admin");
}

describe("through next-auth", () => {
  it("signs in, keeps a hardened cookie, signs out and ends the row", async () => {
    const { email, userId } = await makeAccount();
    const browser = new Browser();
    expect(await browser.signIn(email, TEST_PASSWORD)).toEqual({ status: 200, error: null });
    const cookie = browser.lastSetCookies.find((line) => line.startsWith(`${SESSION_COOKIE}=`)) ?? "";
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const session = await browser.session();
    expect(session).toMatchObject({ userId, role: "admin" });
    expect(await db.userSession.findUnique({ where: { id: session?.sessionId ?? "" } })).toMatchObject({ ip: "198.51.100.20", userAgent: "Test Browser" });
    await browser.post(["signout"], {});
    expect(await browser.session()).toBeNull();
    expect(await db.userSession.findUnique({ where: { id: session?.sessionId ?? "" } })).toMatchObject({ endedReason: "signed_out" });
  });

  it("answers with stable codes", async () => {
    const { email } = await makeAccount();
    const browser = new Browser();
    for (let i = 0; i < 5; i += 1) expect(await browser.signIn(email, "wrong wrong wrong")).toEqual({ status: 401, error: "auth.invalid_credentials" });
    const { error } = await browser.signIn(email, TEST_PASSWORD);
    expect(error).toMatch(/^auth\.throttled:\d+$/);
    expect(await browser.session()).toBeNull();
  });

  it("refuses a sign-in without its CSRF token", async () => {
    const { email } = await makeAccount();
    const browser = new Browser();
    await browser.send("POST", ["callback", "credentials"], { email, password: TEST_PASSWORD, csrfToken: "guessed", json: "true" });
    expect(await browser.session()).toBeNull();
  });

  it("tells the browser nothing but that a session is there, and drops the cookie of an ended one", async () => {
    const { email } = await makeAccount();
    const browser = new Browser();
    await browser.signIn(email, TEST_PASSWORD);
    expect((await browser.send("GET", ["session"])).answer).toEqual({ expires: expect.any(String) });
    expect(await browser.session()).not.toBeNull();
    await db.userSession.updateMany({ where: { user: { email } }, data: { endedAt: new Date() } });
    expect((await browser.send("GET", ["session"])).answer).toEqual({});
    expect(browser.cookieHeader()).not.toContain(SESSION_COOKIE);
  });
});
