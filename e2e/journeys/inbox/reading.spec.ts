import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { bubbleOf, conversationOf, openThread, startChat, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("three panes stand side by side; on a phone one at a time", async ({ page, openBrowser, api }) => {
  const conversationId = await conversationOf(api, SMALL.long);
  await openThread(page, conversationId);
  await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
  await expect(page.getByRole("listbox", { name: "Conversations" })).toBeVisible();
  await expect(page.getByRole("log", { name: "Messages" })).toBeVisible();

  const phone = await openBrowser("owner", { viewport: { width: 390, height: 844 } });
  await openThread(phone, conversationId);
  await expect(phone.getByRole("listbox", { name: "Conversations" })).toBeHidden();
  await phone.getByRole("button", { name: "Back to the list" }).click();
  await expect(phone.getByRole("listbox", { name: "Conversations" })).toBeVisible();
  await expect(phone.getByRole("log")).toHaveCount(0);
});

test("a long thread begins at its end and brings older messages when scrolled up, by days", async ({ page, api }) => {
  await openThread(page, await conversationOf(api, SMALL.long));
  const log = page.getByRole("log");
  await expect(log.getByText("Сообщение 130", { exact: true })).toBeInViewport();
  await expect(log.getByText("Сообщение 1", { exact: true })).toHaveCount(0);
  await expect(async () => {
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await expect(log.getByText("Сообщение 1", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  for (let number = 1; number <= 130; number += 43) await expect(log.getByText(`Сообщение ${number}`, { exact: true })).toHaveCount(1);
});

test("messages of different days stand under their days", async ({ page, api }) => {
  await openThread(page, await conversationOf(api, SMALL.fbsExpired));
  const texts = await page.getByRole("log").getByRole("listitem").allInnerTexts();
  const day = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]+ \d+$/;
  const days = texts.filter((text) => day.test(text.trim()));
  expect(days.length).toBeGreaterThanOrEqual(2);
  expect(new Set(days).size).toBe(days.length);
});

test("view, search and shop live in the address and survive a reload", async ({ page, desk, api }) => {
  const word = unique("кашемир").replace(" ", "");
  const { conversationId } = await startChat(desk, api, `Подойдёт ли ${word} для кресла?`);
  await page.goto("/inbox");
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Waiting for a reply" }).click();
  await expect(page).toHaveURL(/view=waiting/);
  await page.getByRole("searchbox", { name: "Search messages and orders" }).fill(word);
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.locator(`[data-conversation="${conversationId}"]`)).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Waiting for a reply" })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search messages and orders" })).toHaveValue(word);
  await expect(page.getByRole("option")).toHaveCount(1);

  await page.getByRole("searchbox", { name: "Search messages and orders" }).fill(`${word}нетакого`);
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(page.getByRole("option").nth(1)).toBeVisible();
});

test("an order number finds its conversations", async ({ page, api }) => {
  const orderNumber = SMALL.postings.fbsOld.replace(/-1$/, "");
  await page.goto(`/inbox?view=all&q=${orderNumber}`);
  await expect(page.locator(`[data-conversation="${await conversationOf(api, SMALL.fbsExpired)}"]`)).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(1);
});

test("a picture of the buyer is shown through our own address", async ({ page, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Вот фото"));
  await openThread(page, conversationId);
  await desk.ozon.pushBuyerMessage({ chatId, image: true });
  const picture = page.getByRole("log").getByRole("img").first();
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0))).toBeGreaterThan(0);
  expect(await picture.getAttribute("src")).toMatch(/^\/api\/inbox\/attachments\//);
});

test("what a buyer writes is text, whatever it looks like", async ({ page, desk, api }) => {
  const text = unique('<img src=x onerror="window.taken=1"><script>window.taken=1</script> & <b>bold</b>');
  const { conversationId } = await startChat(desk, api, text);
  await openThread(page, conversationId);
  await expect(bubbleOf(page, text)).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, "taken"))).toBeUndefined();
});
