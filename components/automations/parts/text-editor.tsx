"use client";

import { Braces } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { TEMPLATE_VARIABLES, type TemplateVariable, unknownVariables } from "@/lib/reply-template";
import { Button } from "../../ui/button";
import { cn } from "../../ui/class-names";
import { Field } from "../../ui/field";
import { Menu, MenuItem } from "../../ui/menu";
import { Textarea } from "../../ui/textarea";

export interface TextEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly maxLength: number;
  /** What will be known when it is sent; all unless said otherwise. */
  readonly variables?: readonly TemplateVariable[] | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** The words of a template or a follow-up, with a menu of what can be put in when it is sent. */
export function TextEditor({ label, value, onValueChange, maxLength, variables = TEMPLATE_VARIABLES, error, disabled = false }: TextEditorProps) {
  const t = useTranslations("automations.text");
  const box = useRef<HTMLTextAreaElement>(null);
  const [unknown] = unknownVariables(value);
  const insert = (name: string) => {
    const element = box.current;
    const [from, to] = element === null ? [value.length, value.length] : [element.selectionStart, element.selectionEnd];
    const piece = `{{${name}}}`;
    onValueChange(`${value.slice(0, from)}${piece}${value.slice(to)}`);
    // The menu gives the focus back to its button first.
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(from + piece.length, from + piece.length);
    });
  };
  const length = [...value].length;
  return (
    <Field
      label={label}
      error={error ?? (unknown === undefined ? undefined : t("unknownPlaceholder", { name: unknown }))}
      note={<span className={cn("tabular", length > maxLength && "text-failed-text")}>{t("length", { length, max: maxLength })}</span>}
    >
      <Textarea ref={box} rows={5} className="max-h-80" value={value} disabled={disabled} onChange={(event) => onValueChange(event.currentTarget.value)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Menu
          trigger={
            <Button size="sm" icon={<Braces />} disabled={disabled}>
              {t("insert")}
            </Button>
          }
        >
          {variables.map((name) => (
            <MenuItem key={name} onSelect={() => insert(name)}>
              {t(`placeholders.${name}`)} <span className="text-ink-faint">· {t(`samples.${name}`)}</span>
            </MenuItem>
          ))}
        </Menu>
        <p className="text-sm text-ink-muted">{t.rich("fallbackHelp", { code: () => <code className="font-mono text-xs">{"{{buyer_name|…}}"}</code> })}</p>
      </div>
    </Field>
  );
}
