import { createApi } from "../../fixtures/api";
import { bubbleOf, composerOf, openThread, startChat, unique } from "../../fixtures/inbox";
import { bellOf } from "../../fixtures/notices";
import { expect, test } from "../../fixtures/test";

test("a conversation is handed over, its new owner is told, asks back in a note, and the asked one is told", async ({
  page,
  openBrowser,
  desk,
  api,
  cast,
  appUrl,
}) => {
  const colleagueApi = createApi(appUrl, cast.shop.operator.cookie);
  await Promise.all([api.notifications.markAllRead.mutate(), colleagueApi.notifications.markAllRead.mutate()]);
  const { chatId, conversationId } = await startChat(desk, api, unique("Можно поменять цвет?"));
  const colleague = await openBrowser("operator");
  await colleague.goto("/settings/profile");
  await expect(bellOf(colleague)).toBeVisible();

  await openThread(page, conversationId);
  await page.keyboard.press("a");
  await page.getByRole("combobox", { name: "Find a person or team" }).fill("Test operator");
  await page.getByRole("option", { name: /^Test operator/ }).click();
  await expect(page.getByRole("button", { name: "Assigned to: Test operator" })).toBeVisible();

  await bellOf(colleague).click();
  const told = colleague.getByRole("dialog", { name: "Notifications" }).getByRole("listitem").filter({ hasText: "Assigned to you" }).first();
  await expect(told).toContainText("Demo");
  await told.getByRole("link").click();
  await expect(colleague).toHaveURL(new RegExp(`conversation=${conversationId}`));
  await expect(colleague.getByRole("log").getByRole("listitem").first()).toBeVisible();

  // Its owner alone hears of what the buyer writes from now on.
  const more = unique("Хочу синий");
  await desk.ozon.pushBuyerMessage({ chatId, text: more });
  await expect(bubbleOf(colleague, more)).toBeVisible();

  await page.goto("/settings/profile");
  await colleague.keyboard.press("n");
  const note = colleague.getByRole("textbox", { name: "Note to the team" });
  await expect(note).toBeFocused();
  await note.pressSequentially("@");
  await colleague.getByRole("listbox").getByRole("option").filter({ hasNotText: "Test operator" }).first().waitFor();
  const { name } = await api.access.session.me.query();
  await note.pressSequentially(name.slice(0, 4));
  await colleague.getByRole("option", { name }).click();
  const question = unique("есть ли синий на складе?");
  await note.pressSequentially(question);
  await note.press("Control+Enter");

  await bellOf(page).click();
  const asked = page.getByRole("dialog", { name: "Notifications" }).getByRole("listitem").filter({ hasText: question });
  await expect(asked).toContainText("Test operator mentions you");
  await asked.getByRole("link").click();
  await expect(page.getByRole("log").getByRole("listitem").filter({ hasText: question })).toContainText("seen only by the team");
  const mine = (await api.notifications.list.query({ limit: 100 })).notices.filter((notice) => notice.conversationId === conversationId);
  expect(mine.filter((notice) => notice.params.preview === more)).toEqual([]);
});

test("a reply the marketplace refuses is told to whoever wrote it, wherever they are by then", async ({ page, desk, api }) => {
  await api.notifications.markAllRead.mutate();
  const { chatId, conversationId } = await startChat(desk, api, unique("Успеете ответить?"));
  await openThread(page, conversationId);
  const text = unique("Конечно, успеем");
  await composerOf(page).fill(text);
  await composerOf(page).press("Control+Enter");
  // Ten seconds lie between pressing and leaving; in them the marketplace closes the chat.
  await expect(bubbleOf(page, text)).toContainText("Leaves in");
  await desk.ozon.closeChat({ chatId });
  await page.goto("/settings/profile");
  await expect(async () => {
    const { notices } = await api.notifications.list.query({});
    expect(notices.some((notice) => notice.kind === "send_failed" && notice.conversationId === conversationId)).toBe(true);
  }).toPass({ timeout: 60_000 });
  await bellOf(page).click();
  await page.getByRole("dialog", { name: "Notifications" }).getByRole("listitem").filter({ hasText: "Not delivered" }).first().getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`conversation=${conversationId}`));
  await expect(bubbleOf(page, text)).toContainText("Not sent");
});
