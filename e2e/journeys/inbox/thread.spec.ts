import type { Page } from "@playwright/test";
import { expectAccessible } from "../../fixtures/accessibility";
import { bubbleOf, composerOf, openThread, startChat, timesSent, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";
import { until } from "../../fixtures/until";

const log = (page: Page) => page.getByRole("log");
const news = (page: Page) => page.getByRole("region", { name: "Notifications" });

/** Not the one that sends past the guard. */
const sendButton = (page: Page) => page.getByRole("button", { name: /^Send(?! any)/ });

test("a message can be taken back before it leaves: by the button, and by the key", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Подождите"));
  await openThread(page, conversationId);
  const [first, second] = [unique("Отзываю кнопкой"), unique("Отзываю клавишей")];
  await composerOf(page).fill(first);
  await composerOf(page).press("Control+Enter");
  await expect(bubbleOf(page, first)).toContainText("Leaves in");
  await news(page).getByRole("button", { name: "Undo" }).click();
  await expect(composerOf(page)).toHaveValue(first);
  await expect(bubbleOf(page, first)).toContainText("Taken back before it left");

  await composerOf(page).fill(second);
  await composerOf(page).press("Control+Enter");
  await expect(composerOf(page)).toHaveValue("");
  await expect(news(page).getByText("Message on its way")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await expect(composerOf(page)).toHaveValue(second);
  expect([await timesSent(desk, first), await timesSent(desk, second)]).toEqual([0, 0]);
});

test("send and resolve sends, and leaves the conversation resolved", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Спасибо, всё ясно"));
  await openThread(page, conversationId);
  const text = unique("Пожалуйста!");
  await composerOf(page).fill(text);
  await composerOf(page).press("Control+Shift+Enter");
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await expect(bubbleOf(page, text)).toContainText(/Accepted|Delivered/);
  expect(await timesSent(desk, text)).toBe(1);
  expect((await api.inbox.thread.query({ conversationId })).conversation.status).toBe("resolved");
});

test("what is planned for later waits at the end of the thread, and comes back when it is taken back", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Напишите завтра"));
  await openThread(page, conversationId);
  const text = unique("Как и обещали");
  await composerOf(page).fill(text);
  await page.getByRole("button", { name: "Other ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  await page
    .getByRole("dialog", { name: "Send later" })
    .getByRole("button", { name: /Tomorrow morning/ })
    .click();
  await expect(bubbleOf(page, text)).toContainText(/Goes on/);
  await page.reload();
  await expect(bubbleOf(page, text)).toContainText(/Goes on/);
  await bubbleOf(page, text).getByRole("button", { name: "Take back" }).click();
  await expect(composerOf(page)).toHaveValue(text);
  expect(await timesSent(desk, text)).toBe(0);
});

test("the guard marks what the marketplace forbids, stops it, and offers a clean wording", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Как с вами связаться?"));
  await openThread(page, conversationId);
  await composerOf(page).fill("Звоните +7 912 345-67-89, ответим");
  const guard = page.getByRole("region", { name: "Moderation guard" });
  await expect(guard).toContainText("+7 912 345-67-89");
  await expect(sendButton(page)).toBeDisabled();
  await guard.getByRole("button", { name: "Use this wording" }).click();
  await expect(composerOf(page)).not.toHaveValue(/912/);
  await expect(guard).toHaveCount(0);
  await expect(sendButton(page)).toBeEnabled();
});

