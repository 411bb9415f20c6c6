import { unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("a team is made, gets its conversations by a rule, and is archived; a person's limit is set", async ({ page, api }) => {
  const name = unique("Support");
  await page.goto("/settings/teams");
  await page.getByRole("button", { name: "New team" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New team" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("checkbox", { name: /Test operator/ }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row.first()).toContainText("By turns");

  await page.getByRole("button", { name: "Add rule" }).click();
  const rule = page.getByRole("dialog", { name: "New assignment rule" });
  await rule.getByRole("combobox", { name: "From the channels" }).click();
  await page.getByRole("option", { name: "Ozon · chats" }).click();
  await page.keyboard.press("Escape");
  await rule.getByRole("combobox", { name: "Go to the team" }).click();
  await page.getByRole("option", { name }).click();
  await rule.getByRole("button", { name: "Save" }).click();
  const team = (await api.inbox.teams.list.query()).find((one) => one.name === name);
  await expect
    .poll(async () => (await api.inbox.rules.list.query()).filter(({ teamId }) => teamId === team?.id).map(({ channels }) => channels))
    .toEqual([["ozon.chat"]]);

  const limit = page.getByRole("textbox", { name: "Test operator: at most so many open conversations" });
  await limit.fill("7");
  await limit.press("Enter");
  await expect.poll(async () => (await api.inbox.people.list.query()).find((person) => person.name === "Test operator")?.capacity).toBe(7);
  await expect(page.getByText("The limit of Test operator is saved")).toBeVisible();
  await page.keyboard.press("z");
  await expect.poll(async () => (await api.inbox.people.list.query()).find((person) => person.name === "Test operator")?.capacity).toBeNull();

  if (team !== undefined) await api.inbox.teams.archive.mutate({ teamId: team.id });
  expect(await api.inbox.rules.list.query()).not.toContainEqual(expect.objectContaining({ teamId: team?.id }));
});

test("labels get a colour, and two that mean the same become one", async ({ page, api }) => {
  const [wrong, right] = [unique("Refund"), unique("Return")];
  for (const name of [wrong, right]) {
    await page.goto("/settings/labels");
    await page.getByRole("button", { name: "New label" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New label" });
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("radio", { name: "Orange" }).check({ force: true });
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
  }
  const labels = await api.inbox.labels.list.query();
  const idOf = (name: string) => labels.find((label) => label.name === name)?.id ?? "";
  expect(labels.filter(({ name }) => name === wrong || name === right).map(({ color }) => color)).toEqual(["orange", "orange"]);
  const { conversations } = await api.inbox.list.query({ statuses: ["open"], limit: 1 });
  const conversationId = conversations[0]?.id ?? "";
  await api.inbox.labels.set.mutate({ conversationId, addLabelIds: [idOf(wrong)] });

  await page.getByRole("button", { name: `More actions: ${wrong}` }).click();
  await page.getByRole("menuitem", { name: /Merge into another/ }).click();
  const dialog = page.getByRole("dialog", { name: `Merge “${wrong}”` });
  await dialog.getByRole("combobox", { name: "The other label" }).click();
  await page.getByRole("option", { name: right }).click();
  await dialog.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByText(`“${wrong}” is merged into “${right}”`)).toBeVisible();
  // Leaving the page settles it at once.
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Teams" }).click();
  await expect.poll(async () => (await api.inbox.labels.list.query()).some(({ name }) => name === wrong)).toBe(false);
  const after = await api.inbox.list.query({ labelIds: [idOf(right)], limit: 5 });
  expect(after.conversations.map(({ id }) => id)).toContain(conversationId);
  await api.inbox.labels.remove.mutate({ labelId: idOf(right) });
});

test("availability is changed from the profile menu and shown to the others", async ({ openBrowser, api }) => {
  const page = await openBrowser("operator");
  const availability = async () => (await api.inbox.people.list.query()).find((person) => person.name === "Test operator")?.availability;
  await page.goto("/settings/profile");
  await expect.poll(availability).toBe("online");
  await page.getByRole("button", { name: /profile and preferences/ }).click();
  await page.getByRole("menuitemradio", { name: "Away, nothing new" }).click();
  await expect(page.getByText("You are away: new conversations go to others")).toBeVisible();
  await expect.poll(availability).toBe("away");
  await page.getByRole("button", { name: /profile and preferences/ }).click();
  await page.getByRole("menuitemradio", { name: "Online" }).click();
  await expect.poll(availability).toBe("online");
});
