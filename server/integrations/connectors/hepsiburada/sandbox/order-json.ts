import { type Claim, isOpenLine, type Line, linesOf, type Merchant, type Order, orderOfLine, type Parcel } from "./state";
import { bare, lira, money } from "./turkish";

const DAY_MS = 86_400_000;
const CARRIER = { name: "HepsiJET", shortName: "HJ" } as const;
const NO_DISCOUNT = { totalPrice: money(0), unitPrice: money(0) } as const;

const COMMISSION_PERCENT = 18;

export const commissionOf = (line: Line) => Math.round((line.priceMinor * line.quantity * COMMISSION_PERCENT) / 100);

function addressJson({ customer }: Order): Record<string, unknown> {
  const { name, phone, email, city, town, district, address, id } = customer;
  return { addressId: id, address, name, email, countryCode: "TR", phoneNumber: phone, alternatePhoneNumber: phone, district, city, town, postalCode: "" };
}

/** A line as the order lists give it. */
export function lineJson(merchant: Merchant, order: Order, line: Line): Record<string, unknown> {
  const parcel = merchant.parcels.find((one) => one.number === line.packageNumber);
  return {
    id: line.id,
    orderId: order.id,
    orderNumber: order.number,
    orderDate: bare(order.placedAtMs),
    dueDate: bare(order.placedAtMs + 2 * DAY_MS),
    lastStatusUpdateDate: bare(line.movedAtMs),
    status: line.status,
    sku: line.hbSku,
    merchantSKU: line.merchantSku,
    merchantId: merchant.id,
    name: line.name,
    quantity: line.quantity,
    unitPrice: money(line.priceMinor),
    totalPrice: money(line.priceMinor * line.quantity),
    commission: money(commissionOf(line)),
    hbDiscount: NO_DISCOUNT,
    merchantDiscount: NO_DISCOUNT,
    vat: lira(Math.round((line.priceMinor * line.quantity) / 6)),
    vatRate: 20,
    customerId: order.customer.id,
    customerName: order.customer.name,
    shippingAddress: addressJson(order),
    invoice: { turkishIdentityNumber: "11111111111", taxNumber: "", taxOffice: "", address: addressJson(order) },
    cargoCompany: CARRIER.name,
    cargoCompanyModel: { id: 89_100, name: CARRIER.name, shortName: CARRIER.shortName, logoUrl: null, trackingUrl: null },
    isCargoChangable: isOpenLine(line),
    canCreatePackage: isOpenLine(line),
    isCancellable: isOpenLine(line),
    deliveryType: "StandardDelivery",
    deliveryOptionId: 1,
    packageNumber: line.packageNumber,
    barcode: parcel?.barcode ?? null,
    productBarcode: null,
    properties: [],
    creationReason: "OrderCreated",
    warehouse: { shippingAddressLabel: "BIRINCIL", shippingModel: "" },
  };
}

export function orderJson(merchant: Merchant, order: Order): Record<string, unknown> {
  return {
    orderId: order.id,
    orderNumber: order.number,
    orderDate: bare(order.placedAtMs),
    createdDate: bare(order.placedAtMs),
    paymentStatus: "Paid",
    customer: { customerId: order.customer.id, name: order.customer.name },
    deliveryAddress: addressJson(order),
    invoice: { turkishIdentityNumber: "11111111111", taxNumber: "", taxOffice: "", address: addressJson(order) },
    orderNote: order.note,
    items: order.lines.map((line) => lineJson(merchant, order, line)),
  };
}

export function parcelJson(merchant: Merchant, parcel: Parcel): Record<string, unknown> {
  const held = linesOf(merchant, parcel);
  const total = held.reduce((sum, { line }) => sum + line.priceMinor * line.quantity, 0);
  const customer = held[0]?.order.customer;
  return {
    id: `p-${parcel.number}`,
    packageNumber: parcel.number,
    barcode: parcel.barcode,
    status: parcel.status,
    cargoCompany: CARRIER.name,
    customerId: customer?.id ?? null,
    customerName: customer?.name ?? null,
    recipientName: customer?.name ?? null,
    orderDate: bare(held[0]?.order.placedAtMs ?? parcel.createdAtMs),
    dueDate: bare((held[0]?.order.placedAtMs ?? parcel.createdAtMs) + 2 * DAY_MS),
    shippingCity: customer?.city ?? null,
    totalPrice: money(total),
    items: held.map(({ order, line }) => ({
      lineItemId: line.id,
      merchantId: merchant.id,
      hbSku: line.hbSku,
      merchantSku: line.merchantSku,
      orderNumber: order.number,
      orderDate: bare(order.placedAtMs),
      productName: line.name,
      quantity: line.quantity,
      price: money(line.priceMinor),
      totalPrice: money(line.priceMinor * line.quantity),
      commission: money(commissionOf(line)),
    })),
  };
}

