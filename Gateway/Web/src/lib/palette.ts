/** Colours of a place as the film gives them. */
export interface Palette { readonly background: string; readonly text: string; readonly accent: string }

export const house: Palette = { background: '#0b0a09', text: '#ece5d8', accent: '#e9bd7a' };

function channels(colour: string | undefined): readonly [number, number, number] | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour?.trim() ?? '')?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as [number, number, number];
}

function luminance(rgb: readonly [number, number, number]): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast of two hexadecimal colours, 1–21; 1 if either cannot be read. */
export function contrast(one: string, other: string): number {
  const a = channels(one);
  const b = channels(other);
  if (!a || !b) return 1;
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/**
 * The place's colours where they are hexadecimal and can be read from the last row (text 7:1, accent 3:1), and the
 * house's in their stead where not.
 */
export function paletteOf(colours: readonly string[] | undefined): Palette {
  const [background, text, accent] = colours ?? [];
  if (!background || !channels(background)) return house;
  const readable = [text, house.text, '#0b0a09'].find((colour) => colour && contrast(background, colour) >= 7) ?? house.text;
  const lit = [accent, house.accent, readable].find((colour) => colour && contrast(background, colour) >= 3) ?? readable;
  return { background, text: readable, accent: lit };
}
