import { gateway } from "./errors";
import type { Operation } from "./operation";
import type { WbState } from "./state";
import type { Category } from "./token";

/** A host lets a token in by its category; common-api takes any. */
const HOSTS: Readonly<Record<string, Category | null>> = {
  "common-api": null,
  "buyer-chat-api": "chat",
  "feedbacks-api": "feedbacks",
  "finance-api": "finance",
  "content-api": "content",
  "marketplace-api": "marketplace",
  "discounts-prices-api": "prices",
  "statistics-api": "statistics",
};

export function accountOperations(state: WbState): Operation[] {
  const pings = Object.entries(HOSTS).map(
    ([host, category]): Operation => ({
      category,
      isWrite: false,
      group: `ping ${host}`,
      usual: [3, 10],
      base: [3, 10],
      method: "GET",
      host,
      path: "/ping",
      answer: () => ({ TS: moscow(state.host.clock.nowMs()), Status: "OK" }),
    }),
  );
  return [
    ...pings,
    {
      category: null,
      isWrite: false,
      group: "seller-info",
      usual: [10, 60],
      base: [1, 86_400],
      method: "GET",
      host: "common-api",
      path: "/api/v1/seller-info",
      answer: ({ seller }) => ({ name: seller.name, sid: seller.sid, tin: seller.tin, tradeMark: seller.tradeMark }),
    },
  ];
}

function moscow(ms: number): string {
  return `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`;
}

export function pathNotFound(state: WbState) {
  return gateway(404, "Please consult https://openapi.wildberries.ru", state.host.clock.now().toISOString());
}
