import { bubbleOf, composerOf, startChat, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("the inbox works without a mouse", async ({ page, desk, api }) => {
  const older = await startChat(desk, api, unique("Старый вопрос"));
  const newer = await startChat(desk, api, unique("Новый вопрос"));
  const chosen = (conversationId: string) => expect(page.locator(`[data-conversation="${conversationId}"]`)).toHaveAttribute("aria-selected", "true");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  // The page can be read before it can listen.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await expect(page).toHaveURL(/\/inbox/, { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("option").first()).toBeVisible();

  await page.keyboard.press("j");
  await chosen(newer.conversationId);
  await page.keyboard.press("j");
  await chosen(older.conversationId);
  await page.keyboard.press("k");
  await chosen(newer.conversationId);

  await expect(composerOf(page)).toBeVisible();
  await page.keyboard.press("r");
  await expect(composerOf(page)).toBeFocused();
  const text = unique("Отвечаю с клавиатуры jk/e");
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
  await expect(bubbleOf(page, text)).toContainText(/Accepted|Delivered/);
  await page.keyboard.press("Escape");
  await expect(composerOf(page)).not.toBeFocused();
  await chosen(newer.conversationId);

  await page.keyboard.press("e");
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search messages and orders" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByText("No conversation chosen")).toBeVisible();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("Control+k");
  const commands = page.getByRole("dialog", { name: "Commands" });
  await commands.getByRole("combobox").fill("sales");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sales$/);
});
