import type { MarketplaceLimit } from "./schema";

/**
 * What marketplaces are known to demand, where nobody has corrected it. Facts with their source, not law: workspaces edit them.
 *
 * Ozon's later window for FBS and rFBS (72 h after delivery) is left out on purpose: it can only be longer, and the services
 * do not tell the moment of delivery exactly. A deadline errs on the early side.
 */
export const DEFAULT_LIMITS: readonly MarketplaceLimit[] = [
  {
    channel: "wildberries.chat",
    minutes: 10 * 24 * 60,
    anchor: "unanswered",
    source: "Wildberries API, buyers chat: answer recommended within 10 days",
    checkedOn: "2026-11-21",
  },
  {
    channel: "ozon.chat",
    minutes: 48 * 60,
    anchor: "last_buyer_message",
    source: "Ozon Seller API, chats: a reply is possible for 48 h after the buyer's last message (FBS/rFBS also until 72 h after delivery)",
    checkedOn: "2026-11-21",
  },
];

/** How a channel's limit counts is the marketplace's nature, not a setting. */
export const anchorOf = (channel: string): MarketplaceLimit["anchor"] => DEFAULT_LIMITS.find((limit) => limit.channel === channel)?.anchor ?? "unanswered";

/** The workspace's own figures in place of the defaults, ordered by channel. */
export function mergeLimits(own: readonly Omit<MarketplaceLimit, "anchor">[]): MarketplaceLimit[] {
  const changed = new Set(own.map(({ channel }) => channel));
  return [...DEFAULT_LIMITS.filter(({ channel }) => !changed.has(channel)), ...own.map((limit) => ({ ...limit, anchor: anchorOf(limit.channel) }))].sort(
    (a, b) => (a.channel < b.channel ? -1 : 1),
  );
}
