import { randomInt } from "node:crypto";
import { createSandboxControl, createSimulatorControl, type SimulatorControl } from "@/sandbox/control/client";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import type { TelegramDesk } from "@/sandbox/telegram";
import type { MemberSession } from "@/server/access/index";
import type { NoticeDeps } from "../deps";
import { tellNewMessage } from "../notify/tell";
import { getSettings } from "../settings/own-settings";
import { startTelegramLink } from "../telegram/link";
import { pollTelegram } from "../telegram/poll-updates";
import { saveTelegram } from "../transports/save-telegram";
import { actorOf, choose, type Desk, depsOf, join, makeDesk, sessionOf } from "./make-desk";

export const OLGA = 5_100_000_001;
export const MEHMET = 5_100_000_002;

export interface Stage {
  /** A bot of its own, as BotFather would make it. */
  readonly token: string;
  readonly desk: Desk;
  readonly deps: NoticeDeps;
  readonly admin: MemberSession;
  readonly to: { readonly workspaceId: string; readonly userId: string; readonly channel: "telegram" };
}

/** The simulator over real HTTP, and workspaces that have a bot there. */
export class TelegramStages {
  private newestToken = "";
  private keys = 0;

  private constructor(
    readonly sandbox: RunningSandbox,
    readonly telegram: SimulatorControl<TelegramDesk>,
  ) {}

  static async open(): Promise<TelegramStages> {
    const sandbox = await startSandbox({ scenario: "small" });
    return new TelegramStages(sandbox, createSimulatorControl<TelegramDesk>(sandbox.url, "telegram"));
  }

  reset(): Promise<void> {
    return createSandboxControl(this.sandbox.url).reset();
  }

  async makeBot(): Promise<string> {
    const id = randomInt(10_000_000, 2 ** 40);
    const token = `${id}:${"aB3-_".repeat(7)}`;
    await this.telegram.addBot({ token, username: `bot_${id}_bot` });
    return token;
  }

  /** A workspace whose owner has connected a bot. */
  async connected(mode: "polling" | "webhook", over: Partial<NoticeDeps> = {}): Promise<Stage> {
    const desk = await makeDesk();
    const deps = depsOf(desk, { telegramBaseUrl: this.sandbox.baseUrl("telegram"), ...over });
    const admin = await sessionOf(desk, await join(desk, "owner"));
    const token = await this.makeBot();
    this.newestToken = token;
    await saveTelegram(desk.workspaceId, actorOf(admin), { token, mode }, deps);
    return { token, desk, deps, admin, to: { workspaceId: desk.workspaceId, userId: admin.userId, channel: "telegram" } };
  }

  /** One whose owner talks with the bot as Olga, and wants new messages there. */
  async linked(): Promise<Stage> {
    const stage = await this.connected("polling");
    const { url } = await startTelegramLink(stage.admin, stage.desk.clock);
    await this.telegram.openLink({ personId: OLGA, url });
    await pollTelegram(stage.desk.workspaceId, 0, stage.deps);
    await choose(stage.desk, stage.admin.userId, { matrix: { new_message: { telegram: true } } });
    await this.passSecond();
    return stage;
  }

  /** One message a second a chat is the service's rule, in its own time. */
  async passSecond(): Promise<void> {
    await createSandboxControl(this.sandbox.url).advance(1_100);
  }

  /** A person and the bot of the newest stage, for the desk. */
  withBot(personId = OLGA): { token: string; personId: number } {
    return { token: this.newestToken, personId };
  }

  async texts(personId = OLGA): Promise<string[]> {
    return (await this.telegram.received(this.withBot(personId))).map((message) => message.text);
  }

  async tell({ desk }: Stage): Promise<void> {
    this.keys += 1;
    await tellNewMessage({ workspaceId: desk.workspaceId, conversationId: desk.conversationId, count: 1, key: `k${this.keys}` }, desk.clock);
  }

  /** A notice whose moment to leave has come. */
  async queuedNotice(stage: Stage): Promise<void> {
    await this.tell(stage);
    stage.desk.clock.pass(20_000);
  }
}

export async function reachOf({ admin, desk }: Stage) {
  return (await getSettings(admin, desk.clock)).telegram;
}