/** Rows of the lists of what moved: PascalCase there. */
export function movedJson(merchant: Merchant, parcel: Parcel, kind: "shipped" | "delivered" | "undelivered"): Record<string, unknown> {
  const numbers = [...new Set(linesOf(merchant, parcel).map(({ order }) => order.number))];
  return {
    Id: `p-${parcel.number}`,
    PackageNumber: parcel.number,
    Barcode: parcel.barcode,
    OrderNumber: numbers[0] ?? null,
    OrderNumbers: numbers,
    MerchantId: merchant.id,
    ...(kind === "shipped" ? { Deci: 1, EtgbNo: null, ShippedDate: bare(parcel.shippedAtMs ?? 0) } : {}),
    ...(kind === "delivered" ? { EtgbNo: null, DeliveredDate: bare(parcel.deliveredAtMs ?? 0) } : {}),
    ...(kind === "undelivered" ? { UndeliveredDate: bare(parcel.undeliveredAtMs ?? 0), UndeliveredReason: parcel.undeliveredReason } : {}),
  };
}

/** Bodies of the calls about a package. */
export function parcelBody(merchant: Merchant, parcel: Parcel, step: "unpack" | "intransit" | "deliver" | "undeliver", atMs: number): Record<string, unknown> {
  const at = bare(atMs);
  const common = { merchantId: merchant.id, packageNumber: parcel.number };
  switch (step) {
    case "intransit":
      return { ...common, barcode: parcel.barcode, shippedDate: at, trackingInfoCode: parcel.trackingNumber, trackingInfoUrl: null, deci: 1 };
    case "deliver":
      return { ...common, barcode: parcel.barcode, receivedDate: at, receivedBy: "Alıcı" };
    case "undeliver":
      return { ...common, barcode: parcel.barcode, undeliveredDate: at, undeliveredReason: parcel.undeliveredReason };
    case "unpack":
      return { ...common, unpackedDate: at, orderNumbers: [...new Set(linesOf(merchant, parcel).map(({ order }) => order.number))] };
  }
}

export function claimJson(merchant: Merchant, claim: Claim): Record<string, unknown> {
  const at = orderOfLine(merchant, claim.lineId);
  const price = at?.line.priceMinor ?? 0;
  const isRefunded = claim.status === "Refunded";
  return {
    number: claim.number,
    status: claim.status,
    claimType: "Return",
    claimDate: bare(claim.claimedAtMs),
    quantity: claim.quantity,
    explanation: "",
    reason: claim.reason,
    refundAmount: isRefunded ? lira(price * claim.quantity) : null,
    refundCurrency: "TRY",
    refundDate: isRefunded ? bare(claim.statusAtMs) : null,
    orderNumber: claim.orderNumber,
    orderDate: bare(at?.order.placedAtMs ?? 0),
    customerName: at?.order.customer.name ?? "",
    lineItemId: claim.lineId,
    sku: at?.line.hbSku ?? "",
    merchantSku: at?.line.merchantSku ?? "",
    priceAmount: lira(price),
    totalPriceAmount: lira(price * claim.quantity),
    priceCurrency: "TRY",
    finalizedWith: isRefunded ? "Refund" : null,
  };
}

/** Body of the calls about a claim. */
export function claimBody(merchant: Merchant, claim: Claim): Record<string, unknown> {
  const at = orderOfLine(merchant, claim.lineId);
  return {
    claimNumber: claim.number,
    type: "Return",
    quantity: claim.quantity,
    status: claim.status,
    orderNumber: claim.orderNumber,
    explanation: "",
    claimDate: bare(claim.claimedAtMs),
    orderDate: bare(at?.order.placedAtMs ?? 0),
    line: {
      lineItemId: claim.lineId,
      productName: at?.line.name ?? "",
      merchantId: merchant.id,
      hbSku: at?.line.hbSku ?? "",
      merchantSku: at?.line.merchantSku ?? "",
    },
    reason: claim.reason,
  };
}
