import { type LineAmounts, largestLineFen, lineAmounts, taxRate } from './amounts';
import type { CivilDate } from '../../inside/kernel/vocabulary';
import {
  mostLines,
  type Address,
  type CustomerNow,
  type IntakeLine,
  type ItemNow,
  type OrderIntake,
} from './order-intake';

/** A line that says everything, with its item and its amounts. */
interface CompleteLine extends LineAmounts {
  /** 1, 2, 3 as on the order. */
  readonly line: number;
  readonly quantity: number;
  readonly discountBp: number;
  readonly specification: string;
  readonly item: ItemNow;
}

/** What of an order is there, and what is missing or wrong (IN-3): paths such as `lines.0.quantity`, never values. */
export interface Completeness {
  readonly missing: readonly string[];
  readonly lines: readonly CompleteLine[];
  readonly freightFen: number;
  readonly wishedOn: CivilDate | null;
}

export function completenessOf(
  intake: OrderIntake,
  library: { readonly customer: CustomerNow | null; readonly items: readonly ItemNow[] },
): Completeness {
  const { customer, items } = library;
  const lines = intake.lines.slice(0, mostLines).map((line, index) => completeLine(line, index, { customer, items }));
  const freightIsWrong = !inRange(intake.freightFen, 0, largestLineFen);
  const wishIsWrong = !isDateOrNull(intake.deliveryWish?.date ?? null);
  const missing = [
    ...when(customer === null, 'customerId'),
    ...when(customer !== null && isBlank(customer.legalName), 'customer.legalName'),
    ...when(isBlank(intake.contact), 'contact'),
    ...when(!isPhone(intake.phone), 'phone'),
    ...missingOfAddress(intake.address),
    ...when(lines.length === 0 || intake.lines.length > mostLines, 'lines'),
    ...lines.flatMap((line) => line.missing),
    ...when(intake.paymentState === null, 'paymentState'),
    ...when((intake.deliveryWish?.method ?? null) === null, 'deliveryWish.method'),
    ...when(wishIsWrong, 'deliveryWish.date'),
    ...when(freightIsWrong, 'freightFen'),
    ...when(intake.toleranceBp !== null && !inRange(intake.toleranceBp, 0, 10_000), 'toleranceBp'),
    ...missingOfInvoice(intake.invoice),
  ];
  return {
    missing,
    lines: lines.flatMap(({ complete }) => (complete === undefined ? [] : [complete])),
    freightFen: freightIsWrong ? 0 : intake.freightFen,
    wishedOn: wishIsWrong ? null : (intake.deliveryWish?.date ?? null),
  };
}

function completeLine(
  { itemId, name, specification, quantity, unitPriceFen, discountBp }: IntakeLine,
  index: number,
  { customer, items }: { readonly customer: CustomerNow | null; readonly items: readonly ItemNow[] },
): { readonly missing: readonly string[]; readonly complete?: CompleteLine } {
  const at = (field: string): string => `lines.${index}.${field}`;
  const item = items.find(({ id }) => id === itemId);
  const missing = [
    ...when(item === undefined, at('itemId')),
    ...when(isBlank(name), at('name')),
    ...when(isBlank(specification), at('specification')),
    ...when(!inRange(quantity, 1, largestLineFen), at('quantity')),
    ...when(!inRange(unitPriceFen, 0, largestLineFen), at('unitPriceFen')),
    ...when((quantity ?? 0) * (unitPriceFen ?? 0) > largestLineFen, at('unitPriceFen')),
    ...when(!inRange(discountBp, 0, 10_000), at('discountBp')),
  ];
  if (missing.length > 0 || item === undefined || quantity === null || unitPriceFen === null || specification === null)
    return { missing: [...new Set(missing)] };
  const taxRateBp = taxRate({ customerBp: customer?.taxRateBp ?? null, itemBp: item.taxRateBp });
  const amounts = lineAmounts({ quantity, unitPriceFen, discountBp, taxRateBp });
  return { missing, complete: { line: index + 1, quantity, discountBp, specification, item, ...amounts } };
}

/** As people write China in an address. */
const china: readonly string[] = ['CN', 'CHN', 'China', '中国', '中华人民共和国'];
export const isChina = (country: string): boolean => china.includes(country.trim());

function missingOfAddress(address: Address | null): readonly string[] {
  if (address === null) return ['address'];
  const required = isChina(address.country)
    ? (['province', 'city', 'district', 'street', 'number'] as const)
    : (['country', 'city', 'street'] as const);
  return required.filter((field) => isBlank(address[field])).map((field) => `address.${field}`);
}

/** A 专票 deducts input tax, which the tax office allows only against a title and a tax number. */
function missingOfInvoice(invoice: OrderIntake['invoice']): readonly string[] {
  if (invoice === null || invoice.kind === 'ordinary') return [];
  return [...when(isBlank(invoice.title), 'invoice.title'), ...when(isBlank(invoice.taxNumber), 'invoice.taxNumber')];
}

/** Anything that can be dialled, with an extension: at least five digits, as short as a village exchange abroad. */
function isPhone(phone: string | null): boolean {
  if (phone === null || phone.length > 40) return false;
  const digits = phone.replace(/\D/g, '').length;
  return /^[\d\s+()./-]+((x|ext\.?|转)\s*\d+)?$/i.test(phone.trim()) && digits >= 5 && digits <= 20;
}

function isDateOrNull(date: string | null): boolean {
  if (date === null) return true;
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(date);
}

function inRange(value: number | null, from: number, to: number): boolean {
  return value !== null && Number.isSafeInteger(value) && value >= from && value <= to;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function when(wrong: boolean, path: string): readonly string[] {
  return wrong ? [path] : [];
}
