import * as fc from 'fast-check';
import { durationInWords, formatDuration, parseDuration } from '../../../domain/outside/policy/duration';
import type { Duration } from '../../../domain/inside/kernel/ladder';

const durations: fc.Arbitrary<Duration> = fc.oneof(
  fc.integer({ min: -9_000_000, max: 9_000_000 }).map((seconds) => ({ kind: 'elapsed' as const, seconds })),
  fc.integer({ min: -900_000, max: 900_000 }).map((seconds) => ({ kind: 'working' as const, seconds })),
  fc.integer({ min: -400, max: 400 }).map((days) => ({ kind: 'workingDays' as const, days })),
);

describe('durations in policies', () => {
  test.each<[string, Duration]>([
    ['PT1H', { kind: 'elapsed', seconds: 3600 }],
    ['P7D', { kind: 'elapsed', seconds: 604_800 }],
    ['-P3D', { kind: 'elapsed', seconds: -259_200 }],
    ['P2W', { kind: 'elapsed', seconds: 1_209_600 }],
    ['P1DT1H30M5S', { kind: 'elapsed', seconds: 91_805 }],
    ['PT0S', { kind: 'elapsed', seconds: 0 }],
    ['working PT8H', { kind: 'working', seconds: 28_800 }],
    ['working -PT30M', { kind: 'working', seconds: -1800 }],
    ['working P10D', { kind: 'workingDays', days: 10 }],
  ])('GV-3 "%s" is understood', (text, duration) => {
    expect(parseDuration(text)).toEqual(duration);
  });

  test.each([
    '',
    'P',
    'PT',
    'P1DT',
    '1h',
    'P1Y',
    'P1M',
    'PT1.5H',
    'P-3D',
    '-PT0S',
    '-P0D',
    'pt1h',
    ' PT1H',
    'PT1H ',
    'P1H',
    'PT1D',
  ])('GV-3 "%s" is refused, never read as nothing', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
  });

  test.each([
    'working P1DT1H',
    'working P1W',
    'working  PT1H',
    'Working PT1H',
    'working',
    'P99999D',
    'working P40000D',
  ])('GV-3 "%s" is refused: it has no single meaning or no bound', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
  });

  test('GV-3 a duration that is written and read again is the same', () => {
    fc.assert(
      fc.property(durations, (duration) => {
        expect(parseDuration(formatDuration(duration))).toEqual(duration);
      }),
    );
  });

  test('GV-3 durations are shown in Chinese and in English', () => {
    expect(durationInWords(parseDuration('working PT8H'), 'zh')).toBe('8 个工作小时');
    expect(durationInWords(parseDuration('working PT8H'), 'en')).toBe('8 working hours');
    expect(durationInWords(parseDuration('-P3D'), 'zh')).toBe('提前 3 天');
    expect(durationInWords(parseDuration('-P1D'), 'en')).toBe('1 day before');
    expect(durationInWords(parseDuration('working P10D'), 'zh')).toBe('10 个工作日');
    expect(durationInWords(parseDuration('P1DT30M'), 'en')).toBe('1 day 30 minutes');
    expect(durationInWords(parseDuration('PT0S'), 'zh')).toBe('0 秒');
  });
});
