import { unique } from "../../fixtures/inbox";
import { expect, test } from "../../fixtures/test";

test("a follow-up rule says what a marketplace forbids before it is saved, is tried, and sleeps until switched on", async ({ page, api }) => {
  const name = unique("After a week");
  await page.goto("/automations/follow-ups");
  await page.getByRole("button", { name: "New rule" }).first().click();
  await page.getByRole("menuitem", { name: /After a conversation is resolved/ }).click();
  const drawer = page.getByRole("dialog", { name: "New follow-up rule" });
  await drawer.getByLabel("Name").fill(name);
  await drawer.getByLabel("Days", { exact: true }).fill("7");
  await drawer.getByRole("combobox", { name: "Channels" }).click();
  await page.getByRole("option", { name: "Ozon · chats" }).click();
  await page.keyboard.press("Escape");
  await expect(drawer.getByText(/Ozon · chats: writing is closed after 72 hours/)).toBeVisible();
  await drawer.getByRole("button", { name: "Save and try" }).click();
  await expect(drawer.getByRole("region", { name: "Dry run" })).toBeVisible();
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  await expect(drawer).toBeHidden();

  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("7 days after a conversation is resolved · Ozon · chats");
  await expect(row).toContainText("1 warning");
  const active = row.getByRole("switch", { name: `${name}: active` });
  await expect(active).not.toBeChecked();
  await active.click();
  await expect(active).toBeChecked();
  await expect.poll(async () => (await api.followUps.rules.query()).rules.find((rule) => rule.name === name)?.isActive).toBe(true);
  const saved = (await api.followUps.rules.query()).rules.find((rule) => rule.name === name);
  if (saved !== undefined) await api.followUps.removeRule.mutate({ ruleId: saved.id });
});

test("deadline policies are made, tried and put in order; a marketplace's limit is corrected with its source", async ({ page, api }) => {
  const names = [unique("Urgent"), unique("All")];
  await page.goto("/automations/deadlines");
  for (const name of names) {
    await page.getByRole("button", { name: "New policy" }).first().click();
    const drawer = page.getByRole("dialog", { name: "New deadline policy" });
    await drawer.getByLabel("Name").fill(name);
    await drawer.getByRole("spinbutton", { name: "First reply" }).fill("2");
    await drawer.getByRole("button", { name: "Try on the last 30 days" }).click();
    await expect(drawer.getByRole("region", { name: "Dry run" }).first()).toBeVisible();
    await drawer.getByRole("button", { name: "Save" }).click();
    await expect(drawer).toBeHidden();
  }
  const [first = "", second = ""] = names;
  await page.getByRole("button", { name: `Move up: ${second}` }).click();
  await expect
    .poll(async () => (await api.deadlines.policies.list.query()).map(({ name }) => name).filter((name) => names.includes(name)))
    .toEqual([second, first]);
  const made = (await api.deadlines.policies.list.query()).filter(({ name }) => names.includes(name));
  expect(made.map(({ firstReplyMinutes }) => firstReplyMinutes)).toEqual([120, 120]);
  for (const { id } of made) await api.deadlines.policies.remove.mutate({ policyId: id });

  await page.getByRole("button", { name: "Correct: Ozon · chats" }).click();
  const dialog = page.getByRole("dialog", { name: "Ozon · chats" });
  await dialog.getByRole("spinbutton", { name: "Limit" }).fill("1");
  await dialog.getByLabel("Source").fill("Seller support, by mail");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Seller support, by mail/)).toBeVisible();
  await page.getByRole("button", { name: "Back to the default: Ozon · chats" }).click();
  await expect(page.getByText(/Seller support, by mail/)).toHaveCount(0);
});

test("working hours take a break and a holiday, and say what cannot be", async ({ page, api }) => {
  const name = unique("Night shift");
  await page.goto("/automations/hours");
  await page.getByRole("button", { name: "New calendar" }).first().click();
  const drawer = page.getByRole("dialog", { name: "New calendar" });
  await drawer.getByLabel("Name", { exact: true }).fill(name);
  await drawer.getByRole("textbox", { name: "Monday: closes" }).fill("13");
  await drawer.getByRole("button", { name: "Monday: add hours" }).click();
  await drawer.getByRole("textbox", { name: "Monday: opens" }).nth(1).fill("12");
  await drawer.getByRole("textbox", { name: "Monday: closes" }).nth(1).fill("24");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer.getByRole("alert")).toContainText("Two ranges overlap");
  await drawer.getByRole("textbox", { name: "Monday: opens" }).nth(1).fill("1430");
  await drawer.getByRole("button", { name: "Monday: copy these hours" }).click();
  await page.getByRole("menuitem", { name: "To Monday–Friday" }).click();
  await drawer.getByRole("button", { name: "Add a day" }).click();
  await drawer.getByRole("textbox", { name: "Date" }).fill("2027-01-01");
  await drawer.getByRole("textbox", { name: "What day it is" }).fill("New Year");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(drawer).toBeHidden();
  const saved = (await api.deadlines.calendars.list.query()).find((calendar) => calendar.name === name);
  expect(saved?.week.fri).toEqual([
    { from: "09:00", to: "13:00" },
    { from: "14:30", to: "24:00" },
  ]);
  expect(saved?.holidays).toEqual([{ date: "2027-01-01", name: "New Year" }]);
  if (saved !== undefined) await api.deadlines.calendars.remove.mutate({ calendarId: saved.id });
});
