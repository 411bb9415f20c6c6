"use client";

import { useMutation } from "@tanstack/react-query";
import { Plug, Users } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { AppLocale } from "@/lib/i18n/locales";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { cn } from "../ui/class-names";
import { AuthHeading } from "./auth-heading";
import { enter } from "./enter";
import { OwnerStep, type OwnerValues } from "./owner-step";
import { WorkspaceStep, type WorkspaceValues } from "./workspace-step";

type Step = "owner" | "workspace" | "done";
const steps: readonly Step[] = ["owner", "workspace", "done"];

function StepMarks({ current }: { readonly current: Step }) {
  const t = useTranslations("auth.setup");
  const position = steps.indexOf(current);
  return (
    <div className="mb-6">
      <p className="mb-2 text-sm text-ink-muted">{t("progress", { step: position + 1, total: steps.length })}</p>
      <div aria-hidden="true" className="flex gap-1.5">
        {steps.map((step, index) => (
          <span key={step} className={cn("h-1 flex-1 rounded-full", index <= position ? "bg-accent" : "bg-line")} />
        ))}
      </div>
    </div>
  );
}

/** First start: the owner, the workspace with its first organization, then what to do next. There is no default account. */
export function SetupWizard() {
  const t = useTranslations("auth.setup");
  const locale = useLocale() as AppLocale;
  const errorText = useErrorText();
  const trpc = useTRPC();
  const create = useMutation(trpc.access.setup.create.mutationOptions());
  const [step, setStep] = useState<Step>("owner");
  const [owner, setOwner] = useState<OwnerValues>({ name: "", email: "", password: "" });
  const [failure, setFailure] = useState<string | null>(null);
  const finish = async ({ workspaceName, timeZone, organizationName, country, currency }: WorkspaceValues) => {
    setFailure(null);
    try {
      await create.mutateAsync({ ...owner, locale, timeZone, workspaceName, organization: { name: organizationName, country, currency, timeZone } });
      await enter(owner);
      setStep("done");
    } catch (error) {
      setFailure(errorText(error).text);
    }
  };
  return (
    <>
      <StepMarks current={step} />
      <AuthHeading title={t(`${step}.title`)}>{t(`${step}.lead`)}</AuthHeading>
      {step === "owner" ? (
        <OwnerStep
          initial={owner}
          onDone={(values) => {
            setOwner(values);
            setStep("workspace");
          }}
        />
      ) : null}
      {step === "workspace" ? <WorkspaceStep failure={failure} onBack={() => setStep("owner")} onDone={finish} /> : null}
      {step === "done" ? <NextThings /> : null}
    </>
  );
}

/** Plain links, so that the shell is loaded for the person who has just signed in. */
function NextThings() {
  const t = useTranslations("auth.setup.done");
  const choices = [
    { href: "/integrations", icon: Plug, key: "connect" },
    { href: "/settings/members", icon: Users, key: "invite" },
  ] as const;
  return (
    <div className="flex flex-col gap-3">
      {choices.map(({ href, icon: Icon, key }) => (
        <a key={key} href={href} className="flex items-start gap-3 rounded-lg border bg-surface p-4 shadow-card hover:border-line-strong hover:bg-hover">
          <Icon className="mt-0.5 size-5 shrink-0 text-accent-text" aria-hidden="true" />
          <span>
            <span className="block font-medium">{t(`${key}.title`)}</span>
            <span className="block text-sm text-ink-muted">{t(`${key}.text`)}</span>
          </span>
        </a>
      ))}
      <a href="/" className="mt-1 self-start rounded-sm text-base font-medium text-accent-text hover:underline">
        {t("later")}
      </a>
    </div>
  );
}
