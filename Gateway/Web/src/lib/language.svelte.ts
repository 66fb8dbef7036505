import { keep, kept } from './storage';
import { words, type Language, type Words } from './words';

function initial(): Language {
  const remembered = kept<string>('language');
  if (remembered === 'en' || remembered === 'zh') return remembered;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The language of the interface on this device. */
class Interface {
  language = $state<Language>(initial());

  get words(): Words {
    return words[this.language];
  }

  choose(language: Language): void {
    this.language = language;
    keep('language', language);
    this.announce();
  }

  /** Tells the document, for screen readers and for the choice of CJK glyphs. */
  announce(): void {
    document.documentElement.lang = this.language === 'zh' ? 'zh-Hans' : 'en';
  }
}

export const ui = new Interface();
