"use client";

import { Ellipsis, Merge, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { LabelColor } from "@/server/inbox/schema";
import { IconButton } from "../../ui/icon-button";
import { LabelDot } from "../../ui/label-chip";
import { Menu, MenuItem } from "../../ui/menu";

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly color: LabelColor;
}

export interface LabelRowProps {
  readonly label: Label;
  readonly mayManage: boolean;
  readonly mayMerge: boolean;
  readonly onEdit: () => void;
  readonly onMerge: () => void;
  readonly onRemove: () => void;
}

export function LabelRow({ label, mayManage, mayMerge, onEdit, onMerge, onRemove }: LabelRowProps) {
  const t = useTranslations("settings.labels");
  const common = useTranslations("common");
  const { id, name, color } = label;
  return (
    <li className="relative flex min-h-12 items-center gap-3 border-b px-4 py-1.5 last:border-b-0 hover:bg-hover">
      <LabelDot color={color} className="size-3" />
      {mayManage ? (
        <button type="button" onClick={onEdit} className="focus-inset min-w-0 flex-1 truncate rounded-sm text-left font-medium after:absolute after:inset-0">
          {name}
        </button>
      ) : (
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      )}
      <Link href={`/inbox?view=all&label=${id}`} className="relative rounded-sm px-1 text-sm text-accent-text hover:underline">
        {t("conversations")}
      </Link>
      {mayManage ? (
        <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          <MenuItem icon={<Merge />} disabled={!mayMerge} onSelect={onMerge}>
            {t("merge")}
          </MenuItem>
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
            {t("remove")}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
