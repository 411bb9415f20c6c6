import { afterEach, describe, expect, it, vi } from "vitest";

async function addressOf(forwardedFor: string | null, trusted = ""): Promise<string | null> {
  vi.resetModules();
  vi.stubEnv("TRUSTED_PROXIES", trusted);
  const { clientAddress } = await import("./client-address");
  return clientAddress(new Headers(forwardedFor === null ? {} : { "x-forwarded-for": forwardedFor }));
}
afterEach(() => vi.unstubAllEnvs());

describe("the caller's address", () => {
  it.each([
    ["the socket's, as Next writes it", "203.0.113.9", "", "203.0.113.9"],
    ["IPv4 in IPv6 clothes", "::ffff:203.0.113.9", "", "203.0.113.9"],
    ["the last entry when no proxy is trusted: the ones before it are hearsay", "1.2.3.4, 203.0.113.9", "", "203.0.113.9"],
    ["the one before the trusted proxies", "1.2.3.4, 203.0.113.9, 10.0.0.2, 10.0.0.1", "10.0.0.0/8", "203.0.113.9"],
    ["the outermost proxy when all are trusted", "10.0.0.2, 10.0.0.1", "10.0.0.0/8", "10.0.0.2"],
    ["a single trusted address", "203.0.113.9, 192.0.2.1", "192.0.2.1", "203.0.113.9"],
    ["what is readable behind garbage", "garbage, 10.0.0.1", "10.0.0.0/8", "10.0.0.1"],
    ["none", "garbage", "", null],
    ["none without the header", null, "", null],
  ] as const)("%s", async (_what, header, trusted, expected) => {
    expect(await addressOf(header, trusted)).toBe(expected);
  });
});
