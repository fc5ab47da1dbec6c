import { html } from '../../domain/html';
import { bankRow, type LetterFacts, letterPage, linesTable, row, sellerRows, yuan } from './letter';

/** 结算单 (ST-1): what was delivered, what it costs, what is received and still receivable, by when and how to pay. */
export function billLetter(facts: LetterFacts & { readonly bill: NonNullable<LetterFacts['bill']> }): string {
  const { no, customer, bill, receivedFen } = facts;
  const body = html` <table>
      ${row('结算单号', 'bill', bill.no)} ${row('订单号', 'order', no)} ${sellerRows(facts)}
      ${row('客户', 'customer', customer)} ${row('开单日期', 'issued', bill.issuedOn)}
      ${row('到期日', 'due', bill.dueOn)}
    </table>
    ${linesTable(facts)}
    <table>
      ${row('已收', 'received', yuan(receivedFen))}
      ${row('应收', 'receivable', yuan(Math.max(0, bill.totalFen - receivedFen)))}
      ${row('付款方式', 'ways to pay', '银行转账 / 支付宝 / 微信 · bank transfer, Alipay, WeChat')} ${bankRow(facts)}
    </table>`;
  return letterPage({ zh: '结算单', en: 'Bill' }, body);
}
