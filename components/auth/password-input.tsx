"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "../ui/icon-button";
import { Input, type InputProps } from "../ui/input";

/** A password one may look at while typing it. */
export function PasswordInput(props: Omit<InputProps, "type" | "trailing">) {
  const t = useTranslations("auth");
  const [visible, setVisible] = useState(false);
  return (
    <Input
      {...props}
      type={visible ? "text" : "password"}
      trailing={
        <IconButton
          size="sm"
          label={visible ? t("hidePassword") : t("showPassword")}
          icon={visible ? <EyeOff /> : <Eye />}
          aria-pressed={visible}
          onClick={() => setVisible(!visible)}
        />
      }
    />
  );
}
