import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { createApi } from "../../fixtures/api";
import { conversationOf } from "../../fixtures/inbox";
import { expectLoaded, expectNoSidewaysScroll, expectTranslated } from "../../fixtures/page-checks";
import { expect, test } from "../../fixtures/test";

const ROUTES = [
  "/",
  "/inbox?view=all&conversation=:conversation",
  "/inbox",
  "/automations/templates",
  "/automations/macros",
  "/automations/follow-ups",
  "/automations/deadlines",
  "/automations/hours",
  "/sales",
  "/orders",
  "/catalog",
  "/integrations",
  "/integrations/new",
  "/integrations/:connection",
  "/integrations/:connection?tab=settings",
  "/settings/security",
  "/settings/organizations",
  "/settings/members",
  "/settings/teams",
  "/settings/labels",
  "/settings/audit",
  "/settings/jobs",
] as const;

const LANGUAGES = [
  { locale: "ru", inbox: "Входящие", english: /\b(Inbox|Sales|Settings|Search|Loading)\b/ },
  { locale: "uk", inbox: "Вхідні", english: /\b(Inbox|Sales|Settings|Search|Loading)\b/ },
  { locale: "tr", inbox: "Gelen", english: /\b(Inbox|Sales|Settings|Search|Loading)\b/ },
] as const;

for (const { locale, inbox, english } of LANGUAGES) {
  test(`in ${locale} every page is translated and fits a phone`, async ({ openBrowser, cast, appUrl, api, seed }) => {
    const own = createApi(appUrl, cast.shop.admin.cookie);
    const conversation = await conversationOf(api, SMALL.long);
    await own.access.profile.update.mutate({ name: "Test admin", locale });
    try {
      const page = await openBrowser("admin", { viewport: { width: 390, height: 844 } });
      for (const route of ROUTES) {
        await page.goto(route.replace(":connection", seed.connectionId).replace(":conversation", conversation));
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expectLoaded(page);
        await expectTranslated(page);
        await expectNoSidewaysScroll(page);
        expect((await page.locator("body").allInnerTexts()).join(" ").match(english)?.[0] ?? null, `English left over on ${route}`).toBeNull();
      }
      await expect(page.getByRole("navigation").last()).toContainText(inbox);
    } finally {
      await own.access.profile.update.mutate({ name: "Test admin", locale: "en" });
    }
  });
}

test("the theme chosen in the menu stays after a reload", async ({ openBrowser }) => {
  const page = await openBrowser("warehouse", { colorScheme: "light" });
  await page.goto("/settings/profile");
  await page.getByRole("button", { name: /profile and preferences/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});
