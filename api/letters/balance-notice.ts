import { html } from '../../domain/outside/notices/html';
import { bankRow, type LetterFacts, letterPage, row, sellerRows, yuan } from './letter';

/** 余款催收通知书 (BL-1): the goods are ready; they go when the balance is in. */
export function balanceNotice(facts: LetterFacts): string {
  const { no, customer, totalFen, receivedFen } = facts;
  const unpaidFen = Math.max(0, totalFen - receivedFen);
  const body = html` <table>
      ${row('订单号', 'order', no)} ${sellerRows(facts)} ${row('客户', 'customer', customer)}
      ${row('订单金额', 'total', yuan(totalFen))} ${row('已收', 'received', yuan(receivedFen))}
      ${row('应付余款', 'balance due', yuan(unpaidFen))} ${bankRow(facts)}
    </table>
    <p>货物已备妥，收到余款后即安排出库。<br />The goods are ready and ship when the balance is in.</p>`;
  return letterPage({ zh: '余款催收通知书', en: 'Balance collection notice' }, body);
}
