// What has come since the list was read, counted: each article once, by the last thing that happened to it.

function knownIn(text) {
  return new Map(text.split(" ").filter(Boolean).map((entry) => entry.split(":")));
}

function inWords(count, word) {
  return count > 0 ? [`${count} ${word}`] : [];
}

export class Tally {
  /** `known` is what the list shows, `id:version` each, with `w` behind where the article is withdrawn. */
  constructor(known) {
    this.known = knownIn(known);
    this.waiting = new Map();
  }

  /** Note an article that came or changed; what the list shows already, and what fills up the past, counts nothing. */
  article({ article_id: id, version, origin }) {
    if (origin === "backfill") return;
    const shown = this.known.get(id);
    if (shown !== undefined && !shown.endsWith("w") && Number(shown) >= version) return;
    const isNew = this.waiting.get(id)?.kind === "new" || (shown === undefined && version === 1);
    this.#wait(id, isNew ? "new" : "changed", version);
  }

  withdrawn({ article_id: id }) {
    if (this.known.get(id)?.endsWith("w")) return;
    this.#wait(id, "withdrawn");
  }

  #wait(id, kind, version = 0) {
    this.waiting.set(id, { kind, version, at: performance.now() });
  }

  /** Go on from a list that was asked for at `asked`: what came before is in it, or below what it keeps. */
  read(known, asked) {
    this.known = knownIn(known);
    for (const [id, { kind, version, at }] of [...this.waiting]) {
      const shown = this.known.get(id);
      const isShown = kind === "withdrawn" ? shown?.endsWith("w") : Number.parseInt(shown, 10) >= version;
      if (at < asked || isShown) this.waiting.delete(id);
    }
  }

  get size() {
    return this.waiting.size;
  }

  /** `7 new, 1 changed`. */
  get words() {
    const kinds = [...this.waiting.values()].map(({ kind }) => kind);
    const count = (sought) => kinds.filter((kind) => kind === sought).length;
    return ["new", "changed", "withdrawn"].flatMap((kind) => inWords(count(kind), kind)).join(", ");
  }
}
