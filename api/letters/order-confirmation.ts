import { html } from '../../domain/outside/notices/html';
import { bankRow, type LetterFacts, letterPage, linesTable, markOf, row, sellerRows, yuan } from './letter';

/** 销售部客户订单确认书 (CF-1): what was agreed, to be signed and sent back. Special wishes are marked. */
export function orderConfirmation(facts: LetterFacts): string {
  const { no, revision, customer, contact, phone, address, depositFen, shipsOn, arrivesOn, specialRequirements } =
    facts;
  const body = html` <table>
      ${row('订单号', 'order', `${no} (r${revision})`)} ${sellerRows(facts)} ${row('客户', 'customer', customer)}
      ${row('联系人', 'contact', `${contact} ${phone}`)} ${row('收货地址', 'address', address)}
      ${row('预计出库', 'ships on', shipsOn)} ${row('预计到货', 'arrives on', arrivesOn)}
      ${row('定金', 'deposit', yuan(depositFen))} ${bankRow(facts)}
    </table>
    ${linesTable(facts)}
    ${
      specialRequirements === null
        ? null
        : html`<p>
            <strong>★ 特殊要求 <small>special wishes, to be confirmed by phone</small></strong
            ><br />${specialRequirements}
          </p>`
    }
    <p>
      请签字盖章后回传；回传晚一天，交期顺延一天。<br />Please sign and return. Each day the paper is late moves the
      date by one day.
    </p>
    <div class="sign">
      <span>客户签章 <small>customer</small> ____________</span><span>日期 <small>date</small> ____________</span>
    </div>`;
  return letterPage({ zh: '销售部客户订单确认书', en: 'Order confirmation' }, body, markOf(facts.status));
}
