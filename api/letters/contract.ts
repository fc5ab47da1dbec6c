import { html } from '../../domain/outside/notices/html';
import { bankRow, type LetterFacts, letterPage, linesTable, markOf, row, sellerRows, yuan } from './letter';

/** 销售合同 (RV-10): the draft that legal and finance look at and both sides sign; what is filed is the paper made from it. */
export function contractLetter(facts: LetterFacts): string {
  const { no, revision, seller, customer, address, depositFen, totalFen, shipsOn, specialRequirements } = facts;
  const clauses = [
    {
      zh: `货款合计 ${yuan(totalFen)}（含税），其中定金 ${yuan(depositFen)}，余款按约定付清。`,
      en: `The price is ${yuan(totalFen)} with tax, of which ${yuan(depositFen)} is a deposit; the rest is paid as agreed.`,
    },
    {
      zh: `预计完工日期 ${shipsOn}；以双方签署及定金到账为准。`,
      en: `Expected completion: ${shipsOn}, counted from both signatures and the deposit.`,
    },
    { zh: `交货地点：${address}。`, en: `Place of delivery: ${address}.` },
    {
      zh: '收货后应及时验收，数量与质量异议书面提出。',
      en: 'Goods are inspected on receipt; objections to quantity or quality are made in writing.',
    },
    { zh: '变更须经双方书面确认。', en: 'Changes need both sides in writing.' },
  ];
  const body = html` <table>
      ${row('合同编号', 'contract', `${no} (r${revision})`)} ${sellerRows(facts)} ${row('买方', 'buyer', customer)}
      ${bankRow(facts)}
    </table>
    ${linesTable(facts)}
    <ol>
      ${clauses.map(({ zh, en }) => html`<li>${zh}<br /><small>${en}</small></li>`)}
      ${specialRequirements === null ? null : html`<li>特殊要求 <small>special wishes</small>：${specialRequirements}</li>`}
    </ol>
    <div class="sign">
      <span>卖方签章 <small>seller</small> ${seller?.legalName ?? null} ____________</span
      ><span>买方签章 <small>buyer</small> ${customer} ____________</span
      ><span>日期 <small>date</small> ____________</span>
    </div>`;
  return letterPage({ zh: '销售合同', en: 'Sales contract' }, body, markOf(facts.status));
}
