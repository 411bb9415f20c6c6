import { tracked } from "@trpc/server";
import { isPermitted } from "@/server/access/index";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { outputStream } from "@/server/trpc/stream";
import { asViewer } from "./as-viewer";
import { getThread } from "./reading/get-thread";
import { countConversations, listConversations } from "./reading/list-conversations";
import { markRead, markUnread } from "./reading/mark-read";
import { searchMessages } from "./reading/search-messages";
import { watchInbox } from "./reading/watch-inbox";
import {
  cancelSendOutput,
  conversationIdInput,
  getThreadInput,
  getThreadOutput,
  inboxEventOutput,
  listConversationsInput,
  listConversationsOutput,
  markReadInput,
  markReadOutput,
  messageIdInput,
  searchMessagesInput,
  searchMessagesOutput,
  sendMessageInput,
  sendMessageOutput,
  sendStateOutput,
  setStatusInput,
  setStatusOutput,
  settleByHandInput,
  viewCountsOutput,
  watchInboxInput,
  writeStateOutput,
} from "./schema";
import { sendMessage } from "./sending/send-message";
import { cancelSend, settleByHand } from "./sending/settle-by-hand";
import { getWriteState } from "./sending/write-state";
import { setStatus } from "./team/change-one";
import { done, teamProcedures } from "./team/router";
import { doneOutput } from "./team/schema";
import { requireVisible, requireVisibleMessage } from "./visibility.repository";

const read = permitted("inbox.read");
const own = permitted("inbox.own");
const write = permitted("inbox.write");

export const inboxRouter = router({
  list: read
    .input(listConversationsInput)
    .output(listConversationsOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => listConversations(scope, viewer, input))),
  counts: read.output(viewCountsOutput).query(({ ctx }) => asViewer(ctx.session, (scope, viewer) => countConversations(scope, viewer))),
  thread: read
    .input(getThreadInput)
    .output(getThreadOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => getThread(scope, viewer, input))),
  search: read
    .input(searchMessagesInput)
    .output(searchMessagesOutput)
    .query(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => searchMessages(scope, viewer, input))),
  writeState: read
    .input(conversationIdInput)
    .output(writeStateOutput)
    .query(({ ctx, input }) =>
      asViewer(ctx.session, async (scope, viewer) => {
        await requireVisible(scope, viewer, input.conversationId);
        return getWriteState(scope, input.conversationId);
      }),
    ),
  markRead: read
    .input(markReadInput)
    .output(markReadOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => markRead(scope, viewer, input))),
  markUnread: own
    .input(conversationIdInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => markUnread(scope, viewer, input.conversationId).then(done))),
  setStatus: write
    .input(setStatusInput)
    .output(setStatusOutput)
    .mutation(({ ctx, input }) => asViewer(ctx.session, (scope, viewer) => setStatus(scope, viewer, input))),
  send: write
    .input(sendMessageInput)
    .output(sendMessageOutput)
    .mutation(async ({ ctx, input }) => {
      await asViewer(ctx.session, (scope, viewer) => requireVisible(scope, viewer, input.conversationId));
      return sendMessage(ctx.workspaceId, { userId: ctx.session.userId, mayOverride: isPermitted(ctx.session.role, "guard.override") }, input);
    }),
  cancelSend: write
    .input(messageIdInput)
    .output(cancelSendOutput)
    .mutation(({ ctx, input }) =>
      asViewer(ctx.session, async (scope, viewer) => {
        await requireVisibleMessage(scope, viewer, input.messageId);
        return cancelSend(scope, input.messageId);
      }),
    ),
  settleByHand: write
    .input(settleByHandInput)
    .output(sendStateOutput)
    .mutation(({ ctx, input }) =>
      asViewer(ctx.session, async (scope, viewer) => {
        await requireVisibleMessage(scope, viewer, input.messageId);
        return settleByHand(scope, input, { kind: "user", id: ctx.session.userId });
      }),
    ),
  ...teamProcedures,
  live: read
    .input(watchInboxInput)
    .output(outputStream(inboxEventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      let count = 0;
      // Back after a break: whatever changed meanwhile was missed.
      if (input?.lastEventId !== undefined) yield tracked(`${Date.now()}-${count++}`, { changed: null, presence: [] });
      for await (const event of watchInbox(ctx.session, signal ?? new AbortController().signal)) yield tracked(`${Date.now()}-${count++}`, event);
    }),
});
