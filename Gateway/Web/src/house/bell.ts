/** Two soft strokes, once for an alarm that is new; the operator turns it on, since browsers let nothing sound unasked. */
export class Bell {
  #context: AudioContext | null = null;

  /** Call it in the click that turns sound on. */
  wake(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  ring(): void {
    const context = this.#context;
    if (!context || context.state !== 'running') return;
    [659.3, 523.3].forEach((pitch, at) => {
      const [tone, swell, start] = [context.createOscillator(), context.createGain(), context.currentTime + at * 0.35];
      tone.frequency.value = pitch;
      swell.gain.setValueAtTime(0, start);
      swell.gain.linearRampToValueAtTime(0.2, start + 0.03);
      swell.gain.exponentialRampToValueAtTime(0.001, start + 0.9);
      tone.connect(swell).connect(context.destination);
      tone.start(start);
      tone.stop(start + 1);
    });
  }
}
