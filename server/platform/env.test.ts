import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

const good = {
  DATABASE_URL: "postgresql://localhost/k",
  NEXTAUTH_SECRET: "secret",
  VAULT_KEYS: `k2:${Buffer.alloc(32, 2).toString("base64")},k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

describe("parseEnv", () => {
  it("takes the least there can be", () => {
    const parsed = parseEnv(good);
    expect(parsed).toMatchObject({ ENGINE: "embedded", LOG_LEVEL: "info", DEMO: false, TRUSTED_PROXIES: [], DATABASE_POOL_SIZE: 10 });
    expect(parsed.VAULT_KEYS.map((key) => key.id)).toEqual(["k2", "k1"]);
  });

  it("names every bad variable in one go", () => {
    expect(() => parseEnv({ ENGINE: "other", WORKER_CONCURRENCY: "0" })).toThrow(/ENGINE.*\n.*WORKER_CONCURRENCY/);
    expect(() => parseEnv({})).toThrow(/DATABASE_URL is required\n.*NEXTAUTH_SECRET is required\n.*VAULT_KEYS is required/);
  });

  it.each(["nocolon", "k1:", `k1:${Buffer.alloc(31).toString("base64")}`, `:${Buffer.alloc(32).toString("base64")}`])("refuses the vault key %s", (value) => {
    expect(() => parseEnv({ ...good, VAULT_KEYS: value })).toThrow(/VAULT_KEYS must be id:base64 pairs/);
  });

  it("refuses developer mode of the engine in production only", () => {
    expect(() => parseEnv({ ...good, NODE_ENV: "production", INNGEST_DEV: "1" })).toThrow(/INNGEST_DEV must be 0 in production/);
    expect(parseEnv({ ...good, NODE_ENV: "production", INNGEST_DEV: "0" }).NODE_ENV).toBe("production");
    expect(parseEnv({ ...good, INNGEST_DEV: "1" }).INNGEST_DEV).toBe("1");
  });

  it("reads lists and flags", () => {
    const parsed = parseEnv({ ...good, TRUSTED_PROXIES: " 10.0.0.0/8, ,192.168.0.1 ", DEMO: "true" });
    expect(parsed.TRUSTED_PROXIES).toEqual(["10.0.0.0/8", "192.168.0.1"]);
    expect(parsed.DEMO).toBe(true);
  });
});
