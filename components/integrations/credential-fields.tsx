"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ConnectorView } from "@/server/integrations/schema";

export interface CredentialFieldsProps {
  readonly connector: ConnectorView;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
  /** Last characters of what is stored: an empty box then means "keep it". */
  readonly hints?: Readonly<Record<string, string>>;
}

/** Drawn from the connector's own description; the help says where each key is found. */
export function CredentialFields({ connector, values, onChange, hints }: CredentialFieldsProps) {
  const t = useTranslations("connectors");
  const form = useTranslations("integrations.form");
  return connector.fields.map((field) => {
    const key = `${connector.id}.fields.${field.name}` as const;
    const hint = hints?.[field.name];
    return (
      <Field key={field.name} label={t(`${key}.label`)} help={t(`${key}.help`)} note={hint === undefined ? undefined : form("stored", { hint })}>
        <Input
          value={values[field.name] ?? ""}
          type={field.secret ? "password" : "text"}
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          placeholder={hint === undefined ? (field.example ?? "") : form("keep")}
          onChange={(event) => onChange({ ...values, [field.name]: event.currentTarget.value })}
        />
      </Field>
    );
  });
}
