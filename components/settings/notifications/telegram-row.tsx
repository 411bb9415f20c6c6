"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { StatusPill } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { DateTime } from "@/components/ui/date-time";
import { toast } from "@/components/ui/toast";
import { REACH_TONES } from "./reach-tones";
import { SettingRow } from "./setting-row";
import { TestOutcome } from "./test-outcome";
import type { NoticeSettings } from "./use-notice-settings";
import { useSendTest } from "./use-send-test";

type Telegram = NoticeSettings["telegram"];

/** Linking goes through the person's own Telegram: we make a link, they press Start, the bot tells us who they are. */
export function TelegramRow({ telegram }: { readonly telegram: Telegram }) {
  const t = useTranslations("notices.reach");
  const { state, label } = telegram;
  const { start, link } = useTelegramLink();
  const test = useSendTest("telegram");
  useConnectedNews(state);
  const shownLink = state === "pending" ? link : null;
  const sentTo = test.outcome?.ok === true ? test.outcome.sentTo : null;
  return (
    <SettingRow
      icon={<Send />}
      title="Telegram"
      state={
        <StatusPill tone={REACH_TONES[state]} active={state === "pending"}>
          {state === "ready" && label !== null ? t("readyAs", { label }) : t(`states.${state}`)}
        </StatusPill>
      }
      description={<Description telegram={telegram} />}
      actions={<Actions state={state} start={start} test={test} />}
    >
      {shownLink === null && test.outcome === null ? undefined : (
        <div className="flex flex-col gap-3">
          {shownLink === null ? null : <LinkOffer {...shownLink} />}
          <TestOutcome outcome={test.outcome} said={t("testSent", { to: sentTo ?? "Telegram" })} />
        </div>
      )}
    </SettingRow>
  );
}

function Description({ telegram: { state, brokenCode, botUsername } }: { readonly telegram: Telegram }) {
  const t = useTranslations("notices.reach");
  const errorText = useErrorText();
  const mayManage = useMay("workspace.manage");
  const bot = botUsername ?? "";
  if (state === "no_transport") return t(mayManage ? "telegramNoBotAdmin" : "telegramNoBot");
  if (state === "broken" && brokenCode !== null) return errorText.forCode(brokenCode);
  if (state === "pending") return t("telegramPending");
  return t(state === "ready" ? "telegramReady" : "telegramUnlinked", { bot });
}

interface ActionsProps {
  readonly state: Telegram["state"];
  readonly start: ReturnType<typeof useTelegramLink>["start"];
  readonly test: ReturnType<typeof useSendTest>;
}

function Actions({ state, start, test }: ActionsProps) {
  const t = useTranslations("notices.reach");
  const mayManage = useMay("workspace.manage");
  if (state === "no_transport") {
    return mayManage ? (
      <ButtonLink size="sm" href="/settings/transports?edit=telegram">
        {t("addBot")}
      </ButtonLink>
    ) : null;
  }
  const isLinked = state === "ready" || state === "broken";
  return (
    <>
      {state === "ready" ? null : (
        <Button size="sm" variant={state === "pending" ? "secondary" : "primary"} pending={start.isPending} onClick={() => start.mutate()}>
          {t(state === "unlinked" ? "connectTelegram" : "connectAgain")}
        </Button>
      )}
      {isLinked ? (
        <>
          <Button size="sm" pending={test.isPending} onClick={test.send}>
            {t("sendTest")}
          </Button>
          <Disconnect />
        </>
      ) : null}
    </>
  );
}

/** Start is pressed elsewhere, so nothing here is pressed that could be answered: the change itself is the news. */
function useConnectedNews(state: Telegram["state"]): void {
  const t = useTranslations("notices.reach");
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "pending" && state === "ready") toast.done(t("connected"));
    before.current = state;
  }, [state, t]);
}

interface TelegramLink {
  readonly url: string;
  readonly expiresAt: Date;
}

function useTelegramLink() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  // The server shows a link this once; after a reload only a new one helps.
  const [link, setLink] = useState<TelegramLink | null>(null);
  const start = useMutation(
    trpc.notifications.telegram.startLink.mutationOptions({
      onSuccess: (made) => {
        setLink(made);
        return client.invalidateQueries(trpc.notifications.settings.get.queryFilter());
      },
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  return { start, link };
}

function LinkOffer({ url, expiresAt }: TelegramLink) {
  const t = useTranslations("notices.reach");
  return (
    <div className="rounded-md border bg-sunken px-3 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <ButtonLink size="sm" variant="primary" href={url} target="_blank" rel="noreferrer" icon={<ExternalLink />}>
          {t("openTelegram")}
        </ButtonLink>
        <CopyButton value={url} label={t("copyLink")} />
        <span className="text-ink-muted">
          {t("linkUntil")} <DateTime value={expiresAt} parts="time" className="tabular" />
        </span>
      </div>
    </div>
  );
}

function Disconnect() {
  const t = useTranslations("notices.reach");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [asked, setAsked] = useState(false);
  const unlink = useMutation(
    trpc.notifications.telegram.unlink.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.notifications.settings.get.queryFilter()),
      onError: (error) => void toast.failed(errorText(error).text),
      onSettled: () => setAsked(false),
    }),
  );
  return (
    <ConfirmDialog
      open={asked}
      onOpenChange={setAsked}
      trigger={
        <Button size="sm" variant="ghost">
          {t("disconnect")}
        </Button>
      }
      title={t("disconnectTitle")}
      description={t("disconnectText")}
      confirmLabel={t("disconnect")}
      pending={unlink.isPending}
      onConfirm={() => unlink.mutate()}
    />
  );
}
