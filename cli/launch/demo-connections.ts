import { z } from "zod";
import { LaunchProblem } from "./problem";

/** The sellers of the sandbox's scenarios (sandbox/README.md). Good for the simulators only. */
const OZON = { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" } as const;
const ROZETKA = { login: "shop@karavan.example", password: "Пароль-1086" } as const;
const HEPSIBURADA = {
  merchantId: "6fc6d90d-ee1d-4372-b3a6-264b12750001",
  serviceKey: "Sandbox00001",
  userAgent: "mutfak_dev",
  environment: "production",
  ownCarrier: "no",
  webhookUser: "karavan",
  webhookPassword: "sandbox-webhook",
} as const;
const SHOPIFY = {
  shop: "karavan-demo.myshopify.com",
  clientId: "5a0d0b0c000000000000000000000001",
  clientSecret: "shpss_sandbox00000000000000000000001",
} as const;
const YANDEX_KEY = "ACMA:SandboxSandboxSandboxSandboxSandboxSandb:7100210a";

/** One shop of the demo: how it is connected, and how a person enters its push address in the marketplace's cabinet. */
export interface DemoShop {
  readonly connectorId: string;
  readonly name: string;
  readonly streams: readonly ("chats" | "questions" | "reviews" | "sales" | "products" | "orders")[];
  credentials(sandboxUrl: string): Promise<Readonly<Record<string, string>>>;
  readonly registerPush?: (sandboxUrl: string, url: string) => Promise<Response>;
}

const OZON_PUSHES = [
  ...["TYPE_NEW_MESSAGE", "TYPE_UPDATE_MESSAGE", "TYPE_MESSAGE_READ", "TYPE_CHAT_CLOSED"],
  ...["TYPE_NEW_POSTING", "TYPE_POSTING_CANCELLED", "TYPE_STATE_CHANGED", "TYPE_FBO_POSTING_NEW", "TYPE_FBO_POSTING_CANCELLED"],
  ...["TYPE_FBO_POSTING_STATE_CHANGED", "TYPE_STOCKS_CHANGED"],
];

const asJson = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

/** A push type goes to one address only, so a second start moves the address that is there. */
async function registerOzonPush(sandboxUrl: string, url: string): Promise<Response> {
  const call = (method: string, body: unknown) =>
    asJson(`${sandboxUrl}/ozon/v1/notification/${method}`, body, { "client-id": OZON.clientId, "api-key": OZON.apiKey });
  const { urls } = z.object({ urls: z.array(z.object({ id: z.union([z.string(), z.number()]) })) }).parse(await (await call("list", {})).json());
  const [known] = urls;
  return known === undefined ? call("set", { url, types: OZON_PUSHES }) : call("update", { id: known.id, url, types: OZON_PUSHES });
}

export const DEMO_SHOPS: readonly DemoShop[] = [
  {
    connectorId: "ozon",
    name: "Ozon · demo",
    streams: ["products", "orders", "chats", "questions", "reviews", "sales"],
    credentials: () => Promise.resolve({ ...OZON }),
    registerPush: registerOzonPush,
  },
  {
    connectorId: "wildberries",
    name: "Wildberries · demo",
    streams: ["products", "orders", "chats", "questions", "reviews", "sales"],
    async credentials(sandboxUrl) {
      const response = await asJson(`${sandboxUrl}/_control/wildberries/makeToken`, {});
      return z.object({ result: z.object({ token: z.string() }) }).parse(await response.json()).result;
    },
  },
  {
    connectorId: "yandex-market",
    name: "Яндекс Маркет · demo",
    streams: ["products", "orders", "chats", "questions", "reviews", "sales"],
    credentials: () => Promise.resolve({ apiKey: YANDEX_KEY, businessId: "" }),
    registerPush: (sandboxUrl, url) => asJson(`${sandboxUrl}/_control/yandex-market/registerNotifications`, { url }),
  },
  {
    connectorId: "rozetka",
    name: "Rozetka · demo",
    streams: ["products", "orders", "chats", "sales"],
    credentials: () => Promise.resolve({ ...ROZETKA }),
  },
  {
    connectorId: "hepsiburada",
    name: "Hepsiburada · demo",
    streams: ["products", "orders", "questions", "sales"],
    credentials: () => Promise.resolve({ ...HEPSIBURADA }),
    registerPush: (sandboxUrl, url) =>
      asJson(`${sandboxUrl}/_control/hepsiburada/setWebhook`, { url, user: HEPSIBURADA.webhookUser, password: HEPSIBURADA.webhookPassword }),
  },
  {
    connectorId: "shopify",
    name: "Shopify · demo",
    streams: ["products", "orders", "sales"],
    credentials: () => Promise.resolve({ ...SHOPIFY }),
    registerPush: (sandboxUrl, url) => asJson(`${sandboxUrl}/_control/shopify/subscribe`, { uri: url }),
  },
];

/** @throws LaunchProblem when the simulated marketplace does not take the address. */
export async function registerPush(shop: DemoShop, sandboxUrl: string, url: string): Promise<void> {
  const response = await shop.registerPush?.(sandboxUrl, url);
  if (response?.ok === false) throw new LaunchProblem(`The simulated ${shop.name} did not accept the push address: ${(await response.text()).slice(0, 300)}`);
}
