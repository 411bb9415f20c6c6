"use client";

import { useTranslations } from "next-intl";
import type { FollowUpRuleFields, RuleWarning } from "@/server/follow-ups/schema";
import { useErrorText } from "../../providers/use-error-text";
import { useChannels } from "../parts/use-channels";
import type { Choices } from "../parts/use-choices";

/** A rule in one sentence, and its warnings and reasons in words. */
export function useRuleWords() {
  const t = useTranslations("automations.followUps");
  const errorText = useErrorText();
  const { nameOf } = useChannels();

  const sentence = ({ delayDays, trigger, conditions }: Pick<FollowUpRuleFields, "delayDays" | "trigger" | "conditions">, { shops, labels }: Choices) => {
    const named = (ids: readonly string[], from: readonly { readonly id: string; readonly name: string }[]) =>
      ids.map((id) => from.find((one) => one.id === id)?.name ?? t("gone")).join(", ");
    const narrowed = [
      conditions.channels.length === 0 ? t("inAnyChannel") : t("inChannels", { channels: conditions.channels.map(nameOf).join(", ") }),
      conditions.connectionIds.length === 0 ? "" : t("ofShops", { shops: named(conditions.connectionIds, shops) }),
      conditions.labelIds.length === 0 ? "" : t("withLabels", { labels: named(conditions.labelIds, labels) }),
      conditions.skus.length === 0 ? "" : t("forProducts", { count: conditions.skus.length }),
    ];
    return t("sentenceShort", { days: delayDays, trigger: t(`triggers.${trigger}`), where: narrowed.filter((part) => part !== "").join(", ") });
  };

  const warning = ({ code, channel, hours, matched }: RuleWarning) =>
    t(`warnings.${code}`, { channel: channel === "" ? "" : nameOf(channel), hours: hours ?? 0, matched: matched ?? "" });

  /** Why something was not sent; `send` and `wait` are the outcomes of a dry run. */
  const reason = (code: string) => {
    if (code.startsWith("closed.")) return errorText.forCode(`inbox.${code}`);
    return t.has(`reasons.${code}`) ? t(`reasons.${code}`) : errorText.forCode(code);
  };

  return { sentence, warning, reason };
}
