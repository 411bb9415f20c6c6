import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { proxy } from "@/proxy";
import { contentSecurityPolicy, requestIdOf, securityHeaders } from "./headers";

const production = { nonce: "n0nce", development: false, secure: true };

describe("contentSecurityPolicy", () => {
  it("lets scripts run by nonce only", () => {
    const scripts = contentSecurityPolicy(production)
      .split("; ")
      .find((directive) => directive.startsWith("script-src "));
    expect(scripts).toBe("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  });
  it("loosens for development only what its tools need", () => {
    const policy = contentSecurityPolicy({ ...production, development: true });
    expect(policy).toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(contentSecurityPolicy(production)).not.toMatch(/unsafe-eval|ws:/);
  });
  it("promises https only where there is https", () => {
    expect(securityHeaders(production)).toHaveProperty("strict-transport-security");
    const plain = securityHeaders({ ...production, secure: false });
    expect(plain).not.toHaveProperty("strict-transport-security");
    expect(plain["content-security-policy"]).not.toContain("upgrade-insecure-requests");
  });
});

describe("requestIdOf", () => {
  it.each([[null], [""], ["short"], ["a b c d e f g h"], ["x".repeat(65)], ["evil\nline-1234"]])("replaces %j", (given) => {
    expect(requestIdOf(given, () => "fresh")).toBe("fresh");
  });
  it("keeps a plain one", () => {
    expect(requestIdOf("req_12345678", () => "fresh")).toBe("req_12345678");
  });
});

describe("proxy", () => {
  const nonceOf = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? "")?.[1];

  it("gives every request a nonce of its own and tells the page and the browser the same one", () => {
    const answers = [1, 2].map(() => proxy(new NextRequest("http://localhost:3000/inbox")));
    const nonces = answers.map((answer) => nonceOf(answer.headers.get("content-security-policy")));
    expect(nonces[0]).toBeTruthy();
    expect(nonces[0]).not.toBe(nonces[1]);
    const [first] = answers;
    // How Next hands request headers from the proxy to the page.
    expect(first?.headers.get("x-middleware-request-x-nonce")).toBe(nonces[0]);
    expect(nonceOf(first?.headers.get("x-middleware-request-content-security-policy") ?? null)).toBe(nonces[0]);
  });

  it("carries the request id in and out", () => {
    const answer = proxy(new NextRequest("http://localhost:3000/", { headers: { "x-request-id": "caller-id-1" } }));
    expect(answer.headers.get("x-request-id")).toBe("caller-id-1");
    expect(answer.headers.get("x-middleware-request-x-request-id")).toBe("caller-id-1");
  });

  it("does not take a nonce from outside", () => {
    const answer = proxy(new NextRequest("http://localhost:3000/", { headers: { "x-nonce": "chosen-by-attacker" } }));
    expect(answer.headers.get("x-middleware-request-x-nonce")).not.toBe("chosen-by-attacker");
  });

  it("believes the TLS proxy about https", () => {
    expect(
      proxy(new NextRequest("http://localhost:3000/", { headers: { "x-forwarded-proto": "https, http" } })).headers.get("strict-transport-security"),
    ).toBeTruthy();
    expect(proxy(new NextRequest("http://localhost:3000/")).headers.get("strict-transport-security")).toBeNull();
  });
});
