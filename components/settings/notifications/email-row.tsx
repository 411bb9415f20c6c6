"use client";

import { Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMay } from "@/components/layout/use-may";
import { useErrorText } from "@/components/providers/use-error-text";
import { StatusPill } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { REACH_TONES } from "./reach-tones";
import { SettingRow } from "./setting-row";
import { TestOutcome } from "./test-outcome";
import type { NoticeSettings } from "./use-notice-settings";
import { useSendTest } from "./use-send-test";

/** Mail goes to the address one signs in with. */
export function EmailRow({ email }: { readonly email: NoticeSettings["email"] }) {
  const t = useTranslations("notices.reach");
  const errorText = useErrorText();
  const mayManage = useMay("workspace.manage");
  const test = useSendTest("email");
  const { state, label, brokenCode } = email;
  const hasServer = state !== "no_transport";
  const description = !hasServer
    ? mayManage
      ? t("emailNoServerAdmin")
      : t("emailNoServer")
    : brokenCode === null
      ? t("emailReady")
      : errorText.forCode(brokenCode);
  return (
    <SettingRow
      icon={<Mail />}
      title={t("email")}
      state={<StatusPill tone={REACH_TONES[state]}>{state === "ready" && label !== null ? label : t(`states.${state}`)}</StatusPill>}
      description={description}
      actions={
        hasServer ? (
          <Button size="sm" pending={test.isPending} onClick={test.send}>
            {t("sendTest")}
          </Button>
        ) : mayManage ? (
          <ButtonLink size="sm" href="/settings/transports?edit=smtp">
            {t("addServer")}
          </ButtonLink>
        ) : undefined
      }
    >
      {test.outcome === null ? undefined : (
        <TestOutcome outcome={test.outcome} said={t("testSent", { to: test.outcome.ok ? (test.outcome.sentTo ?? "") : "" })} />
      )}
    </SettingRow>
  );
}
