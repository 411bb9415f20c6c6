"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { GuardFindings } from "../composer/guard-findings";
import { useGuard } from "../composer/use-guard";
import type { LayerProps } from "./history-drawer";

const MOST_DAYS = 90;
const MOST_TEXT = 2_000;

/** Plans one message to the buyer; it is looked at again when its day comes, and falls away when the buyer writes first. */
export function RemindDialog({ conversation, open, onOpenChange }: LayerProps) {
  const t = useTranslations("thread.remind");
  const format = useFormatter();
  const errorText = useErrorText();
  const [days, setDays] = useState("3");
  const [text, setText] = useState("");
  const guard = useGuard(text);
  const count = Number(days);
  const isDaysFine = Number.isInteger(count) && count >= 1 && count <= MOST_DAYS;
  const { remind, error, isPending } = useRemind(conversation.id, () => onOpenChange(false));
  const isReady = isDaysFine && text.trim() !== "" && guard.findings.length === 0;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="md"
      title={t("title")}
      description={t("description")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("cancel")}</Button>
          <Button
            variant="primary"
            pending={isPending}
            disabled={!isReady}
            onClick={() => remind({ conversationId: conversation.id, days: count, text: text.trim() })}
          >
            {t("plan")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label={t("days")}
          error={isDaysFine ? undefined : t("daysRange", { most: MOST_DAYS })}
          help={isDaysFine ? format.dateTime(new Date(Date.now() + count * 86_400_000), { weekday: "long", day: "numeric", month: "long" }) : undefined}
        >
          <Input type="number" inputMode="numeric" min={1} max={MOST_DAYS} value={days} onValueChange={(value) => setDays(String(value))} className="w-24" />
        </Field>
        <Field label={t("text")}>
          <Textarea value={text} maxLength={MOST_TEXT} onChange={(event) => setText(event.currentTarget.value)} />
        </Field>
        <GuardFindings guard={guard} onUseClean={setText} />
        {error === null ? null : (
          <Notice tone="failed" live>
            {errorText(error).text}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

function useRemind(conversationId: string, onDone: () => void) {
  const t = useTranslations("thread.remind");
  const trpc = useTRPC();
  const client = useQueryClient();
  const format = useFormatter();
  const offerUndo = useOfferUndo();
  const refresh = () => void client.invalidateQueries(trpc.followUps.ofConversation.queryFilter({ conversationId }));
  const cancel = useMutation(trpc.followUps.cancel.mutationOptions({ onSuccess: refresh }));
  const { mutate, error, isPending } = useMutation(
    trpc.followUps.remind.mutationOptions({
      onSuccess: ({ id, dueAt }) => {
        refresh();
        onDone();
        offerUndo(t("planned", { moment: format.dateTime(dueAt, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) }), {
          undo: () => cancel.mutate({ followUpId: id }),
        });
      },
    }),
  );
  return { remind: mutate, error, isPending };
}
