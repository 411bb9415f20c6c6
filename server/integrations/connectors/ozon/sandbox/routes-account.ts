import { z } from "zod";
import { type Method, method } from "./method";
import type { OzonState, Seller } from "./state";

/** /v1/roles and /v1/seller/info. */
export function accountMethods(state: OzonState): Method[] {
  return [
    method("/v1/roles", z.strictObject({}), (_seller, _input, key) => ({ expires_at: new Date(key.expiresAtMs).toISOString(), roles: key.roles })),
    method("/v1/seller/info", z.strictObject({}), (seller) => sellerInfo(seller, state.host.clock.now())),
  ];
}

function sellerInfo(seller: Seller, now: Date): unknown {
  const dates = { date_from: new Date(now.getTime() - 7 * 86_400_000).toISOString(), date_to: now.toISOString() };
  const good = { danger: false, premium: true, warning: false };
  return {
    company: {
      country: "RU",
      currency: "RUB",
      inn: seller.inn,
      legal_name: seller.companyName,
      name: seller.companyName.replace(/^[^«]*«|»$/g, ""),
      ogrn: "1157746000000",
      ownership_form: "Общество с ограниченной ответственностью",
      tax_system: "USN",
    },
    ratings: [
      {
        name: "Оценка товаров",
        rating: "rating_review_avg_score_total",
        status: "OK",
        value_type: "REVIEW_SCORE",
        current_value: { ...dates, formatted: "4,8", status: good, value: 4.8 },
        past_value: { ...dates, formatted: "4,7", status: good, value: 4.7 },
      },
    ],
    subscription: { is_premium: seller.subscription !== "UNSPECIFIED", type: seller.subscription },
  };
}
