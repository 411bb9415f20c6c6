import { tracked } from "@trpc/server";
import { viewerOf } from "@/server/access/index";
import { okOutput } from "@/server/access/schema";
import { requireVisible } from "@/server/inbox/index";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { outputStream } from "@/server/trpc/stream";
import { listDeliveries } from "./delivery/list-deliveries";
import { sendTest } from "./delivery/send-test";
import { listNotices, unreadNotices } from "./reading/list-notices";
import { markAllRead, markConversationRead, markRead } from "./reading/mark-read";
import { watchNotices } from "./reading/watch-notices";
import {
  checkTransportOutput,
  listNoticeDeliveriesInput,
  listNoticeDeliveriesOutput,
  listNoticesInput,
  listNoticesOutput,
  listTransportsOutput,
  markConversationNoticesReadInput,
  markNoticesReadInput,
  noticeEventOutput,
  noticePreferencesSchema,
  noticeSettingsOutput,
  saveSmtpInput,
  saveTelegramInput,
  sendTestInput,
  sendTestOutput,
  setTransportActiveInput,
  telegramLinkOutput,
  transportRefInput,
  unreadOutput,
  watchNoticesInput,
} from "./schema";
import { getSettings, savePreferences } from "./settings/own-settings";
import { startTelegramLink, unlinkTelegram } from "./telegram/link";
import { checkTransport } from "./transports/check-transport";
import { listTransports } from "./transports/list-transports";
import { removeTransport, setTransportActive } from "./transports/manage-transport";
import { saveSmtp } from "./transports/save-smtp";
import { saveTelegram } from "./transports/save-telegram";

const own = permitted("notifications.own");
const manage = permitted("workspace.manage");

const settingsRouter = router({
  get: own.output(noticeSettingsOutput).query(({ ctx }) => getSettings(ctx.session)),
  save: own
    .input(noticePreferencesSchema)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await savePreferences(ctx.session, input);
      return { ok: true as const };
    }),
});

const telegramRouter = router({
  startLink: own.output(telegramLinkOutput).mutation(({ ctx }) => startTelegramLink(ctx.session)),
  unlink: own.output(okOutput).mutation(async ({ ctx }) => {
    await unlinkTelegram(ctx.session);
    return { ok: true as const };
  }),
});

const transportsRouter = router({
  list: manage.output(listTransportsOutput).query(({ ctx }) => listTransports(ctx.workspaceId)),
  saveTelegram: manage
    .input(saveTelegramInput)
    .output(listTransportsOutput)
    .mutation(async ({ ctx, input }) => {
      await saveTelegram(ctx.workspaceId, ctx.actor, input);
      return listTransports(ctx.workspaceId);
    }),
  saveSmtp: manage
    .input(saveSmtpInput)
    .output(listTransportsOutput)
    .mutation(async ({ ctx, input }) => {
      await saveSmtp(ctx.workspaceId, ctx.actor, input);
      return listTransports(ctx.workspaceId);
    }),
  check: manage
    .input(transportRefInput)
    .output(checkTransportOutput)
    .mutation(({ ctx, input }) => checkTransport(ctx.workspaceId, input.kind)),
  setActive: manage
    .input(setTransportActiveInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await setTransportActive(ctx.workspaceId, ctx.actor, input);
      return { ok: true as const };
    }),
  remove: manage
    .input(transportRefInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await removeTransport(ctx.workspaceId, ctx.actor, input.kind);
      return { ok: true as const };
    }),
  /** Everybody's deliveries; a member's own are in `notifications.deliveries`. */
  deliveries: manage
    .input(listNoticeDeliveriesInput)
    .output(listNoticeDeliveriesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listDeliveries(scope, null, input))),
});

export const notificationsRouter = router({
  list: own
    .input(listNoticesInput)
    .output(listNoticesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listNotices(scope, ctx.session.userId, input))),
  unread: own.output(unreadOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => unreadNotices(scope, ctx.session.userId))),
  markRead: own
    .input(markNoticesReadInput)
    .output(unreadOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => markRead(scope, ctx.session.userId, input.noticeIds))),
  /** For whoever opens the conversation: what they were told about it is seen. */
  markConversationRead: own
    .input(markConversationNoticesReadInput)
    .output(unreadOutput)
    .mutation(({ ctx, input }) =>
      inWorkspace(ctx.workspaceId, async (scope) => {
        await requireVisible(scope, await viewerOf(scope, ctx.session), input.conversationId);
        return markConversationRead(scope, ctx.session.userId, input.conversationId);
      }),
    ),
  markAllRead: own.output(unreadOutput).mutation(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => markAllRead(scope, ctx.session.userId))),
  live: own
    .input(watchNoticesInput)
    .output(outputStream(noticeEventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      let count = 0;
      // Back after a break: whatever came meanwhile was missed.
      if (input?.lastEventId !== undefined) yield tracked(`${Date.now()}-${count++}`, { type: "changed" as const });
      for await (const event of watchNotices(ctx.session, signal ?? new AbortController().signal)) yield tracked(`${Date.now()}-${count++}`, event);
    }),
  sendTest: own
    .input(sendTestInput)
    .output(sendTestOutput)
    .mutation(({ ctx, input }) => sendTest(ctx.session, input.channel)),
  deliveries: own
    .input(listNoticeDeliveriesInput)
    .output(listNoticeDeliveriesOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listDeliveries(scope, ctx.session.userId, input))),
  settings: settingsRouter,
  telegram: telegramRouter,
  transports: transportsRouter,
});
