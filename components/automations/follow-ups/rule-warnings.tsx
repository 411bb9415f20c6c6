"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../providers/trpc-provider";
import { Notice } from "../../ui/notice";
import { useSettled } from "../parts/use-settled";
import type { RuleForm } from "./rule-form";
import { useRuleWords } from "./use-rule-words";

/** What a marketplace's window makes impossible, while the rule is being written. The words are judged beside their preview. */
export function RuleWarnings({ delayDays, trigger, conditions }: Pick<RuleForm, "delayDays" | "trigger" | "conditions">) {
  const t = useTranslations("automations.followUps");
  const trpc = useTRPC();
  const { warning } = useRuleWords();
  const question = useSettled(JSON.stringify({ delayDays, trigger, channels: conditions.channels }));
  const asked = JSON.parse(question) as Pick<RuleForm, "delayDays" | "trigger"> & { channels: string[] };
  const isSound = Number.isInteger(asked.delayDays) && asked.delayDays >= 1 && asked.delayDays <= 90;
  const check = useQuery(
    trpc.followUps.checkRule.queryOptions(
      { delayDays: asked.delayDays, trigger: asked.trigger, conditions: { channels: asked.channels }, text: "–" },
      { enabled: isSound, placeholderData: keepPreviousData },
    ),
  );
  const warnings = check.data?.warnings ?? [];
  if (warnings.length === 0) return null;
  const isHopeless = warnings.some(({ code }) => code === "window_too_short" || code === "only_answers");
  return (
    <Notice tone="attention" live title={isHopeless ? t("warningsHopeless") : t("warningsTitle")}>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {warnings.map((one) => (
          <li key={`${one.code}-${one.channel}`}>{warning(one)}</li>
        ))}
      </ul>
    </Notice>
  );
}
