import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { bubbleOf, composerOf, conversationOf, openThread, startChat, timesSent, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

const ARRIVED = /Accepted|Delivered|Read/;
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

test("an answer shows at once, is accepted, and stands at the marketplace exactly once", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Можно стирать?"));
  await openThread(page, conversationId);
  const text = unique("Да, при тридцати градусах.");
  await composerOf(page).fill(text);
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(composerOf(page)).toHaveValue("");
  const bubble = bubbleOf(page, text);
  await expect(bubble).toContainText(/Queued|Sending|Accepted|Delivered/);
  await expect(bubble).toContainText(ARRIVED);
  await expect(bubble).toHaveCount(1);
  expect(await timesSent(desk, text)).toBe(1);
  await page.reload();
  await expect(bubble).toContainText(ARRIVED);
  await expect(bubble).toHaveCount(1);
});

test("Ctrl+Enter sends; two quick answers arrive in their order", async ({ page, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Два вопроса"));
  await openThread(page, conversationId);
  const [first, second] = [unique("Первое"), unique("Второе")];
  for (const text of [first, second]) {
    await composerOf(page).fill(text);
    await composerOf(page).press("Control+Enter");
  }
  for (const text of [first, second]) await expect(bubbleOf(page, text)).toContainText(ARRIVED);
  const ours = (await desk.ozon.messages({ chatId })).filter((message) => message.via === "api").map((message) => message.text);
  expect(ours).toEqual([first, second]);
});

test("a file goes to the marketplace once; one it does not take stays here", async ({ page, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Пришлите фото"));
  await openThread(page, conversationId);
  const choose = page.locator('input[type="file"]');
  await choose.setInputFiles({ name: "virus.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
  await expect(page.getByRole("region", { name: "Notifications" }).getByText("The marketplace does not take this kind of file").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove the file" })).toHaveCount(0);
  // A failure stays until it is closed, and lies over the composer's corner.
  await page.getByRole("region", { name: "Notifications" }).getByLabel("Close").click();

  await choose.setInputFiles({ name: "plaid.png", mimeType: "image/png", buffer: PIXEL });
  await expect(page.getByRole("button", { name: "Remove the file" })).toBeVisible();
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page.getByRole("log").getByRole("listitem").filter({ hasText: "We:" }).last()).toContainText(ARRIVED);
  const ours = (await desk.ozon.messages({ chatId })).filter((message) => message.via === "api");
  expect(ours).toHaveLength(1);
});

test("a text over the channel's limit cannot be sent and says by how much", async ({ page, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Расскажите подробнее"));
  await openThread(page, conversationId);
  await composerOf(page).fill("я".repeat(1_003));
  await expect(page.getByText("3 characters too many")).toBeVisible();
  const send = page.getByRole("button", { name: /^Send/ });
  await expect(send).toBeDisabled();
  await composerOf(page).press("Control+Enter");
  await expect(composerOf(page)).toHaveValue(/я{1003}/);
  await composerOf(page).fill("я".repeat(1_000));
  await expect(send).toBeEnabled();
  expect((await desk.ozon.messages({ chatId })).filter((message) => message.via === "api")).toHaveLength(0);
});

const closed = [
  { what: "48 hours after the buyer's last word (FBO)", chat: SMALL.fboExpired, reason: "48 hours have passed" },
  { what: "72 hours after delivery (FBS)", chat: SMALL.fbsExpired, reason: "72 hours have passed since delivery" },
  { what: "in a chat the marketplace has closed", chat: SMALL.closed, reason: "The marketplace has closed this chat" },
] as const;

for (const { what, chat, reason } of closed) {
  test(`writing is closed ${what}, and the page says why`, async ({ page, api }) => {
    await openThread(page, await conversationOf(api, chat));
    await expect(page.getByText("Writing is closed")).toBeVisible();
    await expect(page.getByText(reason)).toBeVisible();
    await expect(composerOf(page)).toHaveCount(0);
  });
}

test("a window that closes soon tells until when", async ({ page, api }) => {
  await openThread(page, await conversationOf(api, SMALL.open));
  await expect(page.getByText(/You can write until/)).toBeVisible();
});

test("closing at the marketplace closes the composer while it is looked at", async ({ page, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Пока всё"));
  await openThread(page, conversationId);
  await expect(composerOf(page)).toBeVisible();
  await desk.ozon.closeChat({ chatId });
  await expect(page.getByText("The marketplace has closed this chat")).toBeVisible();
  await expect(composerOf(page)).toHaveCount(0);
});

test("without the subscription for replies nothing can be written, and the reason is named", async ({ page, desk, api, seed }) => {
  const { conversationId } = await startChat(desk, api, unique("Подписка"));
  try {
    await desk.ozon.setSubscription({ subscription: "PREMIUM" });
    await api.integrations.test.mutate({ id: seed.connectionId });
    await openThread(page, conversationId);
    await expect(page.getByText("Ozon needs Premium Plus or Premium Pro")).toBeVisible();
    await expect(composerOf(page)).toHaveCount(0);
  } finally {
    await desk.ozon.setSubscription({ subscription: "PREMIUM_PLUS" });
    await api.integrations.test.mutate({ id: seed.connectionId });
  }
  await page.reload();
  await expect(composerOf(page)).toBeVisible();
});

test("answers whose receipt is lost are settled from history and never sent twice", async ({ page, desk, api }) => {
  const lost: { readonly text: string; readonly conversationId: string }[] = [];
  try {
    for (const kind of ["drop-after-accept", "error-after-accept"] as const) {
      const { conversationId } = await startChat(desk, api, unique("Обрыв"));
      await openThread(page, conversationId);
      await desk.ozon.fail({ kind, match: "chat/send/message" });
      const text = unique("Отправили сегодня");
      await composerOf(page).fill(text);
      await composerOf(page).press("Control+Enter");
      await expect(bubbleOf(page, text)).toContainText(/Outcome unknown|Accepted|Delivered/);
      lost.push({ text, conversationId });
    }
    for (const { text, conversationId } of lost) {
      await openThread(page, conversationId);
      // The history is asked once the marketplace has had the time to show the message there: that is the wait here.
      await expect(bubbleOf(page, text)).toContainText(ARRIVED, { timeout: 60_000 });
      expect(await timesSent(desk, text)).toBe(1);
    }
  } finally {
    await desk.ozon.clearFaults();
  }
});

test("an answer the marketplace never took is sent again by itself, once", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Лимит"));
  await openThread(page, conversationId);
  await desk.ozon.fail({ kind: "rate-limit", match: "chat/send/message", retryAfterSeconds: 1 });
  try {
    const text = unique("Сейчас проверим");
    await composerOf(page).fill(text);
    await composerOf(page).press("Control+Enter");
    await expect(bubbleOf(page, text)).toContainText(ARRIVED, { timeout: 60_000 });
    expect(await timesSent(desk, text)).toBe(1);
  } finally {
    await desk.ozon.clearFaults();
  }
});

test("a role that may only read sees why it cannot write, and no box to try it in", async ({ openBrowser, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Только читать"));
  const reader = await openBrowser("read_only");
  await openThread(reader, conversationId);
  await expect(reader.getByText("Your role may read conversations but not reply.")).toBeVisible();
  await expect(composerOf(reader)).toHaveCount(0);
  await expect(reader.getByRole("button", { name: "Resolve", exact: true })).toHaveCount(0);
});
