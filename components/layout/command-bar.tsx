"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Kbd } from "../ui/kbd";
import { type Command, useAllCommands } from "./commands";
import { SHORTCUTS } from "./shortcuts";

function byGroup(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

export interface CommandBarProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Ctrl/⌘+K: everything one can do, by name; each line shows its keys, so people need the bar less and less. */
export function CommandBar({ open, onOpenChange }: CommandBarProps) {
  const t = useTranslations("layout.commandBar");
  const commands = useAllCommands();
  const choose = (command: Command) => {
    onOpenChange(false);
    command.run();
  };
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex justify-center px-4 pt-[12dvh]">
          <BaseDialog.Popup aria-label={t("title")} className="h-fit w-full max-w-xl overflow-hidden rounded-xl bg-raised shadow-overlay outline-hidden">
            <Cmdk label={t("title")} loop>
              <div className="flex items-center gap-3 border-b px-4">
                <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
                <Cmdk.Input placeholder={t("placeholder")} className="h-12 w-full bg-transparent text-lg outline-hidden placeholder:text-ink-faint" />
                <Kbd keys={["escape"]} className="max-sm:hidden" />
              </div>
              <Cmdk.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5 pb-2">
                <Cmdk.Empty className="px-3 py-10 text-center text-base text-ink-muted">{t("nothing")}</Cmdk.Empty>
                {byGroup(commands).map(([group, entries]) => (
                  <Cmdk.Group
                    key={group}
                    heading={group}
                    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
                  >
                    {entries.map((command) => (
                      <Cmdk.Item
                        key={command.id}
                        value={command.id}
                        keywords={[command.label, group, ...(command.keywords ?? [])]}
                        onSelect={() => choose(command)}
                        className="flex min-h-9 cursor-default items-center justify-between gap-3 rounded-md px-2.5 text-base select-none aria-selected:bg-hover coarse:min-h-11"
                      >
                        {command.label}
                        {command.shortcut === undefined ? null : <Kbd keys={SHORTCUTS[command.shortcut].keys} />}
                      </Cmdk.Item>
                    ))}
                  </Cmdk.Group>
                ))}
              </Cmdk.List>
            </Cmdk>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
