import type { Ambience } from '../protocol';
import { level, strike, voice } from './nodes';

/** A layer that sounds until it is stopped. */
export interface Layer { readonly out: AudioNode; readonly stop: () => void }

type Colour = 'white' | 'pink' | 'brown';
const noises = new WeakMap<BaseAudioContext, Map<Colour, AudioBuffer>>();

/** Five seconds of noise; pink after Paul Kellet's filter, brown a leaky sum of white. */
function noise(context: BaseAudioContext, colour: Colour): AudioBuffer {
  let known = noises.get(context);
  if (!known) noises.set(context, (known = new Map()));
  const made = known.get(colour);
  if (made) return made;
  const buffer = context.createBuffer(1, context.sampleRate * 5, context.sampleRate);
  const data = buffer.getChannelData(0);
  let [b0, b1, b2, brown] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const white = Math.random() * 2 - 1;
    if (colour === 'white') data[i] = white * 0.5;
    else if (colour === 'pink') {
      b0 = 0.99765 * b0 + white * 0.099046;
      b1 = 0.963 * b1 + white * 0.2965164;
      b2 = 0.57 * b2 + white * 1.0526913;
      data[i] = (b0 + b1 + b2 + white * 0.1848) * 0.12;
    } else {
      brown = (brown + 0.02 * white) / 1.02;
      data[i] = brown * 3.2;
    }
  }
  known.set(colour, buffer);
  return buffer;
}

/** Builds a layer out of sources that run and things that happen now and then, and stops them together. */
class Bench {
  readonly out: GainNode;
  readonly #sources: AudioScheduledSourceNode[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(readonly context: AudioContext) {
    this.out = context.createGain();
  }

  noise(colour: Colour, filter: BiquadFilterType, frequency: number, q = 0.7, loudness = 1): { filter: BiquadFilterNode; gain: GainNode } {
    const { source, shaped } = this.#hiss(colour, filter, frequency);
    source.loop = true;
    shaped.Q.value = q;
    const gain = level(this.context, loudness);
    shaped.connect(gain).connect(this.out);
    source.start(0, Math.random() * 4);
    this.#sources.push(source);
    return { filter: shaped, gain };
  }

  tone(type: OscillatorType, frequency: number, loudness: number, into: AudioNode = this.out): GainNode {
    const gain = this.#drive(voice(this.context, type, frequency), loudness);
    gain.connect(into);
    return gain;
  }

  /** Lets a parameter swing around its value. */
  swing(what: AudioParam, hertz: number, depth: number, type: OscillatorType = 'sine'): void {
    this.#drive(voice(this.context, type, hertz), depth).connect(what);
  }

  /** A struck or blown note that dies away. */
  strike(frequency: number, loudness: number, seconds: number, to = frequency, type: OscillatorType = 'sine', after = 0): void {
    strike(this.context, this.out, { frequency, loudness, seconds, to, type, after });
  }

  /** A burst of noise. */
  burst(filter: BiquadFilterType, frequency: number, loudness: number, seconds: number, after = 0): void {
    const at = this.context.currentTime + after;
    const { source, shaped } = this.#hiss('white', filter, frequency);
    const gain = this.context.createGain();
    gain.gain.setValueAtTime(loudness, at);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    shaped.connect(gain).connect(this.out);
    source.start(at, Math.random() * 4, seconds + 0.05);
  }

  /** Again and again, after so many seconds at least and at most. A hidden or suspended page waits. */
  often(least: number, most: number, happen: () => void): void {
    const next = () => {
      if (this.#over) return;
      this.#timer = setTimeout(() => {
        if (this.context.state === 'running') happen();
        next();
      }, 1000 * (least + Math.random() * (most - least)));
    };
    next();
  }

  done(): Layer {
    return {
      out: this.out,
      stop: () => {
        this.#over = true;
        clearTimeout(this.#timer);
        for (const source of this.#sources) source.stop();
        this.out.disconnect();
      },
    };
  }

  /** Noise through a filter, not started yet. */
  #hiss(colour: Colour, filter: BiquadFilterType, frequency: number): { source: AudioBufferSourceNode; shaped: BiquadFilterNode } {
    const source = this.context.createBufferSource();
    source.buffer = noise(this.context, colour);
    const shaped = this.context.createBiquadFilter();
    shaped.type = filter;
    shaped.frequency.value = frequency;
    source.connect(shaped);
    return { source, shaped };
  }

  /** Starts a voice at a level; it runs until the layer stops. */
  #drive(source: OscillatorNode, amount: number): GainNode {
    const gain = level(this.context, amount);
    source.connect(gain);
    source.start();
    this.#sources.push(source);
    return gain;
  }
}

