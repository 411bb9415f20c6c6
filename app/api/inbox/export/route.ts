import { download, exportTexts } from "@/app/api/download";
import { exportInbox } from "@/server/inbox/index";
import { CONVERSATION_COLUMNS, conversationStatusSchema, exportInboxQuery, MESSAGE_COLUMNS, messageSideSchema, sendStateSchema } from "@/server/inbox/schema";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PRIORITIES = ["p0", "p1", "p2", "p3", "p4"] as const;

/** `?filter=<json>` for conversations, `?conversationId=` for the messages of one thread. */
export function GET(request: Request): Promise<Response> {
  return download(request, "inbox.export", exportInboxQuery, async (session, query) => {
    const { named } = await exportTexts(session.user.locale, "inbox-export");
    return exportInbox(session, query, {
      conversations: named(CONVERSATION_COLUMNS, "conversations"),
      messages: named(MESSAGE_COLUMNS, "messages"),
      status: named(conversationStatusSchema.options, "status"),
      priority: named(PRIORITIES, "priority"),
      side: named(messageSideSchema.options, "side"),
      state: named(sendStateSchema.options, "state"),
    });
  });
}
