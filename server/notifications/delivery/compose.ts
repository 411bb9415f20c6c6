import { createTranslator, type Messages } from "next-intl";
import { type AppLocale, isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { noticeTextKey } from "@/lib/notices";
import type { NoticeView } from "../schema";

/** One notice in words. */
export interface Said {
  readonly title: string;
  readonly body: string;
  readonly linkText: string;
  readonly url: string;
}

export interface Reader {
  readonly locale: string;
  readonly timeZone: string;
  readonly workspaceName: string;
  /** Whether other people's words may be in it. */
  readonly withPreview: boolean;
}

/** Everything a message outside the browser says, in its reader's language. */
export interface Words {
  readonly locale: AppLocale;
  say(notice: NoticeView): Said;
  readonly bundleTitle: (count: number) => string;
  readonly more: (count: number) => string;
  readonly mailSubject: (form: "single" | "digest", count: number) => string;
  readonly footer: string;
  readonly settings: string;
  readonly test: { readonly title: string; readonly body: string };
}

async function translator(locale: AppLocale) {
  const messages: Messages = await loadMessages(locale);
  return createTranslator({ locale, messages, namespace: "notifications" });
}

/** Where people choose what they are sent. */
export const settingsUrl = (publicUrl: string) => `${publicUrl}/settings/notifications`;

/** @param publicUrl base of the links, without a trailing slash. */
export async function wordsFor(reader: Reader, publicUrl: string): Promise<Words> {
  const locale = isLocale(reader.locale) ? reader.locale : "en";
  const t = await translator(locale);
  const moment = new Intl.DateTimeFormat(locale, { timeZone: reader.timeZone, dateStyle: "short", timeStyle: "short" });
  const workspace = reader.workspaceName;
  return {
    locale,
    say({ kind, params, target, conversationId, connectionId, orderId }) {
      const key = noticeTextKey(kind, params);
      const values = {
        count: params.count ?? 1,
        buyer: params.buyer ?? t("buyer"),
        preview: reader.withPreview ? (params.preview ?? "") : "",
        actor: params.actor ?? t("someone"),
        dueAt: params.dueAt === undefined ? "" : moment.format(new Date(params.dueAt)),
        connection: params.connection ?? "",
        state: params.state ?? "",
        order: params.order ?? "",
      };
      const place = conversationId !== null ? "conversation" : orderId !== null ? "order" : connectionId !== null ? "connection" : "page";
      return { title: t(`text.${key}.title`, values), body: t(`text.${key}.body`, values), linkText: t(`open.${place}`), url: `${publicUrl}${target}` };
    },
    bundleTitle: (count) => t("bundle.title", { count }),
    more: (count) => t("bundle.more", { count }),
    mailSubject: (form, count) => t(form === "digest" ? "mail.digestSubject" : "mail.bundleSubject", { count, workspace }),
    footer: t("mail.footer", { workspace }),
    settings: t("mail.settings"),
    test: { title: t("test.title"), body: t("test.body", { workspace }) },
  };
}

export type BotText = "linked" | "linkUnknown" | "hello";

/** What the bot itself says in a chat. */
export async function botText(locale: AppLocale, text: BotText, values: { readonly name?: string; readonly workspace?: string } = {}): Promise<string> {
  const t = await translator(locale);
  return t(`telegram.${text}`, { name: values.name ?? "", workspace: values.workspace ?? "" });
}
