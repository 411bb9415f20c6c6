"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Card } from "../ui/card";
import { cn } from "../ui/class-names";

const themes = [
  { value: "system", icon: Monitor },
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
] as const;

const never = () => () => undefined;

/** Belongs to this browser, so it takes effect at once and is not saved with the profile. */
export function AppearanceCard() {
  const t = useTranslations("settings.appearance");
  const names = useTranslations("layout.profile.themes");
  const { theme, setTheme } = useTheme();
  // The server does not know the choice: nothing is marked until the browser has told.
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <Card title={t("title")} description={t("lead")}>
      <div role="radiogroup" aria-label={t("title")} className="grid max-w-md grid-cols-3 gap-2">
        {themes.map(({ value, icon: Icon }) => {
          const chosen = known && theme === value;
          return (
            <label
              key={value}
              className={cn(
                "flex h-18 cursor-pointer flex-col items-center justify-center gap-1.5 rounded-md border border-line-strong px-1 text-center text-sm text-ink-muted hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
                chosen && "border-accent bg-selected font-medium text-ink",
              )}
            >
              <input type="radio" name="theme" value={value} checked={chosen} onChange={() => setTheme(value)} className="sr-only" />
              <Icon className="size-4" aria-hidden="true" />
              {names(value)}
            </label>
          );
        })}
      </div>
    </Card>
  );
}
