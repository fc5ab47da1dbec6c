import { readEnvironment } from '../../config/environment';

const strong = 'f3Kq9Zr2Lw8Xn5Tb7Vy1Hs6Dm4Gp0Jc';
const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
const key = bytes.toString('base64');
const least = {
  DATABASE_URL: 'postgresql://dingdan@127.0.0.1:5432/dingdan',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  DINGDAN_SEAL_KEYS: `1:${key}`,
};

describe('the environment', () => {
  test('GV-2 what is not said has a safe default: loopback, no webhook, no key', () => {
    expect(readEnvironment(least)).toEqual({
      databaseUrl: least.DATABASE_URL,
      temporalAddress: '127.0.0.1:7233',
      temporalNamespace: 'default',
      temporalApiKey: undefined,
      apiHost: '127.0.0.1',
      apiPort: 8080,
      trustedProxies: [],
      buildId: undefined,
      cachedWorkflows: 500,
      logLevel: 'info',
      policy: 'default',
      webhookSecrets: new Map(),
      sealKeys: [{ id: '1', key: bytes }],
      payloadKeys: [],
      notices: { mail: undefined, robots: new Map(), digestMinutes: 10 },
    });
  });

  test('rule 7 (deny by default) trusted proxies are addresses and networks', () => {
    const { trustedProxies } = readEnvironment({ ...least, TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16,fd00::/8' });
    expect(trustedProxies).toEqual(['10.0.0.7', '10.1.0.0/16', 'fd00::/8']);
  });

  test.each(['proxy.example', '10.0.0.7/33', '10.0.0.0/0', '::/0', '10.0.0.0/8/8', '10.0.0.7;10.0.0.8', '10.0.0.0/x'])(
    'rule 7 (deny by default) %s is no trusted proxy',
    (proxy) => {
      expect(() => readEnvironment({ ...least, TRUSTED_PROXIES: proxy })).toThrow(/TRUSTED_PROXIES: must be addresses/);
    },
  );

  const mail = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: '订单 <a@b.test>', PUBLIC_URL: 'https://dingdan.test/' };

  test('GV-4 mail needs a server, a sender and the address that people reach; robots are read by role', () => {
    const { notices } = readEnvironment({
      ...least,
      ...mail,
      NOTICE_DIGEST_MINUTES: '0.5',
      NOTICE_ROBOT_SALES_DIRECTOR: 'dingtalk https://oapi.dingtalk.com/robot/send?access_token=a SECb',
      NOTICE_ROBOT_LEGAL: 'wecom https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k',
    });
    expect(notices).toEqual({
      mail: { smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM, publicUrl: 'https://dingdan.test' },
      robots: new Map([
        [
          'sales_director',
          { vendor: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=a', secret: 'SECb' },
        ],
        [
          'legal',
          { vendor: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', secret: undefined },
        ],
      ]),
      digestMinutes: 0.5,
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['mail without a sender', { SMTP_URL: mail.SMTP_URL, PUBLIC_URL: mail.PUBLIC_URL }, /MAIL_FROM: is needed beside/],
    ['a sender with a line of his own', { ...mail, MAIL_FROM: 'a@b.test\r\nBcc: c@d.test' }, /MAIL_FROM: must be/],
    ['a public address that is not encrypted', { ...mail, PUBLIC_URL: 'http://dingdan.test' }, /PUBLIC_URL: must be/],
    ['a robot of no role', { NOTICE_ROBOT_BOSS: 'wecom https://a.test' }, /NOTICE_ROBOT_BOSS: names no role/],
    [
      'a robot of no vendor',
      { NOTICE_ROBOT_LEGAL: 'slack https://a.test b' },
      /LEGAL: must begin with one of dingtalk/,
    ],
    ['a robot that cannot sign', { NOTICE_ROBOT_LEGAL: 'feishu https://a.test' }, /LEGAL: needs the secret/],
    ['a robot in the open', { NOTICE_ROBOT_LEGAL: 'wecom http://a.test' }, /LEGAL: needs an https/],
  ])('GV-4 %s is refused', (_what, but, reason) => {
    expect(() => readEnvironment({ ...least, ...but })).toThrow(reason);
  });

  test('SH-4 webhook secrets are read by the provider’s name', () => {
    const { webhookSecrets } = readEnvironment({
      ...least,
      WEBHOOK_SECRET_SF: `${strong}x`,
      API_PORT: '9000',
      LOG_LEVEL: '',
    });
    expect(webhookSecrets.get('sf')).toBe(`${strong}x`);
  });

  test('GV-2 payload keys are read with their ids, the first seals', () => {
    const { payloadKeys } = readEnvironment({ ...least, DINGDAN_PAYLOAD_KEYS: `2026:${key},2025:${key}` });
    expect(payloadKeys.map(({ id, key: secret }) => [id, secret.length])).toEqual([
      ['2026', 32],
      ['2025', 32],
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a short secret', { WEBHOOK_SECRET_SF: 'f3Kq9Zr2Lw8Xn5Tb' }, /WEBHOOK_SECRET_SF: is weak: needs at least 32/],
    ['a monotonous secret', { WEBHOOK_SECRET_SF: 'ab'.repeat(20) }, /repeats few characters/],
    ['a secret that everybody tries', { WEBHOOK_SECRET_SF: `changeme${strong}` }, /a word that everybody tries/],
    ['a misspelt name', { DINGDAN_POLICIY: 'demo' }, /DINGDAN_POLICIY: is not a name that Dingdan knows/],
    ['another database', { DATABASE_URL: 'mysql://localhost/x' }, /DATABASE_URL: must be a postgresql/],
    ['an address without a port', { TEMPORAL_ADDRESS: 'localhost' }, /TEMPORAL_ADDRESS: must be host:port/],
    ['a port that does not exist', { API_PORT: '70000' }, /API_PORT: /],
    ['a port that is no number', { API_PORT: 'http' }, /API_PORT: must be a port/],
    ['a build id with a colon', { DINGDAN_BUILD_ID: 'a:b' }, /DINGDAN_BUILD_ID: must be letters/],
    ['an unknown log level', { LOG_LEVEL: 'chatty' }, /LOG_LEVEL: /],
    ['a key of the wrong length', { DINGDAN_PAYLOAD_KEYS: '1:AAAA' }, /DINGDAN_PAYLOAD_KEYS: must be id:key pairs/],
    ['a key that is not random', { DINGDAN_PAYLOAD_KEYS: `1:${Buffer.alloc(32).toString('base64')}` }, /not random/],
    ['no seal key', { DINGDAN_SEAL_KEYS: '' }, /DINGDAN_SEAL_KEYS: must be set/],
    [
      'a seal key that was typed',
      { DINGDAN_SEAL_KEYS: `1:${'QUJD'.repeat(10)}QUI=` },
      /DINGDAN_SEAL_KEYS: holds a key/,
    ],
    ['a seal key that is no key', { DINGDAN_SEAL_KEYS: 'change-me' }, /DINGDAN_SEAL_KEYS: must be id:key pairs/],
    ['a key id named twice', { DINGDAN_PAYLOAD_KEYS: `1:${key},1:${key}` }, /names an id twice/],
  ])('GV-2 %s is refused', (_what, but, reason) => {
    expect(() => readEnvironment({ ...least, ...but })).toThrow(reason);
  });

  test('GV-2 everything wrong is listed at once, and no value with it', () => {
    const secret = 'hunter2hunter2';
    let message = '';
    try {
      readEnvironment({
        WEBHOOK_SECRET_SF: secret,
        DATABASE_URL: 'mysql://root:hunter2@x/y',
        DINGDAN_X: secret,
        API_PORT: secret,
      });
    } catch (error) {
      message = String(error);
    }
    for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'API_PORT', 'WEBHOOK_SECRET_SF', 'DINGDAN_X'])
      expect(message).toContain(name);
    expect(message).not.toContain('hunter2');
  });

  test('GV-2 names of the tests and of docker-compose.yml are left alone', () => {
    expect(
      readEnvironment({ ...least, DINGDAN_TEST_POSTGRES_URL: 'x', DINGDAN_POSTGRES_PASSWORD: 'y', HOME: '/nowhere' })
        .policy,
    ).toBe('default');
  });
});
