import { describe, expect, it } from "vitest";
import { resolveBaseUrl, resolveHosts } from "../../connections/base-url";
import { hepsiburada } from "./connector";

const NOWHERE = { sandboxUrl: "", allowedOrigins: ["http://127.0.0.1:4020"] };
const hostsFor = (environment: string, override: string | null = null) => {
  const credentials = { environment };
  return resolveHosts(hepsiburada, resolveBaseUrl(hepsiburada, override, NOWHERE, credentials), credentials);
};

describe("the environments", () => {
  it("have the same hosts, the test environment with a word more in each", () => {
    const [production, sit] = [hostsFor("production"), hostsFor("sit")];
    expect(production["listing-external"]).toBe("https://listing-external.hepsiburada.com");
    expect(Object.keys(sit)).toEqual(Object.keys(production));
    for (const [name, address] of Object.entries(sit)) expect(address).toBe(`https://${name}-sit.hepsiburada.com`);
    expect(Object.values(production).filter((address) => address.includes("-sit"))).toEqual([]);
  });

  it("do not matter to a connection with an address of its own", () => {
    expect(hostsFor("sit", "http://127.0.0.1:4020/hepsiburada")["mpop"]).toBe("http://127.0.0.1:4020/hepsiburada/mpop");
  });
});

describe("credentials", () => {
  const given = { merchantId: " 6FC6D90D-ee1d-4372-b3a6-264b1275e9ff ", serviceKey: "Xu7d9qT2mK4b", userAgent: "magaza_dev" };

  it("need three things; the rest has its defaults, also where the form sends empty fields", () => {
    const wanted = {
      merchantId: "6fc6d90d-ee1d-4372-b3a6-264b1275e9ff",
      serviceKey: "Xu7d9qT2mK4b",
      userAgent: "magaza_dev",
      environment: "production",
      ownCarrier: "no",
      webhookUser: "",
      webhookPassword: "",
    };
    expect(hepsiburada.credentials.schema.parse(given)).toEqual(wanted);
    const empty = { environment: "", ownCarrier: "", webhookUser: "", webhookPassword: "" };
    expect(hepsiburada.credentials.schema.parse({ ...given, ...empty })).toEqual(wanted);
    expect(hepsiburada.credentials.schema.parse({ ...given, environment: "SIT" })).toMatchObject({ environment: "sit" });
  });

  it.each([
    ["a key of eleven", { serviceKey: "Xu7d9qT2mK4" }],
    ["a key with a colon", { serviceKey: "Xu7d9qT2mK:b" }],
    ["a user agent with more around it", { userAgent: "6fc6 - magaza_dev" }],
    ["a user agent that breaks a header", { userAgent: "magaza\r\nX: y" }],
    ["another environment", { environment: "staging" }],
    ["a short webhook password", { webhookPassword: "short" }],
    ["a merchant id that is none", { merchantId: "../other" }],
  ])("refuse %s", (_, wrong) => {
    expect(hepsiburada.credentials.schema.safeParse({ ...given, ...wrong }).success).toBe(false);
  });
});
