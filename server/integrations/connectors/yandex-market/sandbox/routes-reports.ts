import { createHash } from "node:crypto";
import { z } from "zod";
import { badRequest, forbidden, notFound } from "./errors";
import { int64, type Method, method, ok, SCOPES } from "./method";
import { archiveOf, realized } from "./realization";
import { moscowDay, nextId, type Report, stamp, type YandexState } from "./state";

const PENDING_MS = 5_000;
const READY_MS = 20_000;
const LINK_MS = 60 * 60_000;

/** The monthly realization report: asked for, made in a while, fetched from a link that is good for an hour. */
export function reportMethods(state: YandexState): Method[] {
  const nowMs = () => state.host.clock.nowMs();
  return [
    method({
      path: "/v2/reports/goods-realization/generate",
      scopes: SCOPES.finance,
      quota: { none: 1, medium: 1, seconds: 120, mediumSeconds: 60 },
      query: z.object({ format: z.literal("JSON", "Only JSON is simulated") }),
      body: z.strictObject({ campaignId: int64, year: z.number().int(), month: z.number().int().min(1).max(12) }),
      answer: ({ business, body }) => {
        const shop = business.campaigns.find(({ id }) => id === body.campaignId);
        if (shop === undefined) throw notFound(`Campaign ${body.campaignId} not found`, "CAMPAIGN_NOT_FOUND");
        if (shop.apiAvailability !== "AVAILABLE") throw forbidden("API is disabled for the shop", "API_DISABLED");
        const month = `${body.year}-${String(body.month).padStart(2, "0")}`;
        if (month >= moscowDay(nowMs()).slice(0, 7)) throw badRequest("The period is not over yet");
        const reportId = `${business.businessId}_goods_realization_${nextId(state)}`;
        state.reports.set(reportId, { businessId: business.businessId, campaignId: shop.id, month, requestedAtMs: nowMs() });
        return ok({ reportId, estimatedGenerationTime: READY_MS });
      },
    }),
    method({
      verb: "GET",
      path: "/v2/reports/info/{reportId}",
      scopes: SCOPES.every,
      quota: { none: 100, medium: 100, seconds: 60 },
      query: z.object({ sourceType: z.enum(["SELLER", "ADVERTISER"]).optional() }),
      answer: ({ business, reportId }) => {
        const report = state.reports.get(decodeURIComponent(reportId));
        if (report?.businessId !== business.businessId) throw notFound(`Report ${reportId} not found`);
        const ageMs = nowMs() - report.requestedAtMs;
        const asked = { generationRequestedAt: stamp(report.requestedAtMs), estimatedGenerationTime: READY_MS };
        if (ageMs < READY_MS) return ok({ status: ageMs < PENDING_MS ? "PENDING" : "PROCESSING", ...asked });
        const done = { ...asked, generationFinishedAt: stamp(report.requestedAtMs + READY_MS) };
        const { delivered, returned } = realized(business, report.campaignId, report.month);
        if (delivered.length + returned.length === 0) return ok({ status: "FAILED", subStatus: "NO_DATA", ...done });
        return ok({ status: "DONE", file: linkOf(state, reportId), ...done });
      },
    }),
  ];
}

const signOf = (reportId: string, expires: string) => createHash("sha256").update(`report ${reportId} ${expires}`).digest("hex").slice(0, 32);

function linkOf(state: YandexState, reportId: string): string {
  const expires = String(Math.floor(state.host.clock.nowMs() + LINK_MS));
  return `${state.host.baseUrl()}/report-files/${reportId}.zip?expires=${expires}&sign=${signOf(reportId, expires)}`;
}

/** The storage behind the link: it wants its own signature and nobody's key. */
export function fileAnswer(state: YandexState, request: Request, path: string, headers: Record<string, string>): Response {
  const query = new URL(request.url).searchParams;
  const reportId = decodeURIComponent(path.slice("/report-files/".length).replace(/\.zip$/, ""));
  const expires = query.get("expires") ?? "";
  const refuse = (status: number, words: string) => new Response(words, { status, headers });
  if (request.method !== "GET") return refuse(405, "method not allowed");
  if (request.headers.has("api-key") || request.headers.has("authorization")) return refuse(400, "only one auth mechanism allowed");
  if (query.get("sign") !== signOf(reportId, expires)) return refuse(403, "signature does not match");
  if (Number(expires) < state.host.clock.nowMs()) return refuse(403, "request has expired");
  const bytes = archiveBytes(state, state.reports.get(reportId));
  if (bytes === undefined) return refuse(404, "no such key");
  return new Response(Buffer.from(bytes), { headers: { ...headers, "content-type": "application/zip" } });
}

function archiveBytes(state: YandexState, report: Report | undefined): Uint8Array | undefined {
  const business = report === undefined ? undefined : state.businesses.get(report.businessId);
  return report === undefined || business === undefined ? undefined : archiveOf(business, report.campaignId, report.month);
}
