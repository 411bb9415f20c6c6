import { useEffect } from "react";
import { useSettled } from "../ui/late/use-settled";
import { menuParts } from "../ui/menu";
import { popoverParts } from "../ui/popover";
import { toastParts } from "../ui/toast";
import { tipParts } from "../ui/tooltip";

/** Fetches menus, popovers, hints and toasts once the page has settled: nobody waits for them, and they work when the network is gone. */
export function LatePreload() {
  const isSettled = useSettled();
  useEffect(() => {
    if (!isSettled) return;
    for (const parts of [menuParts, popoverParts, toastParts, tipParts]) parts.load();
  }, [isSettled]);
  return null;
}
