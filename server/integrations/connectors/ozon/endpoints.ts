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
  fbsUnfulfilled: "/v4/posting/fbs/unfulfilled/list",
  fbsGet: "/v3/posting/fbs/get",
  fbsShip: "/v4/posting/fbs/ship",
  fbsCancel: "/v2/posting/fbs/cancel",
  cancelReasons: "/v2/posting/fbs/cancel-reason/list",
  trackingSet: "/v2/fbs/posting/tracking-number/set",
  rfbsDelivering: "/v2/fbs/posting/delivering",
  rfbsLastMile: "/v2/fbs/posting/last-mile",
  rfbsDelivered: "/v2/fbs/posting/delivered",
  accrualByDay: "/v1/finance/accrual/by-day",
  accrualPostings: "/v1/finance/accrual/postings",
  accrualTypes: "/v1/finance/accrual/types",
  productList: "/v3/product/list",
  productInfo: "/v3/product/info/list",
  warehouses: "/v2/warehouse/list",
  fbsStocks: "/v2/product/info/stocks-by-warehouse/fbs",
  setStocks: "/v2/products/stocks",
  setPrices: "/v1/product/import/prices",
  pushTypes: "/v1/notification/push-type/list",
  pushSet: "/v1/notification/set",
  pushUpdate: "/v1/notification/update",
  questionList: "/v1/question/list",
  questionInfo: "/v1/question/info",
  questionCount: "/v1/question/count",
  questionStatus: "/v1/question/change-status",
  answerList: "/v1/question/answer/list",
  answerCreate: "/v1/question/answer/create",
  reviewList: "/v2/review/list",
  reviewInfo: "/v2/review/info",
  reviewCount: "/v2/review/count",
  reviewStatus: "/v2/review/change-status",
  commentList: "/v1/review/comment/list",
  commentCreate: "/v1/review/comment/create",
} as const;

export type Endpoint = (typeof ENDPOINTS)[keyof typeof ENDPOINTS];

/** Where buyers' and sellers' files are served; needs the key headers, so nothing but this prefix is ever fetched. */
export const FILE_PATH = "/v2/chat/file/";

export const OZON_BASE_URL = "https://api-seller.ozon.ru";

/** Where buyers' photos are served, without a key; the file of June 2026 names no other image host in its samples. */
export const HOSTS = { cdn1: "https://cdn1.ozone.ru" } as const;

/** Ours, out of caution: the image host states no limit. */
export const IMAGE_LIMIT = { group: "images", points: 10, perSeconds: 1 } as const;

/** 50 requests a second per Client-Id over all methods (Limits section, 2026-09-25); we stop short of it. */
export const LIMIT = { group: "all", points: 45, perSeconds: 1 } as const;

/** 80 requests a minute for stock changes (description of the method, 2026-06-11); we stop short of it. */
export const STOCK_LIMIT = { group: "stocks", points: 75, perSeconds: 60 } as const;
