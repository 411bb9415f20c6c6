"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { SHORTCUT_IDS, SHORTCUTS, type Shortcut, type ShortcutScope } from "./shortcuts";

const scopes: readonly ShortcutScope[] = ["global", "list", "inbox"];

export function ShortcutSheet({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("layout.shortcuts");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("description")} width="lg">
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {scopes.map((scope) => (
          <section key={scope} className={scope === "global" ? "sm:row-span-2" : ""}>
            <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`scopes.${scope}`)}</h3>
            <dl>
              {SHORTCUT_IDS.filter((id) => SHORTCUTS[id].scope === scope).map((id) => {
                const shortcut: Shortcut = SHORTCUTS[id];
                return (
                  <div key={id} className="flex h-8 items-center justify-between gap-4 border-b last:border-b-0">
                    <dt className="text-base">{t(shortcut.labelKey)}</dt>
                    <dd>
                      <Kbd keys={shortcut.keys} />
                    </dd>
                  </div>
                );
              })}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
