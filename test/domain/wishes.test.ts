import { wishesFrom } from '../../scripts/servers/wishes';

describe('what `npm start` takes from the environment', () => {
  test('nothing given: the ports of the README', () => {
    const { apiPort, temporalPort, temporalUiPort, postgresPort } = wishesFrom({});
    expect([apiPort, temporalPort, temporalUiPort, postgresPort]).toEqual([3400, 7233, 8233, 5434]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a port that is none', { API_PORT: 'abc' }, /^API_PORT=abc is not a port number/],
    ['one port for two servers', { API_PORT: '7233' }, /^API_PORT and TEMPORAL_PORT are both 7233: choose another/],
    ['a misspelt name', { DINGDAN_POLCY: 'demo' }, /DINGDAN_POLCY: is not a name that Dingdan knows/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /LOG_LEVEL: /],
    [
      'an owner without his database',
      { DATABASE_OWNER_URL: 'postgresql://o@h/d' },
      /^DATABASE_OWNER_URL is given without/,
    ],
    [
      'an owner that is no address',
      { DATABASE_URL: 'postgresql://a@h/d', DATABASE_OWNER_URL: 'foo' },
      /^DATABASE_OWNER_URL: must be/,
    ],
    ['a database that is no address', { DATABASE_URL: 'foo' }, /DATABASE_URL: must be a postgresql/],
  ])('%s is refused before anything starts', (_what, environment, reason) => {
    expect(() => wishesFrom(environment)).toThrow(reason);
  });

  test('a port of our own server does not matter where another server is named', () => {
    expect(wishesFrom({ API_PORT: '7233', TEMPORAL_ADDRESS: 'temporal.example:7233' }).apiPort).toBe(7233);
  });
});
