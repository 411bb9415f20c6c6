"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { timeZoneOptions } from "@/lib/i18n/regions";
import { type NoticePreferences, wallTimeSchema } from "@/server/notifications/schema";
import { SettingList, SettingRow } from "./setting-row";
import { type NoticeSettings, useSavePreferences } from "./use-notice-settings";

/** When one is left in peace, and what of the words leaves the house. */
export function WhenCard({ settings }: { readonly settings: NoticeSettings }) {
  const t = useTranslations("notices.when");
  const save = useSavePreferences();
  const { quietHours, emailDigest, previewOutside } = settings.preferences;
  return (
    <Card title={t("title")} padding="flush">
      <SettingList>
        <SettingRow
          title={t("quiet")}
          state={settings.isQuietNow ? <Badge>{t("quietNow")}</Badge> : undefined}
          description={t("quietHint")}
          actions={<Switch label={t("quiet")} checked={quietHours.isOn} onCheckedChange={(isOn) => save((now) => withQuiet(now, { isOn }))} />}
        >
          {quietHours.isOn ? <QuietFields settings={settings} /> : undefined}
        </SettingRow>
        <SettingRow
          title={t("digest")}
          description={t("digestHint")}
          actions={
            <>
              <Select
                size="sm"
                className="w-48"
                label={t("digest")}
                options={(["off", "hourly", "daily"] as const).map((value) => ({ value, label: t(`digests.${value}`) }))}
                value={emailDigest.mode}
                onValueChange={(mode) => save((now) => ({ ...now, emailDigest: { ...now.emailDigest, mode } }))}
              />
              {emailDigest.mode === "daily" ? (
                <WallTime
                  label={t("digestAt")}
                  hideLabel
                  value={emailDigest.at}
                  onChange={(at) => save((now) => ({ ...now, emailDigest: { ...now.emailDigest, at } }))}
                />
              ) : null}
            </>
          }
        />
        <SettingRow
          title={t("preview")}
          description={t("previewHint")}
          actions={<Switch label={t("preview")} checked={previewOutside} onCheckedChange={(wanted) => save((now) => ({ ...now, previewOutside: wanted }))} />}
        />
      </SettingList>
    </Card>
  );
}

function withQuiet(now: NoticePreferences, change: Partial<NoticePreferences["quietHours"]>): NoticePreferences {
  return { ...now, quietHours: { ...now.quietHours, ...change } };
}

function QuietFields({ settings }: { readonly settings: NoticeSettings }) {
  const t = useTranslations("notices.when");
  const locale = useLocale();
  const save = useSavePreferences();
  const { quietHours } = settings.preferences;
  const zones = useMemo(() => timeZoneOptions(locale), [locale]);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <WallTime label={t("from")} value={quietHours.from} onChange={(from) => save((now) => withQuiet(now, { from }))} />
        <WallTime label={t("to")} value={quietHours.to} onChange={(to) => save((now) => withQuiet(now, { to }))} />
        <Field label={t("zone")} className="min-w-56 flex-1">
          <Combobox
            options={zones}
            nothing={t("noZone")}
            value={quietHours.timeZone ?? settings.workspaceTimeZone}
            onValueChange={(zone) => save((now) => withQuiet(now, { timeZone: zone === settings.workspaceTimeZone ? null : zone }))}
          />
        </Field>
      </div>
      <Checkbox
        checked={quietHours.breachedPasses}
        onCheckedChange={(breachedPasses) => save((now) => withQuiet(now, { breachedPasses }))}
        label={t("breachedPasses")}
      />
    </div>
  );
}

interface WallTimeProps {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Saved when the field is left with a whole time in it; half a time goes back to what it was. */
function WallTime({ label, hideLabel = false, value, onChange }: WallTimeProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    if (typed !== null && typed !== value && wallTimeSchema.safeParse(typed).success) onChange(typed);
    setTyped(null);
  };
  const input = (
    <Input
      type="time"
      size={hideLabel ? "sm" : "md"}
      className="tabular w-34"
      aria-label={hideLabel ? label : undefined}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={finish}
    />
  );
  return hideLabel ? input : <Field label={label}>{input}</Field>;
}
