"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "../../ui/icon-button";

export interface MoveButtonsProps {
  /** What is moved, by name. */
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
}

/** A place up or down, for lists whose order decides. */
export function MoveButtons({ name, index, count, onMove }: MoveButtonsProps) {
  const t = useTranslations("automations.order");
  return (
    <span className="relative flex shrink-0 max-sm:flex-col">
      <IconButton size="sm" label={t("up", { name })} icon={<ChevronUp />} disabled={index === 0} onClick={() => onMove(-1)} />
      <IconButton size="sm" label={t("down", { name })} icon={<ChevronDown />} disabled={index === count - 1} onClick={() => onMove(1)} />
    </span>
  );
}
