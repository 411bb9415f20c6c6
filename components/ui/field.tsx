"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface FieldProps {
  readonly label: ReactNode;
  /** What to type and where to find it. Stays visible while typing. */
  readonly help?: ReactNode;
  /** What is wrong and how to put it right; replaces nothing, it is shown below the control. */
  readonly error?: string | undefined;
  /** Said after the label, e.g. "optional". */
  readonly note?: ReactNode;
  readonly className?: string | undefined;
  /** One of our controls (Input, Textarea, Select): label, help and error are tied to it for screen readers. */
  readonly children: ReactNode;
}

export function Field({ label, help, error, note, className, children }: FieldProps) {
  return (
    <BaseField.Root invalid={error !== undefined} className={cn("flex flex-col gap-1.5", className)}>
      <span className="flex items-baseline justify-between gap-2">
        <BaseField.Label className="text-sm font-medium text-ink">{label}</BaseField.Label>
        {note === undefined ? null : <span className="text-xs text-ink-faint">{note}</span>}
      </span>
      {children}
      {error === undefined ? null : (
        <BaseField.Error match={true} className="flex items-start gap-1.5 text-sm text-failed-text">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {error}
        </BaseField.Error>
      )}
      {help === undefined ? null : <BaseField.Description className="text-sm text-ink-muted">{help}</BaseField.Description>}
    </BaseField.Root>
  );
}
