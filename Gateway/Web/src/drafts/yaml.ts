/**
 * Reads as much YAML as the parts of a draft are written in, and remembers where each wording stands, so that words can be
 * changed without touching anything else. What is written otherwise, as a person may, is not guessed at: the answer is null,
 * and the part is shown and edited as plain text.
 */

/** A wording and where it stands. */
export interface Scalar { readonly kind: 'scalar'; readonly value: string; readonly start: number; readonly end: number; /** Spaces before the rows of a block. */ readonly block: number | null }
export interface List { readonly kind: 'list'; readonly items: readonly Node[] }
export interface Tree { readonly kind: 'tree'; readonly entries: ReadonlyMap<string, Node> }
export type Node = Scalar | List | Tree;

class Odd extends Error {}

interface Row { readonly indent: number; readonly text: string; readonly at: number }

export function read(content: string): Node | null {
  try {
    return new Reader(content).whole();
  } catch (error) {
    if (error instanceof Odd) return null;
    throw error;
  }
}

class Reader {
  readonly #rows: Row[] = [];
  #next = 0;

  constructor(private readonly content: string) {
    let at = 0;
    for (const line of content.split('\n')) {
      const indent = /^ */.exec(line)![0].length;
      this.#rows.push({ indent, text: line.slice(indent).trimEnd(), at: at + indent });
      at += line.length + 1;
    }
    if (/[\t\r]/.test(content)) throw new Odd();
  }

  whole(): Node {
    const row = this.#peek();
    if (!row) throw new Odd();
    const node = this.#block(row.indent);
    if (this.#peek()) throw new Odd();
    return node;
  }

  /** The next row that says something. */
  #peek(): Row | undefined {
    while (this.#next < this.#rows.length && (this.#rows[this.#next]!.text === '' || this.#rows[this.#next]!.text.startsWith('#'))) this.#next++;
    return this.#rows[this.#next];
  }

  #block(indent: number): Node {
    return isItem(this.#peek()!) ? this.#list(indent) : this.#tree(indent);
  }

  #list(indent: number): List {
    const items: Node[] = [];
    for (let row = this.#peek(); row && row.indent === indent && isItem(row); row = this.#peek()) {
      const gap = /^-\s*/.exec(row.text)![0].length;
      if (row.text.length === gap) throw new Odd();
      const inner: Row = { indent: indent + gap, text: row.text.slice(gap), at: row.at + gap };
      if (keyOf(inner.text) === null) {
        this.#next++;
        items.push(this.#inline(inner));
      } else {
        this.#rows[this.#next] = inner;
        items.push(this.#tree(inner.indent));
      }
    }
    const after = this.#peek();
    if (after && after.indent > indent) throw new Odd();
    return { kind: 'list', items };
  }

  #tree(indent: number): Tree {
    const entries = new Map<string, Node>();
    for (let row = this.#peek(); row && row.indent === indent && !isItem(row); row = this.#peek()) {
      const key = keyOf(row.text);
      if (key === null || entries.has(key.name)) throw new Odd();
      this.#next++;
      entries.set(key.name, this.#value(row, key.length));
    }
    const after = this.#peek();
    if (after && after.indent > indent) throw new Odd();
    return { kind: 'tree', entries };
  }

  #value(row: Row, keyLength: number): Node {
    const rest: Row = { indent: row.indent, text: row.text.slice(keyLength), at: row.at + keyLength };
    if (/^[|][+-]?$/.test(rest.text)) return this.#literal(row.indent);
    if (rest.text !== '' && !rest.text.startsWith('#')) return this.#inline(rest);
    const next = this.#peek();
    if (!next || next.indent < row.indent || (next.indent === row.indent && !isItem(next))) throw new Odd();
    return this.#block(next.indent);
  }

  #literal(parent: number): Scalar {
    const first = this.#rows.slice(this.#next).find((row) => row.text !== '');
    if (!first || first.indent <= parent) throw new Odd();
    const from = this.#rows[this.#next]!;
    const lines: string[] = [];
    let end = from.at - from.indent;
    while (this.#next < this.#rows.length) {
      const row = this.#rows[this.#next]!;
      if (row.text !== '' && row.indent < first.indent) break;
      const start = row.at - row.indent;
      const line = this.content.slice(start).split('\n', 1)[0]!;
      lines.push(line.slice(first.indent).trimEnd());
      if (row.text !== '') end = start + line.length;
      this.#next++;
    }
    while (lines.at(-1) === '') lines.pop();
    return { kind: 'scalar', value: lines.join('\n'), start: from.at - from.indent, end, block: first.indent };
  }

