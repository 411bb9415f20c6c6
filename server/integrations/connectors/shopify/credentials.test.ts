import { describe, expect, it } from "vitest";
import { resolveBaseUrl, resolveHosts } from "../../connections/base-url";
import { shopify } from "./connector";
import { shopifyCredentials } from "./credentials";

const app = { clientId: "0123456789abcdef", clientSecret: "shpss_0123456789abcdef" };

describe("credentials", () => {
  it.each([
    ["my-shop", "my-shop.myshopify.com"],
    ["My-Shop.MyShopify.com", "my-shop.myshopify.com"],
    [" https://my-shop.myshopify.com/admin ", "my-shop.myshopify.com"],
  ])("reads %s as the shop's address", (shop, expected) => {
    expect(shopifyCredentials.parse({ shop, ...app })).toEqual({ shop: expected, ...app, accessToken: "", webhookSecret: "" });
  });

  it.each(["", "evil.com", "my-shop.myshopify.com.evil.com", "a.b.myshopify.com", "-x", "my_shop", "127.0.0.1", "x@evil.com", "my-shop.myshopify.com:8080"])(
    "never makes another host of %s",
    (shop) => {
      expect(shopifyCredentials.safeParse({ shop, ...app }).success).toBe(false);
    },
  );

  it("wants either a client id or an access token", () => {
    expect(shopifyCredentials.safeParse({ shop: "x", clientSecret: app.clientSecret }).success).toBe(false);
    expect(shopifyCredentials.safeParse({ shop: "x", clientSecret: app.clientSecret, accessToken: "shpat_0123456789" }).success).toBe(true);
  });
});

describe("addresses", () => {
  const none = { sandboxUrl: "", allowedOrigins: [] };
  const credentials = { shop: "my-shop.myshopify.com" };

  it("every shop is called at its own host, and result files at theirs", () => {
    const baseUrl = resolveBaseUrl(shopify, null, none, credentials);
    expect(baseUrl).toBe("https://my-shop.myshopify.com");
    expect(resolveHosts(shopify, baseUrl, credentials)).toEqual({ results: "https://storage.googleapis.com" });
  });

  it("the sandbox and an allowed address of its own come before", () => {
    const sandboxed = resolveBaseUrl(shopify, null, { ...none, sandboxUrl: "http://127.0.0.1:4020" }, credentials);
    expect(sandboxed).toBe("http://127.0.0.1:4020/shopify");
    expect(resolveHosts(shopify, sandboxed, credentials)).toEqual({ results: "http://127.0.0.1:4020/shopify/results" });
  });
});
