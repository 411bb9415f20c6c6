"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { renderTemplate, TEMPLATE_VARIABLES, type TemplateVariable } from "@/lib/reply-template";
import { cn } from "../../ui/class-names";
import { GuardFindings } from "./guard-findings";

export interface TextPreviewProps {
  readonly text: string;
  /** What will be known when it is sent; all unless said otherwise. */
  readonly variables?: readonly TemplateVariable[] | undefined;
  /** What becomes of a placeholder without a value: a person sees it in the composer, or nothing is sent. */
  readonly holes: "shown" | "not_sent";
}

/** What a buyer would read, with example values and with none, and what the guard would say to it. */
export function TextPreview({ text, variables = TEMPLATE_VARIABLES, holes }: TextPreviewProps) {
  const t = useTranslations("automations.text");
  const [known, setKnown] = useState(true);
  const samples = Object.fromEntries(variables.map((name) => [name, t(`samples.${name}`)])) as Partial<Record<TemplateVariable, string>>;
  const rendered = renderTemplate(text, known ? samples : {});
  return (
    <section aria-label={t("preview")} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm font-medium">{t("preview")}</p>
        <div role="group" aria-label={t("previewOf")} className="flex rounded-md bg-sunken p-0.5">
          {([true, false] as const).map((value) => (
            <button
              key={String(value)}
              type="button"
              aria-pressed={known === value}
              onClick={() => setKnown(value)}
              className={cn(
                "h-6 rounded-sm px-2 text-xs text-ink-muted hover:text-ink coarse:h-9",
                known === value && "bg-surface font-medium text-ink shadow-card",
              )}
            >
              {value ? t("withValues") : t("withoutValues")}
            </button>
          ))}
        </div>
      </div>
      <div className="flex justify-end rounded-lg border bg-canvas px-3 py-4">
        {text.trim() === "" ? (
          <p className="w-full text-center text-sm text-ink-faint">{t("nothingYet")}</p>
        ) : (
          <p aria-live="polite" className="max-w-[85%] rounded-xl rounded-br-sm bg-accent-soft px-3 py-2 text-base wrap-anywhere whitespace-pre-wrap">
            <MarkedHoles text={rendered.text} />
          </p>
        )}
      </div>
      {rendered.missing.length === 0 ? null : (
        <p className="text-sm text-attention-text">{t(`missing.${holes}`, { names: rendered.missing.map((name) => t(`placeholders.${name}`)).join(", ") })}</p>
      )}
      <GuardFindings text={renderTemplate(text, samples).text} />
    </section>
  );
}

/** Placeholders that stay in the text stand out. */
function MarkedHoles({ text }: { readonly text: string }) {
  return text.split(/(\{\{[^{}]*\}\})/).map((part, index) =>
    part.startsWith("{{") ? (
      <mark key={index} className="rounded-sm bg-attention-soft px-0.5 font-mono text-sm text-attention-text">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
