import { z } from "zod";
import { LaunchProblem } from "./problem";

/** The sellers of the sandbox's scenarios (sandbox/README.md). Good for the simulators only. */
const OZON = { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" } as const;
const YANDEX_KEY = "ACMA:SandboxSandboxSandboxSandboxSandboxSandb:7100210a";

/** One shop of the demo: how it is connected, and how a person enters its push address in the marketplace's cabinet. */
export interface DemoShop {
  readonly connectorId: string;
  readonly name: string;
  readonly streams: readonly ("chats" | "questions" | "reviews" | "sales" | "products")[];
  credentials(sandboxUrl: string): Promise<Readonly<Record<string, string>>>;
  readonly registerPush?: (sandboxUrl: string, url: string) => Promise<Response>;
}

const asJson = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

export const DEMO_SHOPS: readonly DemoShop[] = [
  {
    connectorId: "ozon",
    name: "Ozon · demo",
    streams: ["products", "chats", "questions", "reviews", "sales"],
    credentials: () => Promise.resolve({ ...OZON }),
    registerPush: (sandboxUrl, url) =>
      asJson(
        `${sandboxUrl}/ozon/v1/notification/set`,
        { url, types: ["TYPE_NEW_MESSAGE", "TYPE_UPDATE_MESSAGE", "TYPE_MESSAGE_READ", "TYPE_CHAT_CLOSED"] },
        { "client-id": OZON.clientId, "api-key": OZON.apiKey },
      ),
  },
  {
    connectorId: "wildberries",
    name: "Wildberries · demo",
    streams: ["products", "chats", "questions", "reviews", "sales"],
    async credentials(sandboxUrl) {
      const response = await asJson(`${sandboxUrl}/_control/wildberries/makeToken`, {});
      return z.object({ result: z.object({ token: z.string() }) }).parse(await response.json()).result;
    },
  },
  {
    connectorId: "yandex-market",
    name: "Яндекс Маркет · demo",
    streams: ["products", "chats", "questions", "reviews", "sales"],
    credentials: () => Promise.resolve({ apiKey: YANDEX_KEY, businessId: "" }),
    registerPush: (sandboxUrl, url) => asJson(`${sandboxUrl}/_control/yandex-market/registerNotifications`, { url }),
  },
];

/** @throws LaunchProblem when the simulated marketplace does not take the address. */
export async function registerPush(shop: DemoShop, sandboxUrl: string, url: string): Promise<void> {
  const response = await shop.registerPush?.(sandboxUrl, url);
  if (response?.ok === false) throw new LaunchProblem(`The simulated ${shop.name} did not accept the push address: ${(await response.text()).slice(0, 300)}`);
}
