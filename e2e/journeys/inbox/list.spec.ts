import type { Page } from "@playwright/test";
import { expectAccessible } from "../../fixtures/accessibility";
import { startChat, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

const rowOf = (page: Page, conversationId: string) => page.locator(`[data-conversation="${conversationId}"]`);

test("filters are chips in the address, and a saved view keeps them", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Срочный вопрос"));
  await api.inbox.setPriority.mutate({ conversationId, priority: 4 });
  await page.goto("/inbox");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const picker = page.getByRole("dialog", { name: "Filter" });
  await picker.getByRole("option", { name: "Priority" }).click();
  await picker.getByRole("option", { name: "Urgent" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/priority=4/);
  await expect(rowOf(page, conversationId)).toBeVisible();
  await expect(page.getByRole("list", { name: "Filters in force" })).toContainText("PriorityUrgent");

  const name = unique("Срочное");
  await page.getByRole("button", { name: "Save as a view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/saved=[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await page.reload();
  await expect(rowOf(page, conversationId)).toBeVisible();
  await page.getByRole("button", { name: /Remove the filter Priority/ }).click();
  await expect(page.getByRole("button", { name: "Changed" })).toBeVisible();

  await page.getByRole("button", { name, exact: true }).hover();
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
});

test("several conversations are changed at once and brought back with one key", async ({ page, desk, api }) => {
  const older = await startChat(desk, api, unique("Первый из двух"));
  const newer = await startChat(desk, api, unique("Второй из двух"));
  await api.inbox.setPriority.mutate({ conversationId: older.conversationId, priority: 1 });
  await page.goto("/inbox");
  await rowOf(page, newer.conversationId).click();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  const bar = page.getByRole("region", { name: "Actions for the selected conversations" });
  await expect(bar).toContainText("2 selected");
  await expect(rowOf(page, older.conversationId)).toHaveAttribute("aria-checked", "true");

  await page.keyboard.press("p");
  await page.getByRole("menuitem", { name: "Urgent" }).click();
  await expect(page.getByText("Priority of 2 conversations changed")).toBeVisible();
  const priorityOf = async (conversationId: string) => (await api.inbox.thread.query({ conversationId })).conversation.priority;
  expect([await priorityOf(older.conversationId), await priorityOf(newer.conversationId)]).toEqual([4, 4]);
  await page.keyboard.press("z");
  await expect.poll(() => priorityOf(older.conversationId)).toBe(1);
  await expect.poll(() => priorityOf(newer.conversationId)).toBe(0);

  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("one conversation is taken, put among the unread and resolved from the keyboard", async ({ page, desk, api }) => {
  const next = await startChat(desk, api, unique("Следующий"));
  const { conversationId } = await startChat(desk, api, unique("Возьму себе"));
  const facts = async () => (await api.inbox.thread.query({ conversationId })).conversation;
  await page.goto("/inbox");
  await rowOf(page, conversationId).click();
  await expect(page.getByRole("log").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("i");
  await expect.poll(async () => (await facts()).assignee !== null).toBe(true);
  await page.keyboard.press("u");
  await expect.poll(async () => (await facts()).unread).toBe(true);
  await page.keyboard.press("Shift+E");
  await expect.poll(async () => (await facts()).status).toBe("resolved");
  await expect(rowOf(page, next.conversationId)).toHaveAttribute("aria-selected", "true");
});

test("a person's own keys count in every browser, and the sheet shows them", async ({ page, openBrowser, desk, api }) => {
  await startChat(desk, api, unique("Для своих клавиш"));
  await page.goto("/settings/shortcuts");
  await page.getByRole("button", { name: "Change the keys for “Next”" }).click();
  await page.keyboard.press("k");
  await expect(page.getByText("These keys now do: Previous")).toBeVisible();
  await page.keyboard.press("Control+Shift+N");
  await expect(page.getByText("The browser keeps these keys for itself.")).toBeVisible();
  await page.keyboard.press("v");
  await page.getByRole("button", { name: "Use these keys" }).click();
  await expect.poll(() => api.access.preferences.shortcuts.query()).toEqual({ "list.next": ["v"] });

  const other = await openBrowser("owner");
  await other.goto("/inbox");
  await expect(other.getByRole("option").first()).toBeVisible();
  await other.keyboard.press("?");
  await expect(other.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("V", { exact: true })).toBeVisible();
  await other.keyboard.press("Escape");
  await other.keyboard.press("v");
  await expect(other).toHaveURL(/conversation=/);
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect.poll(() => api.access.preferences.shortcuts.query()).toEqual({});
});

test("keys that are changed before the old ones have arrived stay changed", async ({ page, api }) => {
  let isSaved = false;
  const late = new Promise<void>((resolve, reject) => {
    page
      .route(/preferences\.shortcuts\b/, async (route) => {
        const response = await route.fetch();
        await expect.poll(() => isSaved).toBe(true);
        await route.fulfill({ response });
        resolve();
      })
      .catch(reject);
  });
  await page.goto("/settings/shortcuts");
  await page.getByRole("button", { name: "Change the keys for “Next”" }).click();
  await page.keyboard.press("v");
  await page.getByRole("button", { name: "Use these keys" }).click();
  await expect.poll(() => api.access.preferences.shortcuts.query()).toEqual({ "list.next": ["v"] });
  isSaved = true;
  await late;
  const resetAll = page.getByRole("button", { name: "Reset all" });
  // Time enough for what came too late to be shown.
  await page.waitForTimeout(500);
  await resetAll.click();
  await expect(resetAll).toBeHidden();
  await expect.poll(() => api.access.preferences.shortcuts.query()).toEqual({});
});

test("what arrives while one reads further down waits above, counted", async ({ page, desk, api }) => {
  for (let count = 0; count < 14; count += 1) await desk.ozon.addChat({ text: unique("Длинный список") });
  const { conversationId } = await startChat(desk, api, unique("Последний из длинного списка"));
  await page.goto("/inbox");
  await expect(rowOf(page, conversationId)).toBeVisible();
  await page.getByRole("listbox", { name: "Conversations" }).evaluate((list) => list.scrollTo({ top: 400 }));
  const late = await startChat(desk, api, unique("Пришло, пока читали"));
  const pill = page.getByRole("button", { name: /^\d+ new$/ });
  await expect(pill).toBeVisible();
  await pill.click();
  await expect(rowOf(page, late.conversationId)).toBeInViewport();
});

test("reviews and questions have the same list in their own place", async ({ page }) => {
  await page.goto("/");
  // The page can be read before it can listen.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page).toHaveURL(/\/reviews$/, { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("heading", { level: 1, name: "Reviews and questions" })).toBeVisible();
  await expectAccessible(page);
});

test("list, filters and selection are accessible", async ({ page, desk, api }) => {
  const { conversationId } = await startChat(desk, api, unique("Для всех"));
  await page.goto("/inbox?is=waiting");
  await rowOf(page, conversationId).click();
  await page.keyboard.press("x");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const picker = page.getByRole("dialog", { name: "Filter" });
  await picker.getByRole("option", { name: "Assignee" }).click();
  await expect(picker.getByRole("option", { name: "Me", exact: true })).toBeVisible();
  await expectAccessible(page);
});
