import type { Role } from '../domain/inside/kernel/vocabulary';
import { stockBatchId } from '../prisma/stock-batch';

/** The demo company: a maker of cabinets and fittings in Zhejiang that also trades. */

export const company = {
  legalName: '浙江鼎单家居有限公司',
  taxNo: '91330106MA2DDEMO0X',
  address: '浙江省杭州市西湖区文三路 90 号',
  phone: '0571-8800 0000',
  bankName: '示范银行杭州文三支行',
  bankAccount: '0000 0000 0000 0000',
  setBy: 'u-admin-1',
} as const;

interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly superior: string | null;
  readonly roles: readonly Role[];
}

const user = (id: string, name: string, roles: readonly Role[], superior: string | null = null): DemoUser => ({
  id,
  name,
  superior,
  roles,
});

/** Two of those who must not check themselves (V3). */
export const users: readonly DemoUser[] = [
  user('u-sales-1', '王芳', ['sales'], 'u-sales-supervisor-1'),
  user('u-sales-2', '李强', ['sales'], 'u-sales-supervisor-1'),
  user('u-customer-service-1', '张敏', ['customer_service'], 'u-customer-service-supervisor-1'),
  user('u-customer-service-supervisor-1', '刘洋', ['customer_service_supervisor'], 'u-sales-director-1'),
  user('u-sales-supervisor-1', '陈静', ['sales_supervisor'], 'u-sales-director-1'),
  user('u-sales-director-1', '杨帆', ['sales_director'], 'u-director-1'),
  user('u-technical-1', '赵磊', ['technical'], 'u-director-1'),
  user('u-production-1', '黄勇', ['production'], 'u-director-1'),
  user('u-team-lead-1', '周涛', ['team_lead'], 'u-production-1'),
  user('u-quality-1', '吴婷', ['quality'], 'u-director-1'),
  user('u-warehouse-1', '徐刚', ['warehouse'], 'u-logistics-1'),
  user('u-warehouse-2', '马骏', ['warehouse'], 'u-logistics-1'),
  user('u-checker-1', '孙丽', ['checker'], 'u-logistics-1'),
  user('u-logistics-1', '朱明', ['logistics'], 'u-director-1'),
  user('u-purchasing-1', '胡月', ['purchasing'], 'u-director-1'),
  user('u-finance-1', '郭雪', ['finance'], 'u-finance-lead-1'),
  user('u-finance-2', '林燕', ['finance'], 'u-finance-lead-1'),
  user('u-finance-lead-1', '何平', ['finance_lead'], 'u-director-1'),
  user('u-legal-1', '高峰', ['legal'], 'u-general-manager-1'),
  user('u-director-1', '罗建国', ['director'], 'u-general-manager-1'),
  user('u-general-manager-1', '郑国华', ['general_manager']),
  user('u-after-sales-1', '梁晨', ['after_sales'], 'u-customer-service-supervisor-1'),
  user('u-analyst-1', '宋佳', ['analyst'], 'u-director-1'),
  user('u-admin-1', '管理员', ['admin']),
];

export const warehouses = [{ id: 'wh-hangzhou', name: '杭州总仓' }] as const;

export const suppliers = [
  { id: 's-ningbo-steel', name: '宁波金属制品有限公司', contact: '沈先生', phone: '0574-8700 1201' },
  { id: 's-hettich', name: 'Baltic Fittings GmbH', contact: 'Anna Vogt', phone: '+49 5223 770' },
] as const;

/** A carrier's webhook secret stands in the environment variable that is named here. */
export const carriers = [
  { id: 'sf', name: '顺丰速运', webhookSecret: 'WEBHOOK_SECRET_SF' },
  { id: 'own-truck', name: '自有车队', webhookSecret: null },
  { id: 'freight-line', name: '德邦物流', webhookSecret: null },
] as const;

type Supply = 'stock' | 'buy' | 'make';

const item = (
  id: string,
  name: string,
  specification: string,
  supply: Supply,
  more: { yuan: number; leadDays: number; supplierId?: string },
) => ({
  id,
  name,
  specification,
  supply,
  listPriceFen: BigInt(more.yuan * 100),
  leadDays: more.leadDays,
  supplierId: more.supplierId ?? null,
});

