// Replicates a database into an empty one and says how long that took, how many documents came,
// and the digest over their values: node client.js URL FOLDER.
'use strict';

const crypto = require('crypto');
const path = require('path');
const PouchDB = require('pouchdb');

// Ten times the default, which favours the peer: fewer requests.
const BATCH = 1000;

async function main() {
  const [url, folder] = process.argv.slice(2);
  const device = new PouchDB(path.join(folder, 'device'));
  await device.info();
  const begin = process.hrtime.bigint();
  const done = await PouchDB.replicate(url, device, { batch_size: BATCH });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (!done.ok) throw new Error(JSON.stringify(done.errors));
  const all = await device.allDocs({ include_docs: true });
  const lines = all.rows.map(({ doc }) => `${doc._id} ${doc.item} ${doc.value} ${doc.note} ${doc.amount}\n`);
  lines.sort();
  const digest = crypto.createHash('sha256').update(lines.join('')).digest('hex');
  console.log(JSON.stringify({ ms, count: lines.length, digest }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
