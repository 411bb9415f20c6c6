/** Every remote method this connector calls. Roles of a key are compared with these paths; the OpenAPI test walks them. */
export const ENDPOINTS = {
  roles: "/v1/roles",
  sellerInfo: "/v1/seller/info",
  chatList: "/v3/chat/list",
  chatHistory: "/v3/chat/history",
  sendMessage: "/v1/chat/send/message",
  sendFile: "/v1/chat/send/file",
  chatRead: "/v2/chat/read",
  chatStart: "/v1/chat/start",
  fbsList: "/v4/posting/fbs/list",
  fboList: "/v3/posting/fbo/list",
  accrualByDay: "/v1/finance/accrual/by-day",
  accrualPostings: "/v1/finance/accrual/postings",
  accrualTypes: "/v1/finance/accrual/types",
  productList: "/v3/product/list",
  productInfo: "/v3/product/info/list",
} as const;

export type Endpoint = (typeof ENDPOINTS)[keyof typeof ENDPOINTS];

/** Where buyers' and sellers' files are served; needs the key headers, so nothing but this prefix is ever fetched. */
export const FILE_PATH = "/v2/chat/file/";

export const OZON_BASE_URL = "https://api-seller.ozon.ru";

/** 50 requests a second per Client-Id over all methods (Limits section, 2026-09-25); we stop short of it. */
export const LIMIT = { group: "all", points: 45, perSeconds: 1 } as const;
