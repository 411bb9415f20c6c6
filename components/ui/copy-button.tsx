"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { toast } from "./toast";

export interface CopyButtonProps {
  readonly value: string;
  /** What is copied, in words. */
  readonly label: string;
  /** Show the label as text instead of an icon only. */
  readonly wide?: boolean | undefined;
}

export function CopyButton({ value, label, wide = false }: CopyButtonProps) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    // Without HTTPS, or without the right, the browser refuses: say so, the text is on the screen to be selected by hand.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    const written = clipboard === undefined ? Promise.reject(new Error("no clipboard")) : clipboard.writeText(value);
    written.then(
      () => setCopied(true),
      () => toast.failed(t("copyFailed"), { description: t("copyFailedHint") }),
    );
  };
  const icon = copied ? <Check className="text-ok-text" /> : <Copy />;
  const announcement = (
    <span role="status" className="sr-only">
      {copied ? t("copied") : ""}
    </span>
  );
  if (wide) {
    return (
      <>
        <Button icon={icon} onClick={copy}>
          {copied ? t("copied") : label}
        </Button>
        {announcement}
      </>
    );
  }
  return (
    <>
      <IconButton size="sm" label={copied ? t("copied") : label} icon={icon} onClick={copy} />
      {announcement}
    </>
  );
}
