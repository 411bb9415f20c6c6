"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import type { ConnectionView, HealthState, HealthView } from "@/server/integrations/schema";
import { ErrorHelpLink } from "./errors/error-sentence";

const tones: Readonly<Record<HealthState, Tone>> = {
  unknown: "neutral",
  ok: "ok",
  degraded: "attention",
  auth_failed: "failed",
  missing_permission: "attention",
  throttled: "attention",
  unreachable: "failed",
  disabled: "neutral",
};

/** Where a cause of health is explained at length. */
const explanations: Readonly<Record<string, string>> = {
  credentials_missing: "connection.credentials_missing",
  credentials_malformed: "connection.credentials_malformed",
  credentials_rejected: "remote.auth",
  missing_permission: "remote.forbidden",
  subscription_too_small: "remote.subscription",
  throttled: "remote.rate-limited",
  unreachable: "remote.unavailable",
  answer_not_understood: "remote.malformed",
  request_refused: "remote.invalid",
};

export function HealthBadge({ health }: { readonly health: HealthView }) {
  const t = useTranslations("integrations.healthState");
  return <Badge tone={tones[health.state]}>{t(health.state)}</Badge>;
}

/** The cause in words, with the time a throttled service named. */
export function useHealthText(): (health: HealthView) => string | null {
  const t = useTranslations("integrations.health");
  const format = useFormatter();
  return ({ code, params }) => {
    if (code === null) return null;
    const until = params["until"];
    const values =
      typeof until === "string" ? { ...params, until: format.dateTime(new Date(until), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) } : params;
    return t.has(code) ? t(code, values) : t("unknown");
  };
}

/** What needs a person at this connection: its health, then a key that is about to expire. */
export function ConnectionNotices({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const healthText = useHealthText();
  const text = healthText(connection.health);
  const tone = connection.health.state === "auth_failed" || connection.health.state === "unreachable" ? "failed" : "attention";
  const expiry = connection.expiry;
  return (
    <>
      {connection.health.state === "ok" || text === null ? null : (
        <Notice tone={tone} title={t(`healthState.${connection.health.state}`)}>
          {text} {connection.sendingBlocked ? t("sendingBlocked") : null} <ErrorHelpLink code={explanations[connection.health.code ?? ""] ?? ""} />
        </Notice>
      )}
      {expiry === null || expiry.level === "fine" ? null : (
        <Notice
          tone={expiry.level === "expired" ? "failed" : "attention"}
          title={expiry.level === "expired" ? t("expiry.expiredTitle") : t("expiry.soonTitle", { days: expiry.daysLeft })}
        >
          {t("expiry.advice")}
        </Notice>
      )}
    </>
  );
}
