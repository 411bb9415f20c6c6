import type { LimitGroup } from "../../contract/http";
import { readFacts } from "./facts";

export const API_VERSION = "2026-10";
export const GRAPHQL_PATH = `/admin/api/${API_VERSION}/graphql.json`;
export const TOKEN_PATH = "/admin/oauth/access_token";

/** Results of bulk operations lie at another host; addresses there are signed and short-lived. */
export const RESULT_HOST = "results";
export const SHOPIFY_HOSTS = { [RESULT_HOST]: "https://storage.googleapis.com" } as const;

/** Points a second of the smallest plan; the last test tells the shop's own. */
const LEAST_RESTORE_RATE = 100;

/**
 * Shopify counts cost, not calls, and tells the bucket with every answer: THROTTLED names the wait exactly (`errors.ts`). These groups only
 * keep several processes from running into it together: hardly a call of ours costs less than ten points.
 */
export function limitsOf(_: Readonly<Record<string, string>>, facts: Readonly<Record<string, unknown>> = {}): readonly LimitGroup[] {
  const rate = readFacts(facts).restoreRate ?? LEAST_RESTORE_RATE;
  return [
    { group: "token", points: 10, perSeconds: 10 },
    { group: "reads", points: rate, perSeconds: 10 },
    { group: "writes", points: rate, perSeconds: 10 },
    { group: "results", points: 50, perSeconds: 10 },
  ];
}
