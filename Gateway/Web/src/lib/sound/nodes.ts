/** A struck or blown note that dies away: hertz, loudness 0–1, seconds; `to` is where its pitch falls, `attack` how soon it is there. */
export interface Note {
  readonly frequency: number;
  readonly loudness: number;
  readonly seconds: number;
  readonly to?: number;
  readonly type?: OscillatorType;
  readonly after?: number;
  readonly attack?: number;
}

export function level(context: BaseAudioContext, loudness: number): GainNode {
  const gain = context.createGain();
  gain.gain.value = loudness;
  return gain;
}

/** An oscillator that is not started yet. */
export function voice(context: BaseAudioContext, type: OscillatorType, frequency: number): OscillatorNode {
  const source = context.createOscillator();
  source.type = type;
  source.frequency.value = frequency;
  return source;
}

export function strike(context: BaseAudioContext, into: AudioNode, note: Note): void {
  const { frequency, loudness, seconds, to = frequency, type = 'sine', after = 0, attack = 0.006 } = note;
  const at = context.currentTime + after;
  const source = voice(context, type, frequency);
  source.frequency.setValueAtTime(frequency, at);
  source.frequency.exponentialRampToValueAtTime(to, at + seconds);
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(loudness, at + attack);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  source.connect(gain).connect(into);
  source.start(at);
  source.stop(at + seconds + 0.05);
}
