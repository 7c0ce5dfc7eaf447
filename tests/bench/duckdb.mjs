// duckdb.mjs: DuckDB works out the sixteen indicators, as well as we know how to have it do that.
//
//   node duckdb.mjs FOLDER YYYY-MM-DD THREADS ROUNDS COUNTS
//
// Prints a line for each figure, in milliseconds: load_ms (the CSV files into tables in memory), unsorted_ms (the query over
// them, once), sort_ms (tables with integer keys, sorted by code, patient and date: what a store of ours is), and then least_ms
// and median_ms of the query over those. The counts of the last one go to the file COUNTS.
import fs from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, date, threads, rounds, counts] = process.argv.slice(2);
const tables = {
  patients: { patient: 'VARCHAR', practice: 'VARCHAR', birth: 'DATE', sex: 'VARCHAR', from: 'DATE', to: 'DATE' },
  diagnoses: { patient: 'VARCHAR', date: 'DATE', code: 'VARCHAR' },
  labs: { patient: 'VARCHAR', date: 'DATE', code: 'VARCHAR', value: 'DOUBLE', unit: 'VARCHAR' },
  prescriptions: { patient: 'VARCHAR', date: 'DATE', code: 'VARCHAR', days: 'INTEGER' },
  services: { patient: 'VARCHAR', date: 'DATE', code: 'VARCHAR' },
  plans: { patient: 'VARCHAR', date: 'DATE', code: 'VARCHAR' },
  enrolments: { patient: 'VARCHAR', from: 'DATE', to: 'DATE', code: 'VARCHAR' },
};

const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
const query = fs.readFileSync(new URL('packs.sql', import.meta.url), 'utf8').replaceAll('${D}', date);

async function time(work) {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}
const print = (name, value) => console.log(name, value.toFixed(3));

async function load() {
  for (const [name, columns] of Object.entries(tables)) {
    const types = Object.entries(columns).map(([column, type]) => `'${column}': '${type}'`).join(', ');
    await connection.run(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${folder}/${name}.csv', header = true, columns = {${types}})`);
  }
}

// Patients are numbered by practice and id, and rows stand by code, number and date.
async function sort() {
  await connection.run('CREATE TABLE ids AS SELECT patient, row_number() OVER (ORDER BY practice, patient)::INTEGER id FROM patients');
  for (const [name, columns] of Object.entries(tables)) {
    const others = Object.keys(columns).filter((column) => column !== 'patient').map((column) => `"${column}"`);
    const order = 'code' in columns && 'date' in columns ? 'code, id, date' : 'id';
    await connection.run(`CREATE TABLE sorted AS SELECT id AS patient, ${others} FROM ${name} JOIN ids USING (patient) ORDER BY ${order}`);
    await connection.run(`DROP TABLE ${name}`);
    await connection.run(`ALTER TABLE sorted RENAME TO ${name}`);
  }
}

let rows;
const evaluate = async () => { rows = await (await connection.run(query)).getRows(); };

print('load_ms', await time(load));
print('unsorted_ms', await time(evaluate));
print('sort_ms', await time(sort));
const times = [];
for (let round = 0; round < Number(rounds); round++) times.push(await time(evaluate));
times.sort((a, b) => a - b);
print('least_ms', times[0]);
print('median_ms', times[times.length >> 1]);
fs.writeFileSync(counts, rows.map((row) => row.join(',') + '\n').join(''));
