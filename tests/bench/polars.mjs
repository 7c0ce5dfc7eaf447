// polars.mjs: Polars reads the CSV files into columns in memory, dates and numbers as such; nothing is asked of them then.
//
//   POLARS_MAX_THREADS=THREADS node polars.mjs FOLDER
//
// Prints load_ms and, of all files, rows.
import pl from 'nodejs-polars';

const [folder] = process.argv.slice(2);
const names = ['patients', 'diagnoses', 'labs', 'prescriptions', 'services', 'plans', 'enrolments'];

const began = process.hrtime.bigint();
const frames = names.map((name) => pl.readCSV(`${folder}/${name}.csv`, { tryParseDates: true, dtypes: { practice: pl.Utf8, code: pl.Utf8 } }));
console.log('load_ms', (Number(process.hrtime.bigint() - began) / 1e6).toFixed(3));
console.log('rows', frames.reduce((rows, frame) => rows + frame.height, 0));