const recipes: Readonly<Record<Ambience, (bench: Bench) => void>> = {
  Rain(bench) {
    bench.noise('pink', 'highpass', 900, 0.5, 1.3);
    const gusts = bench.noise('white', 'bandpass', 3800, 0.4, 0.25);
    bench.swing(gusts.gain.gain, 0.11, 0.14);
  },
  Wind(bench) {
    const low = bench.noise('brown', 'bandpass', 320, 0.9, 1.4);
    bench.swing(low.filter.frequency, 0.07, 140);
    bench.swing(low.gain.gain, 0.13, 0.7);
    const whistle = bench.noise('pink', 'bandpass', 900, 9, 0.25);
    bench.swing(whistle.filter.frequency, 0.05, 260);
    bench.swing(whistle.gain.gain, 0.09, 0.2);
  },
  Sea(bench) {
    const wave = bench.noise('brown', 'lowpass', 420, 0.4, 1.2);
    bench.swing(wave.gain.gain, 0.085, 0.8);
    const foam = bench.noise('pink', 'highpass', 1800, 0.4, 0.12);
    bench.swing(foam.gain.gain, 0.085, 0.11);
  },
  Drip: (bench) => bench.often(0.7, 3.2, () => bench.strike(1100 + Math.random() * 900, 0.5, 0.18, 700)),
  Fire(bench) {
    bench.noise('brown', 'lowpass', 260, 0.5, 0.9);
    bench.often(0.06, 0.5, () => bench.burst('highpass', 2200 + Math.random() * 2500, 0.25 + Math.random() * 0.4, 0.03));
  },
  Engine(bench) {
    const body = bench.noise('brown', 'lowpass', 140, 1.2, 1.2);
    bench.swing(body.gain.gain, 6.5, 0.7, 'triangle');
    const iron = bench.tone('sawtooth', 41, 0.12);
    bench.swing(iron.gain, 6.5, 0.08, 'square');
  },
  Hum(bench) {
    bench.tone('sine', 50, 0.7);
    bench.tone('sine', 100, 0.5);
    bench.tone('triangle', 150, 0.16);
  },
  Static(bench) {
    const hiss = bench.noise('white', 'bandpass', 2600, 0.8, 0.5);
    bench.swing(hiss.filter.frequency, 0.23, 900);
    bench.often(0.8, 4, () => bench.burst('bandpass', 1600, 0.9, 0.09));
  },
  Clock(bench) {
    let tock = false;
    bench.often(1, 1, () => {
      tock = !tock;
      bench.burst('bandpass', tock ? 2400 : 1900, 0.7, 0.03);
    });
  },
  Projector(bench) {
    const reel = bench.noise('pink', 'bandpass', 1700, 0.9, 0.5);
    bench.swing(reel.gain.gain, 24, 0.4, 'square');
    bench.tone('triangle', 96, 0.06);
  },
  Train(bench) {
    const rumble = bench.noise('brown', 'lowpass', 180, 0.7, 1.3);
    bench.swing(rumble.gain.gain, 0.7, 0.25);
    bench.often(1.35, 1.35, () => {
      for (const [after, loudness] of [[0, 0.6], [0.14, 0.45], [0.52, 0.5], [0.66, 0.4]] as const) bench.burst('bandpass', 620, loudness, 0.07, after);
    });
  },
  Traffic(bench) {
    bench.noise('brown', 'lowpass', 240, 0.5, 0.8);
    const passing = bench.noise('pink', 'bandpass', 700, 0.6, 0.16);
    bench.swing(passing.gain.gain, 0.06, 0.15);
    bench.swing(passing.filter.frequency, 0.06, 280);
  },
  Crowd(bench) {
    for (const [frequency, hertz] of [[480, 0.31], [820, 0.23], [1500, 0.41]] as const) {
      const voices = bench.noise('pink', 'bandpass', frequency, 2.2, 0.5);
      bench.swing(voices.gain.gain, hertz, 0.28);
      bench.swing(voices.gain.gain, 3.1 + hertz, 0.16);
    }
  },
  Crickets(bench) {
    const chirp = bench.tone('sine', 4300, 0.18);
    bench.swing(chirp.gain, 26, 0.18, 'square');
    const breath = bench.tone('sine', 4550, 0.1);
    bench.swing(breath.gain, 0.6, 0.1, 'square');
  },
  Birds: (bench) => bench.often(1.2, 5, () => {
    const pitch = 2200 + Math.random() * 1600;
    for (let note = 0; note < 2 + Math.floor(Math.random() * 3); note++) bench.strike(pitch, 0.22, 0.09, pitch * (0.8 + Math.random() * 0.6), 'sine', note * 0.13);
  }),
  Bell: (bench) => bench.often(14, 32, () => {
    for (const [ratio, loudness] of [[1, 0.5], [2.01, 0.28], [2.74, 0.2], [5.4, 0.08]] as const) bench.strike(196 * ratio, loudness, 5 / ratio + 1.2);
  }),
  Drone(bench) {
    const filter = bench.context.createBiquadFilter();
    filter.type = 'lowpass';
    filter.frequency.value = 220;
    filter.connect(bench.out);
    bench.tone('sawtooth', 55, 0.3, filter);
    bench.tone('sawtooth', 55.37, 0.3, filter);
    bench.tone('triangle', 82.4, 0.2, filter);
    bench.swing(filter.frequency, 0.05, 90);
  },
};

/** A layer, sounding. */
export function layer(context: AudioContext, which: Ambience): Layer {
  const bench = new Bench(context);
  recipes[which](bench);
  return bench.done();
}
