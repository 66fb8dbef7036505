import type { Text } from './protocol';

/** A character whom the audience has met. */
export type Met = { readonly id: string; readonly name: Text };

/** What a phone asks beside the story. */
export type AsideCall = {
  readonly kind: 'Missed' | 'Scene' | 'Talk' | 'Review';
  readonly language: string;
  readonly character?: string;
  readonly words?: string;
};

export type AsideSaid = { readonly words: string; readonly writer: string };

/** The writer that has no words but the film's own. */
export const authored = 'storylet';
