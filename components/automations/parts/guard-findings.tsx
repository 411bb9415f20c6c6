"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../providers/trpc-provider";
import { Notice } from "../../ui/notice";
import { useSettled } from "./use-settled";

/** Questions travel in the address: a longer text is screened when it is saved. */
const ADDRESS_MAX = 5_000;

/** What a marketplace would punish in these words, while they are written. Saving stays possible; sending does not. */
export function GuardFindings({ text }: { readonly text: string }) {
  const t = useTranslations("automations.text");
  const kinds = useTranslations("moderation.kinds");
  const trpc = useTRPC();
  const settled = useSettled(text);
  const enabled = settled.trim() !== "" && encodeURIComponent(settled).length <= ADDRESS_MAX;
  const screening = useQuery(trpc.moderation.screen.queryOptions({ text: settled }, { enabled, placeholderData: keepPreviousData }));
  const findings = enabled ? (screening.data?.findings ?? []) : [];
  if (findings.length === 0) return null;
  return (
    <Notice tone="attention" live title={t("guardTitle", { count: findings.length })}>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {findings.map(({ kind, matched }, index) => (
          <li key={index}>
            <span className="font-medium wrap-anywhere">“{matched}”</span> · {kinds(`${kind}.title`)}. {kinds(`${kind}.why`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
