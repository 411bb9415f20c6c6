import { SMALL } from "@/server/integrations/connectors/ozon/sandbox";
import { expectAccessible } from "../../fixtures/accessibility";
import { conversationOf } from "../../fixtures/inbox";
import { expectLoaded, expectNoSidewaysScroll, expectTranslated } from "../../fixtures/page-checks";
import { expect, test } from "../../fixtures/test";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Every page of the workspace; `:connection` and `:conversation` stand for the scenario's own. */
const ROUTES = [
  "/",
  "/inbox",
  "/inbox?view=all&conversation=:conversation",
  "/automations/templates",
  "/automations/macros",
  "/automations/follow-ups",
  "/automations/follow-ups?tab=log",
  "/automations/follow-ups?tab=effect",
  "/automations/deadlines",
  "/automations/hours",
  "/sales",
  "/sales/import",
  "/orders",
  "/catalog",
  "/integrations",
  "/integrations/new",
  "/integrations/errors",
  "/integrations/:connection",
  "/integrations/:connection?tab=metrics",
  "/integrations/:connection?tab=calls",
  "/integrations/:connection?tab=webhooks",
  "/integrations/:connection?tab=rejected",
  "/integrations/:connection?tab=settings",
  "/settings/profile",
  "/settings/security",
  "/settings/notifications",
  "/settings/transports",
  "/settings/transports?edit=smtp",
  "/settings/workspace",
  "/settings/organizations",
  "/settings/members",
  "/settings/teams",
  "/settings/labels",
  "/settings/api",
  "/settings/audit",
  "/settings/jobs",
] as const;

const OPEN_ROUTES = ["/sign-in", "/invite/not-a-real-token", "/nowhere"] as const;

for (const route of ROUTES) {
  test(`${route} is sound in both themes, wide and on a phone`, async ({ page, api, seed }) => {
    const conversation = route.includes(":conversation") ? await conversationOf(api, SMALL.long) : "";
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(route.replace(":connection", seed.connectionId).replace(":conversation", conversation));
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: "light" });
      await expectLoaded(page);
      await expectTranslated(page);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expect(page.locator("html")).toHaveClass(/dark/);
      await expectAccessible(page, "colours");
    }
  });
}

for (const route of OPEN_ROUTES) {
  test(`${route} is sound for somebody not signed in`, async ({ openBrowser, problems }) => {
    // What is not there is answered as such, and the browser notes it.
    problems.allow(/status of 40[04]/);
    const page = await openBrowser("nobody");
    await page.goto(route);
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: "light" });
      await expectLoaded(page);
      await expectTranslated(page);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page, "colours");
    }
  });
}
