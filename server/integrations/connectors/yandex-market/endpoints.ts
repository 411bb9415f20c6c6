import type { LimitGroup } from "../../contract/http";

export const YANDEX_BASE_URL = "https://api.partner.market.yandex.ru";

/** Where pictures of reviews lie [I]; where the files of chats lie is not published. Reached without the key. */
export const YANDEX_HOSTS = { media: "https://avatars.mds.yandex.net" } as const;

/** At most four requests of a cabinet at once (docs 2026; the few methods that may have more do not need it). */
export const PARALLEL = 4;

export interface Operation {
  readonly method: "GET" | "POST" | "PUT";
  /** `{businessId}`, `{campaignId}`, `{orderId}` and `{reportId}` are put in by the client. */
  readonly path: string;
  /** Per hour unless `perSeconds` says otherwise: without a subscription, and from MEDIUM on (x-resource-limit-config, 2026-07). */
  readonly quota: { readonly none: number; readonly medium: number; readonly perSeconds?: number; readonly mediumPerSeconds?: number };
}

const HOUR = 3_600;
const hourly = (none: number, medium = none) => ({ none, medium });

/** Every remote method this connector calls, with its quota; the OpenAPI test walks them. */
export const OPERATIONS = {
  token: { method: "POST", path: "/v2/auth/token", quota: hourly(100) },
  campaigns: { method: "GET", path: "/v2/campaigns", quota: hourly(1_000) },
  settings: { method: "POST", path: "/v2/businesses/{businessId}/settings", quota: hourly(100) },
  chats: { method: "POST", path: "/v2/businesses/{businessId}/chats", quota: hourly(5_000) },
  chat: { method: "GET", path: "/v2/businesses/{businessId}/chat", quota: hourly(1_000) },
  history: { method: "POST", path: "/v2/businesses/{businessId}/chats/history", quota: hourly(10_000) },
  sendMessage: { method: "POST", path: "/v2/businesses/{businessId}/chats/message", quota: hourly(1_000) },
  sendFile: { method: "POST", path: "/v2/businesses/{businessId}/chats/file/send", quota: hourly(1_000) },
  newChat: { method: "POST", path: "/v2/businesses/{businessId}/chats/new", quota: hourly(1_000) },
  feedbacks: { method: "POST", path: "/v2/businesses/{businessId}/goods-feedback", quota: hourly(5_000, 10_000) },
  comments: { method: "POST", path: "/v2/businesses/{businessId}/goods-feedback/comments", quota: hourly(5_000, 10_000) },
  updateComment: { method: "POST", path: "/v2/businesses/{businessId}/goods-feedback/comments/update", quota: hourly(1_000) },
  skipReaction: { method: "POST", path: "/v2/businesses/{businessId}/goods-feedback/skip-reaction", quota: hourly(500, 1_000) },
  questions: { method: "POST", path: "/v1/businesses/{businessId}/goods-questions", quota: hourly(1_000, 5_000) },
  answers: { method: "POST", path: "/v1/businesses/{businessId}/goods-questions/answers", quota: hourly(1_000, 5_000) },
  updateQuestion: { method: "POST", path: "/v1/businesses/{businessId}/goods-questions/update", quota: hourly(500, 1_000) },
  orders: { method: "POST", path: "/v1/businesses/{businessId}/orders", quota: hourly(10_000) },
  orderStats: { method: "POST", path: "/v2/campaigns/{campaignId}/stats/orders", quota: hourly(10_000) },
  makeReport: { method: "POST", path: "/v2/reports/goods-realization/generate", quota: { none: 1, medium: 1, perSeconds: 120, mediumPerSeconds: 60 } },
  report: { method: "GET", path: "/v2/reports/info/{reportId}", quota: { none: 100, medium: 100, perSeconds: 60 } },
  offers: { method: "POST", path: "/v2/businesses/{businessId}/offer-mappings", quota: { none: 100, medium: 600, perSeconds: 60 } },
  orderStatus: { method: "PUT", path: "/v2/campaigns/{campaignId}/orders/{orderId}/status", quota: hourly(10_000) },
  orderTrack: { method: "POST", path: "/v2/campaigns/{campaignId}/orders/{orderId}/delivery/track", quota: hourly(10_000) },
  cancellation: { method: "PUT", path: "/v2/campaigns/{campaignId}/orders/{orderId}/cancellation/accept", quota: hourly(500) },
  buyer: { method: "GET", path: "/v2/campaigns/{campaignId}/orders/{orderId}/buyer", quota: hourly(3_000) },
  // These three count offers, not calls: no number of calls we make comes near them, the service's own counter decides.
  stocks: { method: "POST", path: "/v2/campaigns/{campaignId}/offers/stocks", quota: { none: 100_000, medium: 100_000, perSeconds: 60 } },
  setStocks: { method: "PUT", path: "/v2/campaigns/{campaignId}/offers/stocks", quota: { none: 100_000, medium: 100_000, perSeconds: 60 } },
  setPrices: { method: "POST", path: "/v2/businesses/{businessId}/offer-prices/updates", quota: { none: 10_000, medium: 10_000, perSeconds: 60 } },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

/** Domains a signed link to a report may lie below: which of the Market's own storages it is, is not published [I]. */
export const LINK_DOMAINS: readonly string[] = ["yandex.ru", "yandex.net", "yandexcloud.net"];

/** Limit group of what is fetched elsewhere, pictures and report files: no published quota, our own modesty. */
export const MEDIA_GROUP = "media";

/** One group an operation. Until a subscription is known, the smaller numbers; the service's own counters correct both. */
export function limitsOf(level: string | undefined): readonly LimitGroup[] {
  const groups = Object.entries<Operation>(OPERATIONS).map(([group, { quota }]) => ({
    group,
    points: level === "MEDIUM" ? quota.medium : quota.none,
    perSeconds: (level === "MEDIUM" ? quota.mediumPerSeconds : undefined) ?? quota.perSeconds ?? HOUR,
  }));
  return [...groups, { group: MEDIA_GROUP, points: 10, perSeconds: 1 }];
}
