import { createHash } from "node:crypto";
import { z } from "zod";
import { constantTimeEqual, hmacHex } from "@/server/platform/crypto";
import { defineConnector } from "../../contract/connector";
import type { HttpAnswer, WebhookAccount, WebhookPort } from "../../contract/webhook";

const json = (status: number, body: unknown): HttpAnswer => ({ status, body: JSON.stringify(body), contentType: "application/json" });
const STATUS = { not_found: 404, forbidden_source: 403, foreign_account: 403, too_large: 413, unavailable: 503 } as const;

/** Over the raw bytes, with the path, the way Hepsiburada and Shopify do between them. */
export function signatureOf(secret: string, subPath: string, body: Uint8Array): string {
  return hmacHex(secret, Buffer.concat([Buffer.from(subPath), body]));
}

const secretOf = (account: WebhookAccount) => account.credentials["secret"] ?? "";

const webhook: WebhookPort = {
  sourceRanges: ["192.0.2.0/24"],
  maxBytes: 10_000,
  needsCredentials: true,
  methods: ["PUT"],
  receive({ body, subPath, headers }, account) {
    if (secretOf(account) === "" || !constantTimeEqual(headers["x-signed-hmac"] ?? "", signatureOf(secretOf(account), subPath, body)))
      return { action: "refuse", code: "signature", answer: json(401, { error: "signature" }) };
    return { action: "accept", eventType: subPath, dedupeKey: createHash("sha256").update(body).digest("hex"), answer: json(200, { result: true }) };
  },
  sample(account, now) {
    const body = Buffer.from(JSON.stringify({ sample: now.toISOString() }));
    const subPath = "/orders/sample";
    return { subPath, method: "PUT", body, headers: { "content-type": "application/json", "X-Signed-Hmac": signatureOf(secretOf(account), subPath, body) } };
  },
  refusal: (code) => json(STATUS[code], { error: code }),
  parse: () => ({ events: [{ type: "ignored", reason: "sample" }], rejected: [] }),
};

/** A service whose pushes prove themselves; registered only by tests. */
export const signedConnector = defineConnector({
  id: "signed",
  label: "Signed",
  defaultBaseUrl: "https://signed.invalid",
  credentials: { schema: z.object({ secret: z.string().min(8) }), fields: [{ name: "secret", secret: true }] },
  limits: () => [{ group: "all", points: 50, perSeconds: 1 }],
  limitKey: () => "",
  streams: [],
  errors: {},
  test: async () => ({ missingPermissions: [], facts: {} }),
  webhook,
});

export const signedRegistry = {
  listConnectors: () => [signedConnector],
  findConnector: (id: string) => (id === signedConnector.id ? signedConnector : undefined),
};
