import type { Ambience } from '../protocol';
import { layer, type Layer } from './layers';
import { silence, type Mix } from './mix';
import { level, strike, voice } from './nodes';

/** Seconds in which a place gives way to the next. */
const fade = 3;

/** Plays mixes one into the other. Where the browser wants a gesture first it is silent until `wake`. */
export class Player {
  readonly #context: AudioContext;
  readonly #master: GainNode;
  readonly #tone: BiquadFilterNode;
  readonly #pulse: GainNode;
  readonly #limit: DynamicsCompressorNode;
  readonly #meter: AnalyserNode;
  readonly #playing = new Map<Ambience, { layer: Layer; gain: GainNode }>();
  readonly #file: HTMLAudioElement;
  #loop: string | null = null;
  #mix: Mix = silence;
  #muted = false;

  constructor(context = new AudioContext()) {
    this.#context = context;
    this.#master = level(context, 0);
    this.#tone = context.createBiquadFilter();
    this.#tone.type = 'lowpass';
    this.#pulse = level(context, 0);
    this.#limit = context.createDynamicsCompressor();
    this.#meter = context.createAnalyser();
    this.#tone.connect(this.#master);
    this.#pulse.connect(this.#master);
    this.#master.connect(this.#limit).connect(this.#meter).connect(context.destination);
    this.#file = new Audio();
    this.#file.loop = true;
    this.#heart();
  }

  /** Whether it may sound: a browser keeps a page silent until somebody has touched it. */
  get awake(): boolean {
    return this.#context.state === 'running';
  }

  wake(): Promise<void> {
    return this.#context.resume();
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    this.#glide(this.#master.gain, muted ? 0 : this.#mix.master * 0.5, 0.4);
    this.#file.muted = muted;
  }

  /** What is to be heard from now on; a sound file takes the layers' place. */
  play(mix: Mix, file: string | null): void {
    this.#mix = mix;
    const levels = file ? silence.levels : mix.levels;
    for (const [which, { layer: gone, gain }] of this.#playing) {
      if (levels.has(which)) continue;
      this.#playing.delete(which);
      this.#glide(gain.gain, 0, fade);
      setTimeout(() => gone.stop(), (fade + 0.5) * 1000);
    }
    for (const [which, loudness] of levels) {
      let one = this.#playing.get(which);
      if (!one) {
        const gain = level(this.#context, 0);
        const made = layer(this.#context, which);
        made.out.connect(gain).connect(this.#tone);
        this.#playing.set(which, (one = { layer: made, gain }));
      }
      this.#glide(one.gain.gain, loudness, fade);
    }
    this.#glide(this.#tone.frequency, mix.brightness, fade);
    this.#glide(this.#pulse.gain, mix.pulse * 0.5, fade);
    if (!this.#muted) this.#glide(this.#master.gain, mix.master * 0.5, mix.master === 0 ? fade : 1.2);
    this.#take(file, mix.master);
  }

  /** The hall has decided: one low stroke and its overtone. */
  stinger(): void {
    this.#stroke(73, 0.5, 2.4);
    this.#stroke(146.5, 0.2, 1.6);
  }

  /** One of the last seconds of a round. */
  tick(last: boolean): void {
    this.#stroke(last ? 660 : 440, 0.06, 0.09);
  }

  /**
   * The tone of a test, as loud as a place at its loudest: two rising notes. Answers the loudest that was measured where the
   * sound leaves the page, dBFS; -100 where nothing did.
   */
  async tone(): Promise<number> {
    if (!this.awake) await Promise.race([this.wake(), new Promise((done) => setTimeout(done, 300))]);
    if (!this.awake || this.#muted) return -100;
    strike(this.#context, this.#limit, { frequency: 440, loudness: 0.4, seconds: 1.1, attack: 0.02 });
    strike(this.#context, this.#limit, { frequency: 660, loudness: 0.4, seconds: 1.2, attack: 0.02, after: 0.45 });
    const samples = new Float32Array(this.#meter.fftSize);
    let peak = 0;
    const until = performance.now() + 1700;
    while (performance.now() < until) {
      await new Promise((done) => setTimeout(done, 40));
      this.#meter.getFloatTimeDomainData(samples);
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    }
    return peak > 0 ? Math.max(-100, 20 * Math.log10(peak)) : -100;
  }

  close(): void {
    for (const { layer: one } of this.#playing.values()) one.stop();
    this.#file.pause();
    void this.#context.close();
  }

  #take(file: string | null, loudness: number): void {
    this.#file.volume = Math.min(1, Math.max(0, loudness)) * 0.8;
    if (file === this.#loop) return;
    this.#loop = file;
    this.#file.pause();
    if (!file) return;
    this.#file.src = file;
    // Refused until somebody has touched the page; the next change tries again.
    void this.#file.play().catch(() => (this.#loop = null));
  }

  #stroke(frequency: number, loudness: number, seconds: number): void {
    if (!this.awake || this.#muted) return;
    strike(this.#context, this.#master, { frequency, loudness, seconds, attack: 0.01 });
  }

  /** Two low beats a second and a bit, felt more than heard. */
  #heart(): void {
    const source = voice(this.#context, 'sine', 46);
    const beat = level(this.#context, 0);
    const swing = voice(this.#context, 'sine', 1.15);
    swing.connect(level(this.#context, 0.9)).connect(beat.gain);
    source.connect(beat).connect(this.#pulse);
    source.start();
    swing.start();
  }

  #glide(what: AudioParam, to: number, seconds: number): void {
    what.cancelScheduledValues(this.#context.currentTime);
    what.setTargetAtTime(to, this.#context.currentTime, seconds / 3);
  }
}
