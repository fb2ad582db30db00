// Serves a PouchDB with the given records over HTTP, as express-pouchdb does, until its input ends.
// node server.js FOLDER RECORDS: RECORDS has one document a line.
'use strict';

const fs = require('fs');
const path = require('path');
const express = require('express');
const expressPouchDB = require('express-pouchdb');
const PouchDB = require('pouchdb');

const DOCUMENTS_A_WRITE = 1000;

async function main() {
  const [folder, records] = process.argv.slice(2);
  const Here = PouchDB.defaults({ prefix: folder + path.sep });
  const lines = fs.readFileSync(records, 'utf8').trimEnd().split('\n');
  const database = new Here('bench');
  for (let at = 0; at < lines.length; at += DOCUMENTS_A_WRITE) {
    const some = lines.slice(at, at + DOCUMENTS_A_WRITE).map((line) => JSON.parse(line));
    const failed = (await database.bulkDocs(some)).filter((result) => result.error);
    if (failed.length > 0) throw new Error(JSON.stringify(failed[0]));
  }
  const app = express();
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt') };
  app.use('/', expressPouchDB(Here, options));
  const server = app.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}/bench`);
  });
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
