import { redirect } from "next/navigation";

/** A short address for one order, for links from other pages. */
export default async function OrderPage({ params }: { readonly params: Promise<{ orderId: string }> }) {
  const { orderId } = await params;
  redirect(`/orders?order=${encodeURIComponent(orderId)}`);
}
