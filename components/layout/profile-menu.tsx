"use client";

import { CircleCheck, Keyboard, LogOut, Monitor, Moon, MoonStar, Settings2, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { useErrorText } from "../providers/use-error-text";
import { Avatar } from "../ui/avatar";
import { cn } from "../ui/class-names";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "../ui/menu";
import { toast } from "../ui/toast";
import type { ShellMember } from "./shell";
import { useAvailability } from "./use-availability";
import { useProfileLocale } from "./use-preferences";

export interface ProfileMenuProps {
  readonly member: ShellMember;
  readonly compact: boolean;
  readonly onShortcuts: () => void;
}

export function ProfileMenu({ member, compact, onShortcuts }: ProfileMenuProps) {
  const t = useTranslations("layout.profile");
  const errorText = useErrorText();
  const { theme, setTheme } = useTheme();
  const { locale, change } = useProfileLocale(member.name, (error) => toast.failed(errorText(error).text));
  const takesConversations = member.permissions.includes("inbox.write");
  const availability = useAvailability({ enabled: takesConversations });
  return (
    <Menu
      side="top"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={t("menu", { name: member.name })}
          className={cn(
            "focus-inset flex h-11 w-full min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover data-popup-open:bg-hover",
            compact && "w-9 px-0.5",
          )}
        >
          <span className="relative">
            <Avatar name={member.name} />
            {availability.value === null ? null : <AvailabilityDot value={availability.value} />}
          </span>
          <span className={cn("min-w-0 flex-1", compact && "hidden")}>
            <span className="block truncate text-sm font-medium">{member.name}</span>
            <span className="block truncate text-xs text-ink-muted">{t(`roles.${member.role}`)}</span>
          </span>
        </button>
      }
    >
      <div className="px-2 pt-1.5 pb-2">
        <p className="truncate text-base font-medium">{member.name}</p>
        <p className="truncate text-sm text-ink-muted">{member.email}</p>
      </div>
      <MenuSeparator />
      {availability.value === null ? null : (
        <>
          <MenuChoice
            label={t("availability")}
            value={availability.value}
            onValueChange={availability.change}
            options={[
              { value: "online", label: t("availabilities.online"), icon: <CircleCheck /> },
              { value: "away", label: t("availabilities.away"), icon: <MoonStar /> },
            ]}
          />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<Settings2 />} href="/settings">
        {t("settings")}
      </MenuItem>
      <MenuItem icon={<Keyboard />} keys={["?"]} onSelect={onShortcuts}>
        {t("shortcuts")}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t("theme")}
        value={theme ?? "system"}
        onValueChange={setTheme}
        options={[
          { value: "system", label: t("themes.system"), icon: <Monitor /> },
          { value: "light", label: t("themes.light"), icon: <Sun /> },
          { value: "dark", label: t("themes.dark"), icon: <Moon /> },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={t("language")}
        value={locale}
        onValueChange={change}
        options={LOCALES.map((value) => ({ value, label: <span lang={value}>{LOCALE_NAMES[value]}</span> }))}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

/** Loaded when it is wanted: nobody signs out on the first paint. */
async function leave(): Promise<void> {
  const { signOut } = await fetchCode(() => import("next-auth/react"));
  await signOut({ callbackUrl: "/sign-in" });
}

function AvailabilityDot({ value }: { readonly value: "online" | "away" }) {
  const tone = value === "online" ? "bg-ok" : "bg-attention";
  return <span aria-hidden="true" className={cn("absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-canvas", tone)} />;
}
