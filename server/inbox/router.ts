import { tracked } from "@trpc/server";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { outputStream } from "@/server/trpc/stream";
import { getThread } from "./get-thread";
import { countConversations, listConversations } from "./list-conversations";
import { markRead } from "./mark-read";
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
import { searchMessages } from "./search-messages";
import { sendMessage } from "./send-message";
import { setStatus } from "./set-status";
import { cancelSend, settleByHand } from "./settle-by-hand";
import { watchInbox } from "./watch-inbox";
import { getWriteState } from "./write-state";

const read = permitted("inbox.read");
const write = permitted("inbox.write");

export const inboxRouter = router({
  list: read
    .input(listConversationsInput)
    .output(listConversationsOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listConversations(scope, ctx.session.userId, input))),
  counts: read.output(viewCountsOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => countConversations(scope, ctx.session.userId))),
  thread: read
    .input(getThreadInput)
    .output(getThreadOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => getThread(scope, ctx.session.userId, input))),
  search: read
    .input(searchMessagesInput)
    .output(searchMessagesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => searchMessages(scope, input))),
  writeState: read
    .input(conversationIdInput)
    .output(writeStateOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => getWriteState(scope, input.conversationId))),
  markRead: read
    .input(markReadInput)
    .output(markReadOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => markRead(scope, ctx.session.userId, input))),
  setStatus: write
    .input(setStatusInput)
    .output(setStatusOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => setStatus(scope, input))),
  send: write
    .input(sendMessageInput)
    .output(sendMessageOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => sendMessage(scope, ctx.session.userId, input))),
  cancelSend: write
    .input(messageIdInput)
    .output(cancelSendOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => cancelSend(scope, input.messageId))),
  settleByHand: write
    .input(settleByHandInput)
    .output(sendStateOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => settleByHand(scope, input, { kind: "user", id: ctx.session.userId }))),
  live: read
    .input(watchInboxInput)
    .output(outputStream(inboxEventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      let count = 0;
      // Back after a break: whatever changed meanwhile was missed.
      if (input?.lastEventId !== undefined) yield tracked(`${Date.now()}-${count++}`, { conversationId: null });
      for await (const event of watchInbox(ctx.workspaceId, signal ?? new AbortController().signal)) yield tracked(`${Date.now()}-${count++}`, event);
    }),
});