export const items = [
  item('hinge-110', '缓冲铰链 110°', '镀镍，单只', 'stock', { yuan: 12, leadDays: 0 }),
  item('rail-450', '三节滑轨 450 mm', '承重 35 kg，一副', 'stock', { yuan: 46, leadDays: 0 }),
  item('handle-128', '铝合金拉手 128 mm', '黑色', 'stock', { yuan: 18, leadDays: 0 }),
  item('screw-box', '自攻螺丝（盒）', '4×16，500 只', 'stock', { yuan: 25, leadDays: 0 }),
  item('lock-cam', '转舌锁', '带两把钥匙', 'stock', { yuan: 15, leadDays: 0 }),
  item('lift-stay', '气动支撑杆 100 N', '一副', 'buy', { yuan: 38, leadDays: 5, supplierId: 's-hettich' }),
  item('sink-780', '不锈钢水槽 780×430', '304，双槽', 'buy', { yuan: 680, leadDays: 7, supplierId: 's-ningbo-steel' }),
  item('tap-pull', '抽拉式龙头', '304 拉丝', 'buy', { yuan: 320, leadDays: 7, supplierId: 's-ningbo-steel' }),
  item('led-strip', 'LED 灯带 5 m', '4000 K，带电源', 'buy', { yuan: 96, leadDays: 5, supplierId: 's-hettich' }),
  item('cabinet-base-800', '地柜 800', 'E0 多层板，烤漆门', 'make', { yuan: 1480, leadDays: 10 }),
  item('cabinet-wall-800', '吊柜 800', 'E0 多层板，烤漆门', 'make', { yuan: 960, leadDays: 10 }),
  item('worktop-quartz', '石英石台面（米）', '15 mm，现场测量', 'make', { yuan: 780, leadDays: 8 }),
  item('wardrobe-custom', '定制衣柜（平方米）', '按图纸', 'make', { yuan: 890, leadDays: 15 }),
] as const;

const inHand = {
  'hinge-110': 2000,
  'rail-450': 400,
  'handle-128': 800,
  'screw-box': 150,
  'lock-cam': 300,
  'tap-pull': 6,
} as const;

export const batches = Object.entries(inHand).map(([itemId, quantity], index) => ({
  id: stockBatchId(itemId, 'opening'),
  itemId,
  warehouseId: 'wh-hangzhou',
  shelf: `A-${String(index + 1).padStart(2, '0')}`,
  receivedAt: new Date('2026-01-05T01:00:00Z'),
  inHand: quantity,
}));

const china = (province: string, city: string, district: string, street: string, number: string) => ({
  country: 'CN',
  province,
  city,
  district,
  street,
  number,
});

export const customers = [
  {
    id: 'c-donghai',
    legalName: '东海机械制造有限公司',
    grade: 'A',
    creditLimitFen: 50000000n,
    paymentTermDays: 30,
    salespersonId: 'u-sales-1',
    region: '华东',
    contact: '钱经理',
    phone: '0571-8800 1001',
    address: china('浙江省', '杭州市', '萧山区', '市心北路', '88号'),
  },
  {
    id: 'c-northlight',
    legalName: 'Northlight Interiors Ltd',
    grade: 'A',
    creditLimitFen: 80000000n,
    paymentTermDays: 45,
    salespersonId: 'u-sales-2',
    region: 'export',
    contact: 'Emma Clarke',
    phone: '+44 20 7946 0958',
    taxRateBp: 0,
    address: {
      country: 'UK',
      city: 'London',
      street: '12 Orme Square',
    },
  },
  {
    id: 'c-xinyuan',
    legalName: '新源装饰工程有限公司',
    grade: 'B',
    creditLimitFen: 20000000n,
    salespersonId: 'u-sales-1',
    region: '华东',
    contact: '孔女士',
    phone: '025-8660 2002',
    address: china('江苏省', '南京市', '鼓楼区', '中山北路', '201号'),
  },
  {
    id: 'c-lucheng',
    legalName: '鹿城家居商行',
    grade: 'B',
    creditLimitFen: 8000000n,
    salespersonId: 'u-sales-2',
    region: '华东',
    contact: '金先生',
    phone: '0577-8810 3003',
    address: china('浙江省', '温州市', '鹿城区', '人民东路', '15号'),
  },
  {
    id: 'c-harbour',
    legalName: 'Harbour Kitchens Pty',
    grade: 'B',
    creditLimitFen: 30000000n,
    taxRateBp: 0,
    salespersonId: 'u-sales-2',
    region: 'export',
    contact: 'Liam Walsh',
    phone: '+61 2 5550 4040',
    address: {
      country: 'AU',
      city: 'Sydney',
      street: '7 Wharf Road',
    },
  },
  {
    id: 'c-xiaoman',
    legalName: '小满咖啡店',
    grade: 'C',
    creditLimitFen: 0n,
    salespersonId: 'u-sales-1',
    region: '华东',
    contact: '满老板',
    phone: '138 0000 4004',
    address: china('上海市', '上海市', '徐汇区', '武康路', '376号'),
  },
  {
    id: 'c-qinling',
    legalName: '秦岭民宿有限公司',
    grade: 'C',
    creditLimitFen: 0n,
    salespersonId: 'u-sales-1',
    region: '西北',
    contact: '秦先生',
    phone: '029-8520 5005',
    address: china('陕西省', '西安市', '雁塔区', '小寨东路', '11号'),
  },
];
