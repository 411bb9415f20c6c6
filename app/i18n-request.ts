import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { currentSession } from "./session";

/** Language: the profile, else the cookie, else what the browser asks for. Time zone: the workspace's. */
export default getRequestConfig(async () => {
  const session = await currentSession();
  const remembered = (await cookies()).get(LOCALE_COOKIE)?.value;
  const profile = session?.user.locale;
  const locale = isLocale(profile) ? profile : isLocale(remembered) ? remembered : chooseLocale((await headers()).get("accept-language"));
  return { locale, messages: await loadMessages(locale), timeZone: session?.workspace.timeZone ?? "UTC", now: new Date() };
});
