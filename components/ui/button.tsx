import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

const buttonStyle = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none",
    "transition-[background-color,border-color,color] duration-100",
    "disabled:cursor-not-allowed disabled:opacity-55 data-disabled:cursor-not-allowed data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-ink hover:bg-accent-hover",
        secondary: "border border-line-strong bg-surface text-ink hover:bg-hover data-popup-open:bg-hover",
        ghost: "text-ink-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
        danger: "border border-line-strong bg-surface text-failed-text hover:border-failed hover:bg-failed-soft",
        "danger-solid": "bg-failed-text text-failed-ink hover:opacity-90 dark:bg-failed",
      },
      size: {
        sm: "h-7 px-2.5 text-sm coarse:h-9",
        md: "h-8 px-3 text-base coarse:h-10",
        lg: "h-10 px-4 text-base coarse:h-11",
      },
      block: { true: "w-full", false: "" },
    },
    defaultVariants: { variant: "secondary", size: "md", block: false },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyle>;

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className">, ButtonStyle {
  readonly className?: string | undefined;
  /** The action is under way: a spinner replaces the label's place, the width stays, presses are ignored. */
  readonly pending?: boolean | undefined;
  readonly icon?: ReactNode;
}

export function Button({ variant, size, block, className, pending = false, disabled, icon, children, type = "button", ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      type={type}
      disabled={disabled === true || pending}
      focusableWhenDisabled={pending}
      aria-busy={pending || undefined}
      className={cn(buttonStyle({ variant, size, block }), className)}
    >
      {pending ? <Spinner className="absolute" /> : null}
      <span className={cn("inline-flex items-center gap-1.5", pending && "opacity-0")}>
        {icon}
        {children}
      </span>
    </BaseButton>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, ButtonStyle {
  readonly icon?: ReactNode;
}

/** A link that looks like a button: it goes somewhere, so it stays an `<a>`. */
export function ButtonLink({ variant, size, block, className, icon, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={cn(buttonStyle({ variant, size, block }), className)}>
      {icon}
      {children}
    </Link>
  );
}
