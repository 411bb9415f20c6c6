import { askError, financeError, type HbError, omsError, springError } from "./errors";
import type { HbState, Merchant } from "./state";

/** Calls a second [D]. */
const OMS_PER_SECOND = 1_000;

/** Who may call what, how often. One per running simulator. */
export class Gate {
  private readonly windows = new Map<string, { second: number; calls: number }>();

  constructor(private readonly state: HbState) {}

  /** Checks key, user agent, merchant and limits of a call. Throws the service's refusals; returns the merchant otherwise. */
  admit(host: string, path: string, header: (name: string) => string | undefined, pathMerchant: string | undefined): Merchant {
    const refuse = (status: 401 | 403, text: string) => this.refusal(host, path, status, text);
    const [user = "", key = ""] = readBasic(header("authorization")) ?? [];
    const merchant = this.state.merchants[user.toLowerCase()];
    if (!merchant || merchant.key !== key) throw refuse(401, "Unauthorized");
    // The name of the integrator is part of the authentication.
    if (header("user-agent") !== merchant.userAgent) throw refuse(403, "Forbidden");
    if (pathMerchant !== undefined && pathMerchant.toLowerCase() !== merchant.id) throw refuse(403, "Forbidden");
    if (host === "api-asktoseller-merchant") {
      if (header("merchantid")?.toLowerCase() !== merchant.id) throw refuse(401, "merchantId header is missing");
      if (merchant.withheld.includes("questions")) throw refuse(403, "Merchant has no permission");
    }
    if (host === "mpfinance-external" && merchant.withheld.includes("finance")) throw refuse(403, "Merchant has no permission");
    this.count(host, path);
    this.state.onApiUse();
    return merchant;
  }

  private refusal(host: string, path: string, status: 401 | 403, text: string): HbError {
    if (host === "oms-external") return omsError(status, text);
    if (host === "api-asktoseller-merchant") return askError(status, text);
    if (host === "mpfinance-external") return financeError(status, text);
    return springError(status, text, path, this.state.host.clock.now().toISOString());
  }

  /** The catalogue says 403 where others say 429 [D]. Real time, because the caller's patience is real. */
  private count(host: string, path: string): void {
    const limit = host === "mpop" ? this.state.settings.catalogPerSecond : OMS_PER_SECOND;
    if ((host !== "mpop" && host !== "oms-external") || this.state.settings.limits === 0) return;
    const second = Math.floor(performance.now() / 1_000);
    const window = this.windows.get(host);
    const calls = window?.second === second ? window.calls + 1 : 1;
    this.windows.set(host, { second, calls });
    if (calls <= limit) return;
    if (host === "mpop") throw springError(403, "Forbidden", path, this.state.host.clock.now().toISOString());
    throw omsError(429, "Too many requests", limitHeaders(1));
  }
}

export const limitHeaders = (resetSeconds: number): Record<string, string> => ({
  "X-RateLimit-Limit": "1000",
  "X-RateLimit-Remaining": "0",
  "X-RateLimit-Reset": String(resetSeconds),
});

function readBasic(header: string | undefined): [string, string] | undefined {
  const text = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header ?? "")?.[1];
  if (text === undefined) return undefined;
  const [user = "", ...rest] = Buffer.from(text, "base64").toString("utf8").split(":");
  return [user, rest.join(":")];
}
