"use client";

import { Monitor, Play, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { askForPopUps, type PopUpPermission, playRing, usePopUpPermission, useSoundSettings, writeSoundSettings } from "../../notifications";
import { SettingRow } from "./setting-row";
import { TestOutcome } from "./test-outcome";
import { useSendTest } from "./use-send-test";

const tones: Readonly<Record<PopUpPermission, Tone>> = { granted: "ok", default: "neutral", denied: "attention", unsupported: "neutral" };

/** Pop-ups and sound of the browser one sits at: its own permission, its own volume. */
export function BrowserRow() {
  const t = useTranslations("notices.reach");
  const permission = usePopUpPermission();
  const test = useSendTest("browser");
  const actions = (
    <>
      {permission === "default" ? (
        <Button size="sm" variant="primary" onClick={() => void askForPopUps()}>
          {t("allowPopUps")}
        </Button>
      ) : null}
      <Button size="sm" pending={test.isPending} onClick={test.send}>
        {t("sendTest")}
      </Button>
    </>
  );
  return (
    <SettingRow
      icon={<Monitor />}
      title={t("browser")}
      state={<StatusPill tone={tones[permission]}>{t(`popUps.${permission}`)}</StatusPill>}
      description={t(`popUpsHint.${permission}`)}
      actions={actions}
    >
      <div className="flex flex-col gap-3">
        <TestOutcome outcome={test.outcome} said={t("testBrowser")} />
        <SoundSettings />
      </div>
    </SettingRow>
  );
}

const PERCENT = 100;

function SoundSettings() {
  const t = useTranslations("notices.sound");
  const settings = useSoundSettings();
  const percent = Math.round(settings.volume * PERCENT);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
      <label className="flex items-center gap-2.5">
        <Volume2 className="size-4 text-ink-muted" aria-hidden="true" />
        <span className="sr-only">{t("volume")}</span>
        <input
          type="range"
          min={0}
          max={PERCENT}
          step={10}
          value={percent}
          onChange={(event) => writeSoundSettings({ ...settings, volume: Number(event.target.value) / PERCENT })}
          className="h-8 w-32 accent-accent"
        />
        <span className="tabular w-10 text-ink-muted">{percent === 0 ? t("off") : t("percent", { value: percent / PERCENT })}</span>
      </label>
      <IconButton size="sm" label={t("listen")} icon={<Play />} disabled={percent === 0} onClick={() => void playRing(settings.volume)} className="-ml-4" />
      <Checkbox
        className="text-sm"
        checked={settings.atNight}
        onCheckedChange={(atNight) => writeSoundSettings({ ...settings, atNight })}
        label={t("atNight")}
      />
    </div>
  );
}
