import { createTranslator } from "next-intl";
import { problem, problemOf } from "@/app/api/problem";
import { isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { getSession, isPermitted } from "@/server/access/index";
import { exportInbox } from "@/server/inbox/index";
import { CONVERSATION_COLUMNS, conversationStatusSchema, exportInboxQuery, MESSAGE_COLUMNS, messageSideSchema, sendStateSchema } from "@/server/inbox/schema";
import { withRequestId } from "@/server/platform/logger";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PRIORITIES = ["p0", "p1", "p2", "p3", "p4"] as const;

/** `?filter=<json>` for conversations, `?conversationId=` for the messages of one thread. */
export async function GET(request: Request): Promise<Response> {
  const session = await getSession(request.headers);
  if (session === null) return problem(401, "access.signed_out");
  if (!isPermitted(session.role, "inbox.export")) return problem(403, "access.forbidden");
  const query = exportInboxQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(400, "input.invalid");
  return withRequestId(request.headers.get("x-request-id"), async () => {
    try {
      const { fileName, contentType, body } = await exportInbox(session, query.data, await wordsFor(session.user.locale));
      return new Response(body, {
        headers: {
          "content-type": contentType,
          "content-disposition": `attachment; filename="${fileName}"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return problemOf(error);
    }
  });
}

async function wordsFor(wanted: string) {
  const locale = isLocale(wanted) ? wanted : "en";
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: "inbox-export" });
  const named = <K extends string>(keys: readonly K[], prefix: string) =>
    Object.fromEntries(keys.map((key) => [key, t(`${prefix}.${key}`)])) as Record<K, string>;
  return {
    conversations: named(CONVERSATION_COLUMNS, "conversations"),
    messages: named(MESSAGE_COLUMNS, "messages"),
    status: named(conversationStatusSchema.options, "status"),
    priority: named(PRIORITIES, "priority"),
    side: named(messageSideSchema.options, "side"),
    state: named(sendStateSchema.options, "state"),
  };
}
