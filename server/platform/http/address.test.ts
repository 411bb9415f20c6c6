import { describe, expect, it } from "vitest";
import { isAllowedOrigin, isPublicAddress, resolveTarget } from "./address";

describe("isPublicAddress", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "[2a02:6b8::1]", "::ffff:8.8.8.8", "64:ff9b::808:808"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "[::1]",
    "fe80::1%eth0",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "::a00:1",
    "not an address",
    "",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("resolveTarget", () => {
  const base = new URL("https://api.example/seller/");
  it("stays below the base, with the query", () => {
    expect(resolveTarget(base, "/v3/chat?limit=1&q=a%2Fb").href).toBe("https://api.example/seller/v3/chat?limit=1&q=a%2Fb");
    expect(resolveTarget(new URL("https://api.example"), "/v1").href).toBe("https://api.example/v1");
    expect(resolveTarget(base, "/v1?next=../x#part").href).toBe("https://api.example/seller/v1?next=../x");
  });
  it.each([
    "v1",
    "",
    "//evil.example/x",
    "/../admin",
    "/a/../../admin",
    "/%2e%2e/admin",
    "/..%2fadmin",
    "/%252e%252e/admin",
    "/a\\..\\..\\x",
    "/.%2E/x",
    "/a b",
    "/a\r\nhost: x",
    "/./x",
    "https://evil.example",
  ])("refuses %j", (path) => {
    expect(() => resolveTarget(base, path)).toThrow(expect.objectContaining({ code: "http.outside_base", kind: "refused" }));
  });
});

describe("isAllowedOrigin", () => {
  it.each([
    ["http://127.0.0.1:4400", ["http://127.0.0.1"], true],
    ["http://127.0.0.1:4400/base", ["http://127.0.0.1:4400"], true],
    ["http://127.0.0.1:4401", ["http://127.0.0.1:4400"], false],
    ["https://127.0.0.1:4400", ["http://127.0.0.1"], false],
    ["http://127.0.0.10", ["http://127.0.0.1"], false],
    ["http://host.example", ["http://host.example:80"], true],
    ["http://host.example:8080", ["http://host.example:80"], false],
    ["http://127.0.0.1", [], false],
    ["http://127.0.0.1", ["127.0.0.1", "nonsense"], false],
  ])("%s with %j: %s", (target, entries, expected) => {
    expect(isAllowedOrigin(new URL(target), entries)).toBe(expected);
  });
});
