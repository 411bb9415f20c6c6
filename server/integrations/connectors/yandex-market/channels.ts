/** The channels of this connector, as the house knows them. */
export const CHANNEL = "yandex-market.chat";
export const REVIEW_CHANNEL = "yandex-market.review";
export const QUESTION_CHANNEL = "yandex-market.question";
