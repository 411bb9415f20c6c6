"use client";

import { useTranslations } from "next-intl";
import type { TransportsView } from "@/server/notifications/schema";
import { SmtpForm } from "./smtp-form";
import { TransportFrame } from "./transport-frame";
import { useEditedTransport } from "./use-edited-transport";
import { useTransportActions } from "./use-transports";

export function SmtpCard({ transport: stored }: { readonly transport: TransportsView["smtp"] }) {
  const t = useTranslations("notices.transports");
  const actions = useTransportActions("smtp");
  const editing = useEditedTransport("smtp");
  const transport = actions.isHidden ? null : stored;
  const facts =
    transport === null
      ? []
      : [
          { name: t("facts.server"), value: <span className="tabular">{`${transport.host}:${transport.port}`}</span> },
          { name: t("facts.security"), value: t(`securities.${transport.security}`) },
          { name: t("facts.user"), value: transport.user === "" ? t("noSignIn") : transport.user },
          { name: t("facts.from"), value: transport.fromName === "" ? transport.fromAddress : `${transport.fromName} <${transport.fromAddress}>` },
        ];
  const finish = () => {
    editing.finish();
    actions.forgetOutcome();
  };
  const form = editing.isEditing ? <SmtpForm stored={transport} onDone={finish} onCancel={finish} /> : null;
  return <TransportFrame kind="smtp" transport={transport} actions={actions} facts={facts} onEdit={editing.edit} form={form} />;
}
