"use client";

import { Copy, Ellipsis, Lock, Pencil, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { TEMPLATE_VARIABLES } from "@/lib/reply-template";
import type { TemplateView } from "@/server/replies/schema";
import { Badge } from "../../ui/badge";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { ChannelMarks } from "../parts/channel-marks";

export interface TemplateRowProps {
  readonly template: TemplateView;
  readonly mayChange: boolean;
  readonly mayWrite: boolean;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

/** Name and shortcut, the first words, where it is offered and how often it was used. */
export function TemplateRow({ template, mayChange, mayWrite, onEdit, onCopy, onRemove }: TemplateRowProps) {
  const t = useTranslations("automations.templates");
  const common = useTranslations("common");
  const format = useFormatter();
  const { title, shortcut, text, channels, isShared, useCount } = template;
  return (
    <li className="relative flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          {mayChange ? (
            <button type="button" onClick={onEdit} className="focus-inset truncate rounded-sm text-left font-medium after:absolute after:inset-0">
              {title}
            </button>
          ) : (
            <span className="truncate font-medium">{title}</span>
          )}
          {shortcut === null ? null : <code className="shrink-0 rounded-sm bg-sunken px-1 font-mono text-xs text-ink-muted">#{shortcut}</code>}
          {isShared ? null : <Badge icon={<Lock />}>{t("private")}</Badge>}
        </p>
        <p className="truncate text-sm text-ink-muted">
          <Excerpt text={text} />
        </p>
      </div>
      <ChannelMarks channels={channels} className="max-sm:hidden" />
      <p className="tabular w-24 shrink-0 text-right text-sm text-ink-muted max-md:hidden">
        {useCount === 0 ? t("unused") : t("uses", { count: useCount, shown: format.number(useCount) })}
      </p>
      {mayWrite ? (
        <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${title}`} icon={<Ellipsis />} />}>
          {mayChange ? (
            <MenuItem icon={<Pencil />} onSelect={onEdit}>
              {t("edit")}
            </MenuItem>
          ) : null}
          <MenuItem icon={<Copy />} onSelect={onCopy}>
            {t("copy")}
          </MenuItem>
          {mayChange ? (
            <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
              {t("remove")}
            </MenuItem>
          ) : null}
        </Menu>
      ) : null}
    </li>
  );
}

/** In one line, with what is put in later by its name. */
function Excerpt({ text }: { readonly text: string }) {
  const t = useTranslations("automations.text.placeholders");
  return text.split(/(\{\{\s*[a-z_]+[^{}]*\}\})/).map((part, index) => {
    const variable = TEMPLATE_VARIABLES.find((name) => part.startsWith("{{") && part.includes(name));
    if (variable === undefined) return part.replaceAll("\n", " ");
    return (
      <span key={index} className="text-ink-faint">
        [{t(variable)}]
      </span>
    );
  });
}
