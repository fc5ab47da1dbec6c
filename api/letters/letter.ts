import type { Fen, Words } from '../../domain/inside/kernel/vocabulary';
import { type Html, html } from '../../domain/outside/notices/html';

/** What every letter of an order shows: read from the books, per revision. */
export interface LetterFacts {
  readonly no: string;
  readonly revision: number;
  readonly status: string;
  readonly isContract: boolean;
  /** Null while nobody has said who sells. */
  readonly seller: Seller | null;
  readonly customer: string;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
  readonly lines: readonly LetterLine[];
  readonly goodsFen: Fen;
  readonly taxFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
  readonly depositFen: Fen;
  readonly receivedFen: Fen;
  /** Expected completion and shipping, and the arrival wished for. */
  readonly shipsOn: string;
  readonly arrivesOn: string;
  readonly specialRequirements: string | null;
}

/** What one bill asks for: what its shipment brought. */
export interface BillFacts extends Pick<LetterFacts, 'lines' | 'goodsFen' | 'taxFen' | 'freightFen' | 'totalFen'> {
  readonly no: string;
  readonly shipmentNo: string | null;
  readonly openFen: Fen;
  readonly issuedOn: string;
  readonly dueOn: string;
}

interface Seller {
  readonly legalName: string;
  readonly taxNo: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly bankName: string | null;
  readonly bankAccount: string | null;
}

export interface LetterLine {
  readonly line: number;
  readonly name: string;
  readonly specification: string;
  readonly quantity: number;
  readonly unitPriceFen: Fen;
  readonly netFen: Fen;
}

/** 草稿 · 作废: what nobody has agreed to yet, or nobody keeps any more, must not pass for a letter that was sent. */
export function markOf(status: string): Words | undefined {
  if (['on_hold', 'pending_review', 'returned'].includes(status)) return { zh: '草稿', en: 'draft, not agreed' };
  return ['cancelled', 'rejected', 'dead'].includes(status) ? { zh: '作废', en: 'void' } : undefined;
}

/** A page in both languages, fit for printing: no script, no address outside. */
export function letterPage(title: Words, body: Html, mark?: Words): string {
  return html`<!doctype html>
    <html lang="zh">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title.zh} ${title.en}</title>
        <style>
          body {
            font:
              14px/1.6 'Noto Sans CJK SC',
              'PingFang SC',
              'Microsoft YaHei',
              sans-serif;
            max-width: 48rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #222;
          }
          h1 {
            font-size: 1.4rem;
          }
          small {
            color: #666;
            font-weight: normal;
          }
          table {
            border-collapse: collapse;
            width: 100%;
            margin: 1rem 0;
          }
          th,
          td {
            border: 1px solid #bbb;
            padding: 0.3rem 0.5rem;
            text-align: left;
            vertical-align: top;
          }
          td.n,
          th.n {
            text-align: right;
            font-variant-numeric: tabular-nums;
          }
          .sign {
            margin-top: 3rem;
            display: flex;
            justify-content: space-between;
          }
        </style>
      </head>
      <body>
        <h1>${title.zh} <small>${title.en}</small>${mark === undefined ? null : html` 【${mark.zh} ${mark.en}】`}</h1>
        ${body}
      </body>
    </html>`.markup;
}

/** A row of a letter's head: the Chinese word, the English one, the value. */
export const row = (zh: string, en: string, value: string): Html =>
  html`<tr>
    <th>${zh} <small>${en}</small></th>
    <td>${value}</td>
  </tr>`;

/** 卖方: its name and how to reach it, as far as it is known. */
export function sellerRows({ seller }: Pick<LetterFacts, 'seller'>): Html | null {
  if (seller === null) return null;
  const { legalName, taxNo, address, phone } = seller;
  const reached = [address, phone].filter((part) => part !== null).join(' · ');
  return html`${row('卖方', 'seller', legalName)} ${taxNo === null ? null : row('税号', 'tax number', taxNo)}
  ${reached === '' ? null : row('卖方地址', 'seller’s address', reached)}`;
}

/** Where to pay to, once the company has said so. */
export function bankRow({ seller }: Pick<LetterFacts, 'seller'>): Html | null {
  const account = [seller?.bankName, seller?.bankAccount].filter((part) => part !== null && part !== undefined);
  return account.length === 0 ? null : row('收款账户', 'account', account.join(' '));
}

/** `1234.50` with thousands apart, and the currency's sign. */
export function yuan(fen: Fen): string {
  const [whole = '0', cents = '00'] = (
    BigInt(Math.abs(fen)) / 100n +
    '.' +
    String(Math.abs(fen) % 100).padStart(2, '0')
  ).split('.');
  return `${fen < 0 ? '-' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** Lines with their prices and the sums below them. */
export function linesTable({
  lines,
  goodsFen,
  taxFen,
  freightFen,
  totalFen,
}: Pick<LetterFacts, 'lines' | 'goodsFen' | 'taxFen' | 'freightFen' | 'totalFen'>): Html {
  return html`<table>
    <tr>
      <th>#</th>
      <th>品名 <small>item</small></th>
      <th>规格 <small>specification</small></th>
      <th class="n">数量 <small>quantity</small></th>
      <th class="n">单价 <small>unit price</small></th>
      <th class="n">金额 <small>amount</small></th>
    </tr>
    ${lines.map(
      (line) =>
        html`<tr>
          <td>${line.line}</td>
          <td>${line.name}</td>
          <td>${line.specification}</td>
          <td class="n">${line.quantity}</td>
          <td class="n">${yuan(line.unitPriceFen)}</td>
          <td class="n">${yuan(line.netFen)}</td>
        </tr>`,
    )}
    <tr>
      <td colspan="5">货款 <small>goods</small></td>
      <td class="n">${yuan(goodsFen)}</td>
    </tr>
    <tr>
      <td colspan="5">税额 <small>tax</small></td>
      <td class="n">${yuan(taxFen)}</td>
    </tr>
    <tr>
      <td colspan="5">运费 <small>freight</small></td>
      <td class="n">${yuan(freightFen)}</td>
    </tr>
    <tr>
      <th colspan="5">合计 <small>total</small></th>
      <th class="n">${yuan(totalFen)}</th>
    </tr>
  </table>`;
}
