import { describe, expect, it } from 'vitest';
import { mix } from '../src/lib/sound/mix';

describe('what the wall lets be heard', () => {
  it('keeps to the layers of the place', () => {
    expect([...mix(['Rain', 'Bell'], 0.2, false).levels.keys()]).toEqual(['Rain', 'Bell']);
    expect(mix([], 0.9, false).levels.size).toBe(0);
  });

  it('lets weather swell and small sounds step back as it gets tense', () => {
    const [calm, tense] = [mix(['Wind', 'Birds'], 0.1, false), mix(['Wind', 'Birds'], 0.9, false)];
    expect(tense.levels.get('Wind')!).toBeGreaterThan(calm.levels.get('Wind')!);
    expect(tense.levels.get('Birds')!).toBeLessThan(calm.levels.get('Birds')!);
    expect(tense.brightness).toBeGreaterThan(calm.brightness);
  });

  it('beats low only near the peak', () => {
    expect(mix(['Sea'], 0.7, false).pulse).toBe(0);
    expect(mix(['Sea'], 0.8, false).pulse).toBeGreaterThan(0);
    expect(mix(['Sea'], 1, false).pulse).toBe(1);
  });

  it('leaves room for the hall while it votes', () => {
    expect(mix(['Sea'], 0.5, true).master).toBeLessThan(mix(['Sea'], 0.5, false).master);
  });

  it('stays within 0 and 1 whatever a film says', () => {
    for (const tension of [-3, 0, 0.33, 0.71, 1, 9, Number.EPSILON]) {
      const heard = mix(['Rain', 'Wind', 'Sea', 'Train'], tension, false);
      for (const loudness of heard.levels.values()) expect(loudness).toBeGreaterThan(0), expect(loudness).toBeLessThanOrEqual(1);
      expect(heard.pulse).toBeGreaterThanOrEqual(0);
      expect(heard.brightness).toBeLessThan(9000);
    }
  });
});