  /** A value that ends on its row. */
  #inline(row: Row): Node {
    const flow = new Flow(row.text, row.at);
    const node = flow.value(false);
    flow.end();
    return node;
  }
}

const isItem = (row: Row): boolean => row.text === '-' || row.text.startsWith('- ');

function keyOf(text: string): { readonly name: string; readonly length: number } | null {
  const found = /^([\p{L}\p{N}_-]+)(:\s+|:$)/u.exec(text);
  return found && { name: found[1]!, length: found[0].length };
}

/** Quoted and plain words, and what stands in braces and brackets, within one row. */
class Flow {
  #at = 0;

  constructor(private readonly text: string, private readonly offset: number) {}

  value(inside: boolean): Node {
    const first = this.text[this.#at];
    if (first === '{') return this.#tree();
    if (first === '[') return this.#list();
    if (first === '"') return this.#found(/"((?:[^"\\]|\\.)*)"/y, unescaped);
    if (first === "'") return this.#found(/'((?:[^']|'')*)'/y, (words) => words.replaceAll("''", "'"));
    if (first === undefined || /[&*!|>%@`?]/.test(first)) throw new Odd();
    return this.#found(inside ? /([^,{}[\]:#"']+(?::(?! )[^,{}[\]:#"']+)*)/y : /((?:[^#]|(?<! )#)+?)(?=\s*$|\s+#)/y, (words) => words.trim());
  }

  end(): void {
    if (!/^\s*(#.*)?$/.test(this.text.slice(this.#at))) throw new Odd();
  }

  #found(pattern: RegExp, plain: (words: string) => string): Scalar {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (!found) throw new Odd();
    const start = this.#at;
    this.#at += found[0].trimEnd().length;
    return { kind: 'scalar', value: plain(found[1]!), start: this.offset + start, end: this.offset + this.#at, block: null };
  }

  #skip(): void {
    while (this.text[this.#at] === ' ') this.#at++;
  }

  #separated(close: string, one: () => void): void {
    this.#at++;
    this.#skip();
    while (this.text[this.#at] !== close) {
      one();
      this.#skip();
      if (this.text[this.#at] === ',') this.#at++;
      else if (this.text[this.#at] !== close) throw new Odd();
      this.#skip();
    }
    this.#at++;
  }

  #list(): List {
    const items: Node[] = [];
    this.#separated(']', () => items.push(this.value(true)));
    return { kind: 'list', items };
  }

  #tree(): Tree {
    const entries = new Map<string, Node>();
    this.#separated('}', () => {
      const key = keyOf(this.text.slice(this.#at));
      if (key === null || entries.has(key.name)) throw new Odd();
      this.#at += key.length;
      entries.set(key.name, this.value(true));
    });
    return { kind: 'tree', entries };
  }
}

function unescaped(words: string): string {
  return words.replace(/\\(u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|.)/g, (_, code: string, four?: string, two?: string) => {
    if (four ?? two) return String.fromCharCode(parseInt((four ?? two)!, 16));
    const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\', '/': '/' };
    const found = known[code];
    if (found === undefined) throw new Odd();
    return found;
  });
}

/** The text with other wordings in these places; all else is left as it is, to the letter. */
export function rewrite(content: string, changes: ReadonlyMap<Scalar, string>): string {
  let changed = content;
  for (const [place, words] of [...changes].sort(([a], [b]) => b.start - a.start)) {
    const written = place.block === null ? quoted(words) : rows(words, place.block);
    changed = changed.slice(0, place.start) + written + changed.slice(place.end);
  }
  return changed;
}

function quoted(words: string): string {
  return `"${words.replace(/\s+/g, ' ').trim().replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The first row decides how far a block stands in, so none of its rows may begin with blanks of its own. */
function rows(words: string, indent: number): string {
  return words.split('\n').map((row) => row.trim()).filter((row) => row !== '').map((row) => ' '.repeat(indent) + row).join('\n');
}
