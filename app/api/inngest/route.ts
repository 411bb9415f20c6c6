import { handler } from "@/inngest/index";

/** Called by the Inngest server (ENGINE=inngest). The SDK refuses requests without a valid signature. */
export const { GET, POST, PUT } = handler;

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
