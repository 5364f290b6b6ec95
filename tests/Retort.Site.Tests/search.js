// Prints, for each query, the titles that the site's search finds, as JSON.
'use strict';
const [, , folder, ...queries] = process.argv;
require(`${folder}/search-index.js`);
require(`${folder}/search.js`);
console.log(JSON.stringify(queries.map(query => globalThis.retortSearch.search(globalThis.retortIndex, query, 5).map(entry => `${entry.title} (${entry.address})`))));
