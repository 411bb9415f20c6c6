"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { OrderView, TransitionView } from "@/server/orders/schema";

export interface TransitionDialogProps {
  readonly order: OrderView;
  readonly transition: TransitionView;
  /** The words of the button that was pressed. */
  readonly title: string;
  readonly isDangerous: boolean;
  readonly pending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (fields: Record<string, string>) => void;
}

type TransitionField = TransitionView["fields"][number];

/** The words a transition needs, and a last look before what no service takes back. */
export function TransitionDialog({ order, transition, title, isDangerous, pending, onClose, onConfirm }: TransitionDialogProps) {
  const t = useTranslations("orders");
  const common = useTranslations("common");
  const form = useId();
  const [values, setValues] = useState<Record<string, string>>(() => startOf(order, transition));
  const [tried, setTried] = useState(false);
  const missing = transition.fields.filter(({ name, required }) => required && (values[name] ?? "").trim() === "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) onConfirm(values);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("dialog.title", { action: title, number: order.number })}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={form} variant={isDangerous ? "danger-solid" : "primary"} pending={pending}>
            {title}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {transition.consequence === null ? null : <Notice tone="attention">{t(`consequences.${transition.consequence}`)}</Notice>}
        {isDangerous ? <Notice tone="attention">{t("dialog.cannotUndo")}</Notice> : null}
        {transition.fields.map((field) => (
          <Field
            key={field.name}
            label={t(`fields.${field.name}`)}
            note={field.required ? undefined : t("dialog.optional")}
            error={tried && missing.includes(field) ? t("dialog.missing") : undefined}
          >
            <Control field={field} value={values[field.name] ?? ""} onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))} />
          </Field>
        ))}
      </form>
    </Dialog>
  );
}

function startOf(order: OrderView, { fields }: TransitionView): Record<string, string> {
  const known: Readonly<Partial<Record<TransitionField["name"], string | null>>> = { trackingNumber: order.trackingNumber };
  return Object.fromEntries(
    fields.map(({ name, options }) => [name, options === null ? (known[name] ?? "") : options.length === 1 ? (options[0]?.value ?? "") : ""]),
  );
}

function Control({ field, value, onChange }: { readonly field: TransitionField; readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTranslations("orders");
  if (field.options !== null)
    return <Select options={field.options} value={value === "" ? null : value} placeholder={t("dialog.choose")} onValueChange={onChange} />;
  if (field.name === "comment") return <Textarea value={value} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <Input type={field.name === "date" ? "date" : "text"} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}
