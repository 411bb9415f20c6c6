import { expectAccessible } from "../../fixtures/accessibility";
import { startChat, unique } from "../../fixtures/inbox";
import { bellOf, countRings, gotoListening, ringsOf } from "../../fixtures/notices";
import { expect, test } from "../../fixtures/test";

const panelOf = (page: Parameters<typeof bellOf>[0]) => page.getByRole("dialog", { name: "Notifications" });

test("a buyer's message is told on another page, leads to its conversation and is read by looking at it", async ({ page, desk, api }) => {
  await api.notifications.markAllRead.mutate();
  await gotoListening(page, "/settings/profile");
  await expect(bellOf(page)).toHaveAccessibleName("Notifications");
  const text = unique("Подскажите, есть ли чехол в комплекте?");
  // The card at the top comes by itself and goes by itself.
  const card = page.getByText(text).waitFor();
  const { conversationId } = await startChat(desk, api, text);
  await card;
  await expect(bellOf(page)).toHaveAccessibleName("Notifications, 1 unread");
  await expect(page).toHaveTitle(/^\(1\) /);

  await bellOf(page).click();
  const row = panelOf(page).getByRole("region", { name: "Today" }).getByRole("listitem").filter({ hasText: text });
  await expect(row).toContainText("unread");
  await expectAccessible(page);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`conversation=${conversationId}`));
  await expect(panelOf(page)).toHaveCount(0);
  await expect(bellOf(page)).toHaveAccessibleName("Notifications");
  await expect(page).not.toHaveTitle(/^\(/);
  expect((await api.notifications.unread.query()).unread).toBe(0);
});

test("opening a conversation reads what was told of it, and what comes while it is looked at leaves nothing unread", async ({ page, desk, api }) => {
  const states = async (conversationId: string) => {
    const { notices } = await api.notifications.list.query({ limit: 100 });
    return notices.filter((notice) => notice.conversationId === conversationId).map(({ readAt }) => (readAt === null ? "unread" : "read"));
  };
  const { chatId, conversationId } = await startChat(desk, api, unique("Здравствуйте"));
  await expect.poll(() => states(conversationId)).toEqual(["unread"]);
  await page.goto(`/inbox?view=all&conversation=${conversationId}`);
  await expect.poll(() => states(conversationId)).toEqual(["read"]);

  const text = unique("Ещё вопрос по размеру");
  await desk.ozon.pushBuyerMessage({ chatId, text });
  await expect(page.getByRole("log").getByText(text)).toBeVisible();
  // Told of a later message elsewhere, the one before has been told as well, or, since it is looked at, not at all.
  const later = await startChat(desk, api, unique("Другой покупатель"));
  await expect.poll(() => states(later.conversationId)).toEqual(["unread"]);
  await expect.poll(async () => (await states(conversationId)).includes("unread")).toBe(false);
});

test("many tabs are one connection, one ring and one count", async ({ page, context, desk, api }) => {
  await api.notifications.markAllRead.mutate();
  await countRings(context);
  const streams: string[] = [];
  context.on("request", (request) => (request.url().includes("notifications.live") ? streams.push(request.url()) : undefined));
  const tabs = [page, ...(await Promise.all(Array.from({ length: 3 }, () => context.newPage())))];
  for (const tab of tabs) {
    await tab.goto("/settings/profile");
    await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
    await tab.getByRole("heading", { level: 1 }).click();
  }
  const text = unique("Сколько стоит доставка?");
  await startChat(desk, api, text);
  for (const tab of tabs) await expect(bellOf(tab)).toHaveAccessibleName("Notifications, 1 unread");
  await expect.poll(async () => (await Promise.all(tabs.map(ringsOf))).reduce((sum, rings) => sum + rings, 0)).toBe(1);
  expect(streams).toHaveLength(1);

  // The tab with the stream goes; another has it at once, and what is read in one is read in all.
  await page.close();
  const left = tabs.slice(1);
  await expect.poll(() => streams.length).toBe(2);
  const [first] = left;
  if (first === undefined) throw new Error("there are three tabs left");
  await bellOf(first).click();
  await panelOf(first).getByRole("button", { name: "Mark all as read" }).click();
  for (const tab of left) await expect(bellOf(tab)).toHaveAccessibleName("Notifications");
});

test("the list opens from the keyboard and gives the focus back", async ({ page, desk, api }) => {
  await startChat(desk, api, unique("Вопрос с клавиатуры"));
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(panelOf(page)).toBeVisible();
  await page.getByRole("button", { name: "Unread", exact: true }).press("Enter");
  await expect(panelOf(page).getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panelOf(page)).toHaveCount(0);
  await expect(bellOf(page)).toBeFocused();
});
