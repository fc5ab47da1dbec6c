import { html } from '../../domain/outside/notices/html';
import { bankRow, type BillFacts, type LetterFacts, letterPage, linesTable, row, sellerRows, yuan } from './letter';

/** 结算单 (ST-1): what a shipment brought, what it costs, what is paid towards it and still receivable, by when and how to pay. */
export function billLetter(facts: LetterFacts, bill: BillFacts): string {
  const { no, customer } = facts;
  const body = html` <table>
      ${row('结算单号', 'bill', bill.no)} ${row('订单号', 'order', no)}
      ${bill.shipmentNo === null ? null : row('发货单号', 'shipment', bill.shipmentNo)} ${sellerRows(facts)}
      ${row('客户', 'customer', customer)} ${row('开单日期', 'issued', bill.issuedOn)}
      ${row('到期日', 'due', bill.dueOn)}
    </table>
    ${linesTable(bill)}
    <table>
      ${row('已收', 'received', yuan(bill.totalFen - bill.openFen))} ${row('应收', 'receivable', yuan(bill.openFen))}
      ${row('付款方式', 'ways to pay', '银行转账 / 支付宝 / 微信 · bank transfer, Alipay, WeChat')} ${bankRow(facts)}
    </table>`;
  return letterPage({ zh: '结算单', en: 'Bill' }, body);
}
