import type { Page } from "@playwright/test";
import type { SandboxControl } from "@/sandbox/control/client";
import { SECOND_API_KEY, SECOND_CLIENT_ID } from "@/server/integrations/connectors/ozon/sandbox";
import { unique } from "../../fixtures/inbox";
import { tableOf } from "../../fixtures/page-checks";
import { readRuntime } from "../../fixtures/runtime";
import { watchForSecrets } from "../../fixtures/secrets";
import { expect, test } from "../../fixtures/test";

// One shop from its first key to its removal; each test goes on where the one before ended.
test.describe.configure({ mode: "serial" });

const name = unique("Ozon Соколова");
let address = "";
let webhook = "";

const badge = (page: Page) => page.getByRole("heading", { level: 1 });
const number = (text: string) => Number(text.replaceAll(/\D/g, ""));

test("keys are tested before they are saved, and what is wrong is said in words", async ({ page, desk }) => {
  const secrets = watchForSecrets(page, [SECOND_API_KEY]);
  await page.goto("/integrations");
  await page.getByRole("link", { name: "Add connection" }).click();
  await page.getByRole("combobox", { name: "System" }).click();
  await page.getByRole("option", { name: "Ozon" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Client-Id").fill(SECOND_CLIENT_ID);
  await page.getByLabel("Api-Key").fill("00000000-0000-4000-8000-00000000dead");
  expect(await page.getByLabel("Api-Key").getAttribute("type")).toBe("password");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The connection does not work" })).toContainText("The service rejects the key");

  await desk.ozon.setRoles({ clientId: SECOND_CLIENT_ID, roles: ["chats", "seller"] });
  try {
    await page.getByLabel("Api-Key").fill(SECOND_API_KEY);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByText(/Sales: needs/)).toBeVisible();
  } finally {
    await desk.ozon.setRoles({ clientId: SECOND_CLIENT_ID, roles: ["admin"] });
  }
  await page.getByRole("button", { name: "Test connection" }).click();
  const good = page.getByRole("status").filter({ hasText: "Connection successful" });
  await expect(good).toContainText("Соколова");
  await expect(good).toContainText("key valid until");

  await page.getByRole("button", { name: "Add connection" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  address = new URL(page.url()).pathname;
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("stored: …2006", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Api-Key")).toHaveValue("");
  await page.goto("/integrations");
  await expect(page.getByRole("link", { name })).toBeVisible();
  expect(secrets.read()).toBeGreaterThan(10);
  expect(await secrets.leaks()).toEqual([]);
});

test("the first synchronisation counts every record, and a second one repeats none", async ({ page, desk, api }) => {
  await page.goto(address);
  const runs = tableOf(page, "Runs");
  const ended = (stream: string, trigger: RegExp) =>
    runs.getByRole("row").filter({ hasText: stream }).filter({ hasText: trigger }).filter({ hasText: "Succeeded" });
  const figures = async (stream: string, trigger: RegExp) => (await ended(stream, trigger).first().getByRole("cell").allInnerTexts()).slice(3, 8).map(number);
  for (const stream of ["Chats", "Sales", "Products"]) {
    await expect(ended(stream, /./).first()).toBeVisible({ timeout: 60_000 });
    const [received, ...parts] = await figures(stream, /./);
    expect(received, `${stream}: received = applied + duplicate + rejected + set aside`).toBe(parts.reduce((sum, part) => sum + part, 0));
  }
  const { accruals } = await desk.ozon.books({ clientId: SECOND_CLIENT_ID });
  expect(accruals).toBeGreaterThan(0);
  const lines = async () => {
    const { conversations } = await api.inbox.list.query({ connectionIds: [address.split("/").at(-1) ?? ""], limit: 100 });
    const sales = await api.sales.list.query({ connectionIds: [address.split("/").at(-1) ?? ""], limit: 500 });
    return { conversations: conversations.length, sales: sales.lines.length };
  };
  const before = await lines();
  expect(before.conversations).toBeGreaterThan(0);
  expect(before.sales).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Sync 30 days" }).click();
  await expect(page.getByText("Synchronisation started")).toBeVisible();
  await expect(async () => {
    const [received, applied, duplicate] = await figures("Sales", /by hand/);
    expect(received).toBeGreaterThan(0);
    expect([applied, duplicate]).toEqual([0, received]);
  }).toPass({ timeout: 60_000 });
  expect(await lines()).toEqual(before);
});

/** An earlier run on the same stack may have left its address with the service. */
async function forgetPushes(desk: SandboxControl): Promise<void> {
  for (const { id } of await desk.ozon.pushEndpoints({ clientId: SECOND_CLIENT_ID })) {
    const answer = await fetch(`${readRuntime().sandboxUrl}/ozon/v1/notification/delete`, {
      method: "POST",
      headers: { "client-id": SECOND_CLIENT_ID, "api-key": SECOND_API_KEY, "content-type": "application/json" },
      body: JSON.stringify({ id }),
    });
    expect(answer.ok).toBe(true);
  }
}

test("an address for pushes is shown once, and the service accepts it", async ({ page, desk }) => {
  await page.goto(`${address}?tab=webhooks`);
  await page.getByRole("button", { name: "Create address" }).click();
  const shown = page.getByRole("status").filter({ hasText: "Shown only now" }).locator("code");
  await expect(shown).toContainText("/api/integrations/webhook/ozon/");
  webhook = (await shown.textContent()) ?? "";
  await forgetPushes(desk);
  await desk.ozon.registerPush({ clientId: SECOND_CLIENT_ID, url: webhook });
  await desk.ozon.addChat({ clientId: SECOND_CLIENT_ID, text: unique("Толчок") });
  await expect(page.getByRole("cell", { name: "TYPE_NEW_MESSAGE" }).first()).toBeVisible();

  await page.reload();
  await expect(page.getByText("An address exists; it was shown when it was made")).toBeVisible();
  expect(await page.content()).not.toContain(webhook.split("/").at(-1) ?? "");
});

test("forged, garbled and oversized pushes are refused without telling anything", async ({ request, desk, api }) => {
  const post = (url: string, data: string | Buffer) => request.post(url, { data, headers: { "content-type": "application/json" } });
  const chats = await desk.ozon.chats({ clientId: SECOND_CLIENT_ID });
  const chatId = chats[0]?.chatId ?? "";
  const push = (changes: Record<string, unknown>) =>
    JSON.stringify({
      message_type: "TYPE_NEW_MESSAGE",
      seller_id: SECOND_CLIENT_ID,
      chat_id: chatId,
      chat_type: "Buyer_Seller",
      message_id: "1",
      user: { id: "1", type: "Сustomer" },
      data: ["Поддельное сообщение"],
      ...changes,
    });
  const wrongToken = `${webhook.slice(0, webhook.lastIndexOf("/"))}/${"x".repeat(43)}`;
  const unknown = await post(wrongToken, push({}));
  expect(unknown.status()).toBe(404);
  expect((await post(wrongToken, "{{{")).status()).toBe(404);
  const foreign = await post(webhook, push({ seller_id: "1005001" }));
  expect(foreign.status()).toBe(403);
  const garbled = await post(webhook, "{{{");
  expect(garbled.status()).toBe(400);
  const large = await post(webhook, push({ data: ["я".repeat(400_000)] }));
  expect(large.status()).toBe(413);
  expect((await request.get(webhook)).status()).toBe(405);
  expect((await post("/api/integrations/webhook/nobody/x", push({}))).status()).toBe(404);
  for (const answer of [unknown, foreign, garbled, large]) {
    const text = await answer.text();
    expect(text).not.toContain(SECOND_CLIENT_ID);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|prisma|postgres|\bat \w+ \(/i);
  }

  // Well-formed and addressed right: still only a hint. What it claims is read from the service, where nobody wrote it.
  expect((await post(webhook, push({}))).ok()).toBe(true);
  await expect
    .poll(async () => {
      const { deliveries } = await api.integrations.deliveries.list.query({ connectionId: address.split("/").at(-1) ?? "" });
      return deliveries.some((delivery) => delivery.status === "stored");
    })
    .toBe(false);
  expect((await api.inbox.search.query({ query: "Поддельное" })).hits).toEqual([]);
});

test("a revoked key shows in words here and on Home, and a restored one mends it", async ({ page, desk }) => {
  await desk.ozon.revokeKey({ clientId: SECOND_CLIENT_ID });
  try {
    await page.goto(address);
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(badge(page)).toContainText("Key rejected");
    await expect(page.getByText("Enter a new one.").first()).toBeVisible();
    await expect(page.getByText("Replies wait until a new key is entered")).toBeVisible();
    await page.goto("/");
    const line = page.getByRole("link", { name: new RegExp(`^${name}.*Key rejected`) });
    await expect(line).toBeVisible();
    await line.click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
  } finally {
    await desk.ozon.revokeKey({ clientId: SECOND_CLIENT_ID, active: true });
  }
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(badge(page)).toContainText("Working");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  await expect(page.getByText("Shops")).toBeVisible();
  await expect(page.getByText("Key rejected")).toHaveCount(0);
});

test("the call log shows what was asked, without the key", async ({ page }) => {
  const secrets = watchForSecrets(page, [SECOND_API_KEY]);
  await page.goto(`${address}?tab=calls`);
  await page.getByRole("searchbox", { name: /Search endpoint/ }).fill("roles");
  await page
    .getByRole("button", { name: /v1\/roles/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByText("Answer")).toBeVisible();
  expect(await secrets.leaks()).toEqual([]);
});

test("a removed connection is gone; its conversations and sales stay", async ({ page, api }) => {
  const id = address.split("/").at(-1) ?? "";
  const before = (await api.sales.list.query({ connectionIds: [id], limit: 500 })).lines.length;
  await page.goto(`${address}?tab=settings`);
  await page.getByRole("button", { name: "Remove connection" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/integrations$/);
  await expect(page.getByRole("link", { name: "Ozon · demo" })).toBeVisible();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
  expect((await api.sales.list.query({ connectionIds: [id], limit: 500 })).lines).toHaveLength(before);
});
