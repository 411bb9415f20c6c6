import { expectAccessible } from "../../fixtures/accessibility";
import { bubbleOf, composerOf, openThread, startChat, timesSent, unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("a macro is made of steps and carries all of them out with one press", async ({ page, desk, api }) => {
  const [title, words] = [unique("Thanks and done"), unique("Спасибо за ожидание!")];
  await page.goto("/automations/macros");
  await page.getByRole("button", { name: "New macro" }).first().click();
  const drawer = page.getByRole("dialog", { name: "New macro" });
  await drawer.getByLabel("Name").fill(title);
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByText("Every step wants to be filled in")).toBeVisible();
  await drawer.getByRole("textbox", { name: "Reply", exact: true }).fill(words);
  for (const step of ["Assign to whoever runs it", "Set the status"]) {
    await drawer.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("menuitem", { name: step }).click();
  }
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  await page.getByRole("searchbox", { name: "Search macros" }).fill(title);
  await expect(page.getByRole("listitem").filter({ hasText: title }).first()).toContainText("To me");

  const { conversationId } = await startChat(desk, api, unique("Где мой заказ?"));
  await openThread(page, conversationId);
  // Into an empty box a semicolon asks for a macro.
  await composerOf(page).pressSequentially(";");
  await page.getByRole("combobox", { name: "Find a macro" }).fill(title);
  await page.keyboard.press("Enter");
  await expect(bubbleOf(page, words)).toBeVisible();
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await expect(bubbleOf(page, words)).toContainText(/Accepted|Delivered/);
  expect(await timesSent(desk, words)).toBe(1);
  const { conversation } = await api.inbox.thread.query({ conversationId });
  const me = await api.access.session.me.query();
  expect(conversation).toMatchObject({ status: "resolved", assignee: { name: me.name } });
});
