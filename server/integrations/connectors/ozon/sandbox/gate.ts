import { exhausted, failedPrecondition, OzonError, permissionDenied, unauthenticated } from "./errors";
import type { ApiKey, OzonState, Seller } from "./state";

/** Methods that were switched off, and the day it happened. */
const OBSOLETE: Record<string, string> = {
  "/v2/chat/list": "2026-06-09",
  "/v2/chat/history": "2026-02-20",
  "/v3/posting/fbs/list": "2026-08-31",
  "/v3/posting/fbs/unfulfilled/list": "2026-08-31",
  "/v2/posting/fbo/list": "2026-08-31",
  "/v3/finance/transaction/list": "2026-09-08",
  "/v3/finance/transaction/totals": "2026-09-08",
  "/v2/posting/fbs/act/create": "2026-09-07",
  "/v1/product/pictures/import": "2026-10-01",
};

/** After this many refused calls of one method within a minute the service closes the method for a while. */
const FLOOD_REFUSALS = 150;
/** A limit of its own, stated with the method. */
const STOCKS = "/v2/products/stocks";
const STOCKS_A_MINUTE = 80;
const FLOOD_WINDOW_MS = 60_000;
const CIRCLE_OPEN_MS = 3 * 60_000;

interface Window {
  startedMs: number;
  calls: number;
}

/** Who may call what, how often. One per running simulator. */
export class Gate {
  private readonly windows = new Map<string, Window>();
  private readonly refusals = new Map<string, Window>();
  private readonly closedUntil = new Map<string, number>();

  constructor(private readonly state: OzonState) {}

  /** Checks headers, limits and rights of a call. Throws the documented refusals; returns the seller otherwise. */
  admit(call: { path: string; clientId: string | undefined; apiKey: string | undefined; ip: string }): { seller: Seller; key: ApiKey; remaining: number } {
    if (!call.clientId || !call.apiKey) throw unauthenticated("Client-Id and Api-Key headers are required");
    if (!/^\d+$/.test(call.clientId)) throw new OzonError(400, 3, `invalid Client-Id header: strconv.ParseInt: parsing "${call.clientId}": invalid syntax`);
    const seller = this.state.sellers.get(call.clientId);
    const remaining = seller ? this.count(seller, call.path) : 0;
    const key = seller?.keys.find((candidate) => candidate.value === call.apiKey);
    if (!seller || !key) throw new OzonError(seller?.quirks.invalidKeyStatus ?? 403, 7, "Invalid Api-Key, please check the key and try again");
    this.checkKey(seller, key, call.ip);
    const offDay = OBSOLETE[call.path];
    if (offDay && this.state.host.clock.now().toISOString() >= offDay) throw failedPrecondition("obsolete method cannot be used");
    this.state.onApiUse();
    return { seller, key, remaining };
  }

  private checkKey(seller: Seller, key: ApiKey, ip: string): void {
    if (key.deactivated || key.expiresAtMs <= this.state.host.clock.nowMs())
      throw permissionDenied("Api-key is deactivated, use another one or generate a new one");
    if (key.allowedIps && !key.allowedIps.includes(ip)) throw permissionDenied("Api-Key is restricted to specific IP addresses");
    if (!seller.offerSigned) throw permissionDenied("Offer not signed");
  }

  /** Refuses when no role of the key opens the method. What a key may do can be asked with any key. */
  requireRole(key: ApiKey, path: string): void {
    if (path === "/v1/roles" || key.roles.some((role) => role.name === "Admin")) return;
    if (!key.roles.some((role) => role.methods.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))) {
      throw permissionDenied("Api-Key is missing a required role for a method");
    }
  }

  /** Counts a call against 50 a second; real time, because the caller's patience is real. */
  private count(seller: Seller, path: string): number {
    if (seller.requestsPerSecond === 0) return 50;
    const nowMs = performance.now();
    const method = `${seller.clientId} ${path}`;
    if (path === STOCKS && roll(this.windows, method, nowMs, 60_000).calls > STOCKS_A_MINUTE)
      throw exhausted("You have reached request rate limit per second", { "Retry-After": "60", "Ratelimit-Remaining": "0" });
    if ((this.closedUntil.get(method) ?? 0) > this.state.host.clock.nowMs()) throw exhausted("Circle is open", { "Ratelimit-Remaining": "0" });
    const window = roll(this.windows, seller.clientId, nowMs, 1_000);
    if (window.calls > seller.requestsPerSecond) {
      const refused = roll(this.refusals, method, nowMs, FLOOD_WINDOW_MS);
      if (refused.calls >= FLOOD_REFUSALS) this.closedUntil.set(method, this.state.host.clock.nowMs() + CIRCLE_OPEN_MS);
      throw exhausted("You have reached request rate limit per second", { "Retry-After": "1", "Ratelimit-Remaining": "0" });
    }
    return seller.requestsPerSecond - window.calls;
  }
}

function roll(windows: Map<string, Window>, key: string, nowMs: number, lengthMs: number): Window {
  const current = windows.get(key);
  const window = current && nowMs - current.startedMs < lengthMs ? current : { startedMs: nowMs, calls: 0 };
  window.calls += 1;
  windows.set(key, window);
  return window;
}
