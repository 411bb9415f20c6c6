import { forbidden, notFound, tooMany, unauthorized } from "./errors";
import type { Method } from "./method";
import type { ApiKey, Business, YandexState } from "./state";

const PARALLEL = 4;
/** x-resource-limit-config: orders may have six. */
const PARALLEL_ORDERS = 6;

/** Who may call what, how often, and how many at once. One per running simulator. */
export class Gate {
  private readonly windows = new Map<string, { endsMs: number; used: number }>();
  private readonly running = new Map<string, number>();

  constructor(private readonly state: YandexState) {}

  /** @throws the documented 401s. */
  keyOf(apiKey: string | undefined, authorization: string | undefined): ApiKey {
    if (apiKey === undefined) throw unauthorized(authorization === undefined ? "Authorization data is missing" : "OAuth token is invalid");
    if (/^bearer\b/i.test(apiKey)) throw unauthorized("Api-Key token prefix invalid");
    const key = this.state.keys.get(apiKey);
    if (key === undefined) throw unauthorized("Api-Key token is invalid");
    if (key.revoked) throw unauthorized("Api-Key token is revoked");
    this.state.onApiUse();
    return key;
  }

  /** The cabinet a call is about; methods without one are counted for the key's first. @throws 403 and 404. */
  businessOf(key: ApiKey, ids: { readonly businessId: string; readonly campaignId: string }): Business {
    const mine = key.businessIds.flatMap((id) => this.state.businesses.get(id) ?? []);
    const [first] = mine;
    if (first === undefined) throw forbidden("Access denied");
    if (ids.campaignId !== "") {
      const owner = [...this.state.businesses.values()].find((business) => business.campaigns.some((campaign) => campaign.id === ids.campaignId));
      if (owner === undefined) throw notFound(`Campaign ${ids.campaignId} not found`, "CAMPAIGN_NOT_FOUND");
      if (!mine.includes(owner)) throw forbidden("Access denied");
      const shop = owner.campaigns.find((campaign) => campaign.id === ids.campaignId);
      if (shop?.apiAvailability !== "AVAILABLE") throw forbidden("API is disabled for the shop", "API_DISABLED");
      return owner;
    }
    if (ids.businessId === "") return first;
    const business = this.state.businesses.get(ids.businessId);
    if (business === undefined) throw notFound(`Business ${ids.businessId} not found`, "BUSINESS_NOT_FOUND");
    if (!mine.includes(business)) throw forbidden("Access denied");
    return business;
  }

  requireScope(key: ApiKey, method: Method): void {
    if (!method.scopes.some((scope) => key.scopes.includes(scope))) throw forbidden("Api-Key token has no access to the method");
  }

  /** Counts a call against its quota; the window is a whole hour or minute of simulated time. @throws 420. */
  count(business: Business, method: Method, units = 1): Record<string, string> {
    const { quotaFactor } = business.quirks;
    const amount = (business.subscriptionLevel === "MEDIUM" ? method.quota.medium : method.quota.none) * (quotaFactor === 0 ? 1 : quotaFactor);
    const nowMs = this.state.host.clock.nowMs();
    const seconds = (business.subscriptionLevel === "MEDIUM" ? method.quota.mediumSeconds : undefined) ?? method.quota.seconds;
    const lengthMs = seconds * 1_000;
    const id = `${business.businessId} ${method.verb} ${method.path}`;
    const known = this.windows.get(id);
    const window = known !== undefined && nowMs < known.endsMs ? known : { endsMs: (Math.floor(nowMs / lengthMs) + 1) * lengthMs, used: 0 };
    window.used += units;
    this.windows.set(id, window);
    const limit = Math.max(1, Math.floor(amount));
    const headers = {
      "X-RateLimit-Resource-Limit": String(limit),
      "X-RateLimit-Resource-Remaining": String(Math.max(0, limit - window.used)),
      "X-RateLimit-Resource-Until": new Date(window.endsMs).toUTCString(),
    };
    if (quotaFactor !== 0 && window.used > limit) {
      const period = method.quota.seconds === 3_600 ? "hour" : "minute";
      throw tooMany(`Hit rate limit of ${limit} requests per ${period} for resource ${method.path}`, headers);
    }
    return headers;
  }

  /** Runs `work` as one of the calls under way. @throws 420 when there are too many. */
  async within<T>(business: Business, method: Method, campaignId: string, work: () => Promise<T>): Promise<T> {
    const most = method.path.endsWith("/orders") && !method.path.includes("stats") ? PARALLEL_ORDERS : PARALLEL;
    const id = campaignId === "" ? `business ${business.businessId}` : `campaign ${campaignId}`;
    const now = this.running.get(id) ?? 0;
    if (now >= most) throw tooMany(`Hit rate limit of ${most} parallel requests${campaignId === "" ? "" : ` for campaignId ${campaignId}`}`, {});
    this.running.set(id, now + 1);
    try {
      return await work();
    } finally {
      this.running.set(id, (this.running.get(id) ?? 1) - 1);
    }
  }
}
