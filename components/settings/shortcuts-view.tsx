"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcutMap } from "../layout/shortcut-map";
import { conflictsOf, withKeys } from "../layout/shortcut-rules";
import { SHORTCUT_IDS, SHORTCUT_SCOPES, SHORTCUTS, type Shortcut, type ShortcutId } from "../layout/shortcuts";
import { useOfferUndo } from "../layout/undo";
import { useSaveShortcuts } from "../layout/use-own-shortcuts";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";
import { Kbd } from "../ui/kbd";
import { PageHeader } from "../ui/page-header";
import { ShortcutRecorder } from "./shortcut-recorder";

/** Every shortcut with the person's keys: press to record others, switch off, or go back to how it came. */
export function ShortcutsView() {
  const t = useTranslations("shortcuts");
  const scopes = useTranslations("layout.shortcuts.scopes");
  const { overrides, save } = useSaveShortcuts();
  const offerUndo = useOfferUndo();
  const [recording, setRecording] = useState<ShortcutId | null>(null);
  const resetAll = () => {
    save({});
    offerUndo(t("allReset"), { undo: () => save(overrides) });
  };
  const take = (id: ShortcutId, keys: readonly string[], from: readonly ShortcutId[]) => {
    const freed = from.reduce((kept, other) => withKeys(kept, other, []), overrides);
    save(withKeys(freed, id, keys));
    setRecording(null);
    offerUndo(t(keys.length === 0 ? "switchedOff" : "changed"), { undo: () => save(overrides) });
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("lead")}
        actions={
          Object.keys(overrides).length === 0 ? undefined : (
            <Button icon={<RotateCcw />} onClick={resetAll}>
              {t("resetAll")}
            </Button>
          )
        }
      />
      {SHORTCUT_SCOPES.map((scope) => (
        <Card key={scope} title={scopes(scope)} padding="flush">
          <ul>
            {SHORTCUT_IDS.filter((id) => SHORTCUTS[id].scope === scope).map((id) => (
              <ShortcutRow
                key={id}
                id={id}
                recording={recording === id}
                onRecord={(on) => setRecording(on ? id : null)}
                onTake={(keys, from) => take(id, keys, from)}
              />
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

interface ShortcutRowProps {
  readonly id: ShortcutId;
  readonly recording: boolean;
  readonly onRecord: (on: boolean) => void;
  readonly onTake: (keys: readonly string[], from: readonly ShortcutId[]) => void;
}

function ShortcutRow({ id, recording, onRecord, onTake }: ShortcutRowProps) {
  const t = useTranslations("shortcuts");
  const label = useTranslations("layout.shortcuts");
  const { map, overrides } = useShortcutMap();
  const shortcut: Shortcut = SHORTCUTS[id];
  const name = label(shortcut.labelKey);
  const isOwn = overrides[id] !== undefined;
  const conflicts = conflictsOf(map, id, map[id]);
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5 last:border-b-0 sm:px-5">
      <span className="min-w-40 flex-1 text-base">
        {name}
        {conflicts.length === 0 ? null : (
          <span className="block text-sm text-attention-text">
            {t("conflict", { names: conflicts.map((other) => label(SHORTCUTS[other].labelKey)).join(", ") })}
          </span>
        )}
      </span>
      {isOwn && !recording ? <Badge tone="accent">{t("own")}</Badge> : null}
      {shortcut.typed === true ? (
        <span className="flex items-center gap-2 text-sm text-ink-faint">
          {t("typed")}
          <Kbd keys={shortcut.keys} />
        </span>
      ) : recording ? (
        <ShortcutRecorder id={id} name={name} onCancel={() => onRecord(false)} onTake={onTake} />
      ) : (
        <span className="flex items-center gap-1">
          {isOwn ? <IconButton size="sm" label={t("reset", { name })} icon={<RotateCcw />} onClick={() => onTake(shortcut.keys, [])} /> : null}
          <button
            type="button"
            aria-label={t("record", { name })}
            title={t("record", { name })}
            onClick={() => onRecord(true)}
            className={cn(
              "focus-inset flex h-8 min-w-20 items-center justify-center rounded-md border border-line-strong bg-surface px-2.5 hover:bg-hover coarse:h-11",
              map[id].length === 0 && "text-sm text-ink-faint",
            )}
          >
            {map[id].length === 0 ? label("off") : <Kbd keys={map[id]} />}
          </button>
        </span>
      )}
    </li>
  );
}
