"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { LabelDot } from "../../ui/label-chip";
import { Select } from "../../ui/select";
import type { Label } from "./label-row";

export interface MergeDialogProps {
  readonly label: Label;
  readonly others: readonly Label[];
  readonly onMerge: (into: Label) => void;
  readonly onClose: () => void;
}

/** Two labels that mean the same become one. */
export function MergeDialog({ label, others, onMerge, onClose }: MergeDialogProps) {
  const t = useTranslations("settings.labels");
  const common = useTranslations("common");
  const [intoId, setIntoId] = useState<string | null>(null);
  const into = others.find(({ id }) => id === intoId);
  const merge = () => {
    if (into === undefined) return;
    onMerge(into);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("mergeTitle", { name: label.name })}
      description={t("mergeLead", { name: label.name })}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={into === undefined} onClick={merge}>
            {t("mergeAction")}
          </Button>
        </>
      }
    >
      <Field label={t("mergeInto")}>
        <Select
          value={intoId}
          onValueChange={setIntoId}
          placeholder={t("mergeChoose")}
          options={others.map(({ id, name, color }) => ({ value: id, label: name, icon: <LabelDot color={color} /> }))}
        />
      </Field>
    </Dialog>
  );
}
