/** The channel of this connector, as the house knows it. */
export const CHANNEL = "rozetka.chat";