test("only an administrator can send past the guard, and has to say why", async ({ page, openBrowser, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Номер накладной"));
  const text = unique("Звоните +7 912 345-67-89");
  const operator = await openBrowser("operator");
  await openThread(operator, conversationId);
  await composerOf(operator).fill(text);
  await expect(operator.getByRole("region", { name: "Moderation guard" })).toBeVisible();
  await expect(operator.getByRole("button", { name: "Send anyway…" })).toHaveCount(0);
  await composerOf(operator).fill("");

  await openThread(page, conversationId);
  await composerOf(page).fill(text);
  await page.getByRole("button", { name: "Send anyway…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send past the guard?" });
  await expect(dialog.getByRole("button", { name: "Send anyway" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("номер службы доставки из заказа");
  await dialog.getByRole("button", { name: "Send anyway" }).click();
  await expect(bubbleOf(page, text)).toContainText(/Accepted|Delivered/);
  expect(await timesSent(desk, text)).toBe(1);
});

test("a draft waits on the server and is found in another browser; a note stays in the house", async ({ page, openBrowser, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Долгий вопрос"));
  await openThread(page, conversationId);
  const [draft, note] = [unique("Начало ответа"), unique("Постоянный покупатель")];
  await composerOf(page).fill(draft);
  await until("the draft on the server", async () =>
    (await api.inbox.drafts.list.query({ conversationId })).some(({ text }) => text === draft) ? true : undefined,
  );
  const elsewhere = await openBrowser("owner");
  await openThread(elsewhere, conversationId);
  await expect(composerOf(elsewhere)).toHaveValue(draft);

  await elsewhere.keyboard.press("n");
  const box = elsewhere.getByRole("textbox", { name: "Note to the team" });
  await expect(box).toBeFocused();
  await box.pressSequentially("@Test op");
  await elsewhere.getByRole("option", { name: "Test operator" }).click();
  await box.pressSequentially(note);
  await box.press("Control+Enter");
  await expect(log(elsewhere).getByRole("listitem").filter({ hasText: note })).toContainText("seen only by the team");
  await expect(log(page).getByRole("listitem").filter({ hasText: note })).toContainText("@Test operator");
  expect((await desk.ozon.messages({ chatId })).some((message) => JSON.stringify(message).includes(note))).toBe(false);
});

test("two people in one conversation see each other, and what the other changes", async ({ page, openBrowser, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Кто ответит?"));
  const operator = await openBrowser("operator");
  await openThread(page, conversationId);
  await openThread(operator, conversationId);
  await expect(page.getByRole("list", { name: "Also here now" }).getByRole("img", { name: /Test operator/ })).toBeVisible();
  await composerOf(operator).pressSequentially("Сейчас посмотрю");
  await expect(page.getByText("Test operator is typing a reply…")).toBeVisible();
  await operator.keyboard.press("Escape");
  await operator.keyboard.press("a");
  await operator.getByRole("option", { name: /Test operator \(you\)/ }).click();
  await expect(page.getByRole("button", { name: "Assigned to: Test operator" })).toBeVisible();
  await expect(log(page)).toContainText("Test operator takes the conversation");
  await composerOf(operator).fill("");
});

test("a template is found behind its sign, filled in, and never sent with a hole in it", async ({ page, desk, api }) => {
  const word = `t${crypto.randomUUID().slice(0, 6)}`;
  await api.replies.templates.save.mutate({
    title: `Приветствие ${word}`,
    shortcut: word,
    text: "Здравствуйте, {{buyer_name|уважаемый покупатель}}! Это {{agent_name}}. Заказ {{order_number}}.",
    channels: [],
    isShared: true,
  });
  const { conversationId } = await startChat(desk, api, unique("Вопрос"));
  const { conversation } = await api.inbox.thread.query({ conversationId });
  await openThread(page, conversationId);
  await composerOf(page).pressSequentially(`#${word}`);
  await expect(page.getByRole("option", { name: new RegExp(word) })).toBeVisible();
  await composerOf(page).press("Enter");
  await expect(composerOf(page)).toHaveValue(/Здравствуйте, .+! Это .+\. Заказ /);
  if (conversation.orderNumber !== null) await expect(composerOf(page)).toHaveValue(new RegExp(`Заказ ${conversation.orderNumber}`));
  await composerOf(page).fill("Заказ {{order_number}} в пути");
  await expect(page.getByText("Fill in what is marked")).toBeVisible();
  await expect(sendButton(page)).toBeDisabled();
  await composerOf(page).fill("");
});

test("snoozed until tomorrow and back again by undo; the thread passes the accessibility check in both states", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Отложим"));
  await openThread(page, conversationId);
  await expectAccessible(page);
  await page.keyboard.press("s");
  const picker = page.getByRole("dialog", { name: "Snooze" });
  await expect(picker).toBeVisible();
  await expectAccessible(page);
  await picker.getByRole("button", { name: /Tomorrow morning/ }).click();
  await expect(page.getByRole("button", { name: /Snoozed until/ })).toBeVisible();
  await news(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Snooze", exact: true })).toBeVisible();
  await until("open again", async () => ((await api.inbox.thread.query({ conversationId })).conversation.status === "open" ? true : undefined));
});
