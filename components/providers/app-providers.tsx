"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ToastRegion } from "../ui/toast";
import { TooltipLayer } from "../ui/tooltip";
import { LatePreload } from "./late-preload";
import { TrpcProvider } from "./trpc-provider";

/** Everything the whole page stands in. `nonce` lets the few inline tags of our libraries pass the security policy. */
export function AppProviders({ nonce, children }: { readonly nonce: string | undefined; readonly children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      <ThemeProvider
        attribute="class"
        defaultTheme="system"
        enableSystem
        disableTransitionOnChange
        storageKey="karavan.theme"
        {...(nonce === undefined ? {} : { nonce })}
      >
        <NuqsAdapter>
          <TrpcProvider>
            {children}
            <TooltipLayer />
            <ToastRegion />
            <LatePreload />
          </TrpcProvider>
        </NuqsAdapter>
      </ThemeProvider>
    </CSPProvider>
  );
}
