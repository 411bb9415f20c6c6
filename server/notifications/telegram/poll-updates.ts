import { emit } from "@/server/platform/events";
import { inWorkspace } from "@/server/platform/transaction";
import { DeliveryFailure } from "../delivery/delivery-failure";
import { type NoticeDeps, processDeps } from "../deps";
import { telegramPollRequested } from "../events";
import { pollingWorkspaces } from "../transports/stray.repository";
import { noteTransport, writeTransportState } from "../transports/transport.repository";
import { openTelegram, type TelegramTransport } from "../transports/transport-facts";
import { pendingLinks } from "./address.repository";
import { botApi } from "./bot-api";
import { receiveUpdate } from "./receive-update";

export interface Polled {
  readonly received: number;
  /** Links that still wait for somebody to press Start. */
  readonly pending: number;
}

/**
 * Asks the workspace's bot for news, waiting up to `waitSeconds` for some. Each update is taken in before its number is passed
 * on: one that was taken in by a process that died comes again.
 */
export async function pollTelegram(workspaceId: string, waitSeconds: number, deps: NoticeDeps = processDeps()): Promise<Polled> {
  const bot = await inWorkspace(workspaceId, openTelegram);
  if (bot === null || !bot.isActive || bot.state.mode !== "polling") return { received: 0, pending: 0 };
  const api = botApi({ workspaceId, transportId: bot.id, token: bot.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
  const updates = await api.getUpdates(bot.state.offset, waitSeconds).catch((error: unknown) => note(workspaceId, bot, error, deps));
  if (updates === null) return { received: 0, pending: 0 };
  for (const update of updates) {
    await receiveUpdate(workspaceId, bot, update, deps);
    await inWorkspace(workspaceId, (scope) => writeTransportState(scope, bot.id, { ...bot.state, offset: update.update_id + 1 }));
  }
  const pending = await inWorkspace(workspaceId, (scope) => pendingLinks(scope, deps.clock.now()));
  return { received: updates.length, pending };
}

/** A token that is refused, or another listener, shows with the transport; what passes by itself is left to the next minute. */
async function note(workspaceId: string, bot: TelegramTransport, error: unknown, deps: NoticeDeps): Promise<null> {
  if (!(error instanceof DeliveryFailure)) throw error;
  if (error.blame === "transport") await inWorkspace(workspaceId, (scope) => noteTransport(scope, bot.id, error.code, deps.clock.now()));
  return null;
}

/** Once a minute: every workspace whose bot has no webhook is asked. */
export async function planTelegramPolls(deps: NoticeDeps = processDeps()): Promise<{ asked: number }> {
  const workspaces = await pollingWorkspaces();
  const until = deps.clock.now().toISOString();
  for (const workspaceId of workspaces) {
    await inWorkspace(workspaceId, (scope) => emit(scope.db, [telegramPollRequested.create({ workspaceId, until })]));
  }
  return { asked: workspaces.length };
}
