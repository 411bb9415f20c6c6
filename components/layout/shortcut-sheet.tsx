"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { useShortcutMap } from "./shortcut-map";
import { SHORTCUT_IDS, SHORTCUT_SCOPES, SHORTCUTS, type Shortcut } from "./shortcuts";

/** The keys as this person has them. */
export function ShortcutSheet({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("layout.shortcuts");
  const { map } = useShortcutMap();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("description")}
      width="lg"
      footer={
        <ButtonLink href="/settings/shortcuts" onClick={() => onOpenChange(false)}>
          {t("change")}
        </ButtonLink>
      }
    >
      <div className="gap-x-10 sm:columns-2">
        {SHORTCUT_SCOPES.map((scope) => (
          <section key={scope} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`scopes.${scope}`)}</h3>
            <dl>
              {SHORTCUT_IDS.filter((id) => SHORTCUTS[id].scope === scope).map((id) => {
                const shortcut: Shortcut = SHORTCUTS[id];
                return (
                  <div key={id} className="flex min-h-8 items-center justify-between gap-4 border-b last:border-b-0">
                    <dt className="py-1 text-base">{t(shortcut.labelKey)}</dt>
                    <dd>{map[id].length === 0 ? <span className="text-sm text-ink-faint">{t("off")}</span> : <Kbd keys={map[id]} />}</dd>
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
