// Ranks what search-index.js lists. Knows nothing of the page, so that it can be tried without a browser.
'use strict';
(function () {
  const kinds = { page: 44, namespace: 16, class: 26, record: 24, interface: 22, struct: 22, 'record struct': 22, enum: 20, delegate: 18, heading: 22 };
  const ofType = new Set(['constructor', 'value', 'field', 'property', 'method', 'operator', 'event']);

  // Flask's names find Retort's: render_template, RenderTemplate and "render template" are one.
  const letters = text => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

  const wordsOf = text => text.normalize('NFC').split(/\s+/).map(letters).filter(word => word.length > 0);

  // The words of a title also where it is written in one: AfterRequest is after, request.
  const partsOf = title => title.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u).map(letters);

  // A member is found by its own name first; its type's name only says where it is.
  function prepare([title, address, kind, place, text]) {
    const own = ofType.has(kind) ? title.slice(title.lastIndexOf('.') + 1) : title;
    const near = letters(own === title ? place : title);
    // The framework itself is meant more often than its parts.
    const weight = (kinds[kind] ?? 14) + (place === 'Retort' && kind !== 'heading' ? 12 : 0);
    return { title, address, kind, place, text, weight, whole: letters(title), own: letters(own), parts: partsOf(own), near, far: letters(text) };
  }

  function scoreOf(entry, words) {
    const all = words.join('');
    let score = entry.weight;
    if (entry.own === all || entry.whole === all || entry.kind === 'page' && entry.own === all + 's') score += 200;
    else if (entry.own.startsWith(all)) score += 120 - Math.min(40, 2 * (entry.own.length - all.length));
    else if (entry.whole.startsWith(all)) score += 60;
    for (const word of words) {
      if (entry.parts.includes(word)) score += 40;
      else if (entry.parts.some(part => part.startsWith(word))) score += 28;
      else if (entry.own.includes(word)) score += 16;
      else if (entry.near.includes(word)) score += 6;
      else if (entry.far.includes(word)) score += 3;
      else return 0;
    }
    return score;
  }

  let prepared;

  /** The entries that hold all words of the query, best first. */
  function search(index, query, limit) {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    if (prepared?.index !== index) prepared = { index, entries: index.map(prepare) };
    return prepared.entries.map(entry => ({ entry, score: scoreOf(entry, words) })).filter(each => each.score > 0)
      .sort((a, b) => b.score - a.score || a.entry.title.length - b.entry.title.length || (a.entry.address < b.entry.address ? -1 : 1))
      .slice(0, limit).map(each => each.entry);
  }

  /** Some of the text around the first word of the query. */
  function excerpt(entry, query) {
    const lower = entry.text.toLowerCase();
    const at = query.toLowerCase().replaceAll('_', '').split(/\s+/).map(word => word && lower.indexOf(word)).find(place => place > 0) ?? 0;
    const start = at > 60 ? entry.text.indexOf(' ', at - 50) + 1 : 0;
    const text = entry.text.slice(start, start + 160);
    return (start > 0 ? '… ' : '') + text + (start + 160 < entry.text.length ? ' …' : '');
  }

  globalThis.retortSearch = { search, excerpt };
})();
